/** What `--json` prints, in one line. The files are PEM, for this user's eyes only, and go when the sandbox ends.
 *  `privateKeyFile` is null for a merchant from a file, who alone has that key. */
export type Started = {
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

/** The same for people. */
export const announce = ({ trustly, payabl, backOffice, control }: Started): string => `
Both vendors are up on this machine. No real money moves.

  Back office     ${backOffice}

  Trustly         ${trustly.url}
    username      ${trustly.username}
    password      ${trustly.password}
    private key   ${trustly.privateKeyFile ?? 'yours'}
    their key     ${trustly.publicKeyFile}

  payabl          ${payabl.url}
    merchant id   ${payabl.merchantId}
    secret        ${payabl.secret}

  Control API     ${control.url}
    token         ${control.token}

Ctrl+C ends it.
`
