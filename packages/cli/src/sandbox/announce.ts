/** The output of `--json`, in one line. The key files are readable only by this user and are deleted when the sandbox
 *  ends, unless `--data` names a folder for them. `privateKeyFile` is null for a merchant from a file, because only the merchant has that key. */
export type StartedSandbox = {
  readonly trustly: {
    readonly url: string
    readonly publicKeyFile: string
    readonly username: string
    readonly password: string
    readonly privateKeyFile: string | null
  }
  readonly payabl: { readonly url: string; readonly merchantId: string; readonly secret: string }
  readonly backOffice: string
  readonly control: { readonly url: string; readonly token: string }
}

/** The same as text. */
export const announce = (
  { trustly, payabl, backOffice, control }: StartedSandbox,
  { envFile, data }: { readonly envFile: string | undefined; readonly data: string | undefined },
): string => `
Both vendors run on this machine. No real money moves.

  Back office     ${backOffice}

  Trustly         ${trustly.url}
    username      ${trustly.username}
    password      ${trustly.password}
    private key   ${trustly.privateKeyFile ?? 'your own'}
    vendor's key  ${trustly.publicKeyFile}

  payabl          ${payabl.url}
    merchant id   ${payabl.merchantId}
    secret        ${payabl.secret}

  Control API     ${control.url}
    token         ${control.token}
${envFile === undefined ? '' : `\n  Written         ${envFile}: the variables of an application on both rails\n`}
Press Ctrl+C to stop. ${data === undefined ? 'All data is lost.' : `The data stays in ${data}.`}
`
