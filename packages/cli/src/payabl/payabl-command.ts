import { Command, Option } from 'commander'
import type { Terminal } from '../terminal.ts'

const help = `
Examples:
  PAYABL_SECRET=… railswitch payabl sign < body.txt | tail -1
  railswitch payabl verify --secret-file secret.txt --explain < callback.txt

Each command has its own help: railswitch payabl verify --help`

const secretHelp = `
The secret comes from PAYABL_SECRET or from the file of --secret-file, with one
secret per line. The first secret signs. Any of them can verify. Secrets are
never printed.`

/** `railswitch payabl`: signs and verifies messages of the payabl. gateway. */
export const payablCommand = (terminal: Terminal): Command =>
  new Command('payabl')
    .summary('sign requests, and verify requests and callbacks')
    .description("Signs and verifies bodies of payabl's API on this machine. Nothing is sent.")
    .addHelpText('after', help)
    .addCommand(signCommand(terminal))
    .addCommand(verifyCommand(terminal))

const signHelp = `
The input is the body of a request (application/x-www-form-urlencoded). An
existing signature is replaced. The output lists the parameter names in the
order in which their values are hashed, the hashed text with the secret and
personal data masked, and the signature in the last line.

The bytes of the values are signed as they are in the input. payabl documents
that it reads ISO-8859-1: with --encoding latin1, the values are first
converted, whatever the encoding of the input, and a character that ISO-8859-1
lacks is refused.
${secretHelp}

With --json: {"signature", "names", "text"}

Examples:
  railswitch payabl sign --secret-file secret.txt < body.txt
  PAYABL_SECRET=… railswitch payabl sign --encoding latin1 < body.txt | tail -1`

const signCommand = (terminal: Terminal): Command =>
  new Command('sign')
    .summary('print the signature of a request')
    .description('Prints the names and the text that are signed, and the signature of a request.')
    .addOption(new Option('--encoding <name>', 'convert the values to this encoding first').choices(['latin1', 'utf8']))
    .option('--secret-file <file>', 'a file with one secret per line')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', signHelp)
    .action(async (options) => {
      const { signBody } = await import('./sign-body.ts')
      await signBody(options, terminal)
    })

const verifyHelp = `
The input is one body, exactly as sent: a request with the parameter signature,
or a callback with the parameter security. security covers only transactionid,
type, errorcode and timestamp. It covers neither the amount nor the payment's
state.
${secretHelp}

With --json: {"verified", "kind", "summary", "names", "text", "details"}

Exit codes: 0 verified, 1 not verified or not a valid body, 2 wrong usage or no
secret.

Examples:
  railswitch payabl verify --secret-file secret.txt < callback.txt
  PAYABL_SECRET=… railswitch payabl verify --explain < request.txt`

const verifyCommand = (terminal: Terminal): Command =>
  new Command('verify')
    .summary('verify a request or a callback')
    .description('Verifies the signature of a request or the security of a callback.')
    .option('--explain', 'print the ordered names and the masked text, and find the mistake')
    .option('--secret-file <file>', 'a file with one secret per line')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', verifyHelp)
    .action(async (options) => {
      const { verifyBody } = await import('./verify-body.ts')
      await verifyBody(options, terminal)
    })
