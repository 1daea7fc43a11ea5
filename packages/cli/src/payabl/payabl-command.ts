import { Command, Option } from 'commander'
import type { Terminal } from '../terminal.ts'

const help = `
Examples:
  PAYABL_SECRET=… railswitch payabl sign < body.txt | tail -1
  railswitch payabl verify --secret-file secret.txt --explain < callback.txt

Each of the commands has a help of its own: railswitch payabl verify --help`

const secretHelp = `
The secret is the environment's PAYABL_SECRET, or stands in the file of --secret-file, one secret a line: the first one
signs, and any of them may have signed what is verified. It is never printed.`

/** `railswitch payabl`: the signatures of the payabl. gateway. */
export const payablCommand = (terminal: Terminal): Command =>
  new Command('payabl')
    .summary('sign and verify what is sent to payabl and comes from it')
    .description("Looks at bodies of payabl's API on this machine. Nothing is sent anywhere.")
    .addHelpText('after', help)
    .addCommand(signCommand(terminal))
    .addCommand(verifyCommand(terminal))

const signHelp = `
The standard input is the body of a request, application/x-www-form-urlencoded; a signature in it is made again. Printed are
the names in the order in which their values are hashed, the hashed text with the secret and all that is personal masked,
and in the last line the signature.

payabl reads ISO-8859-1: with latin1, which is the default, the values' bytes are those, whatever the body is written in,
and a letter that has none is refused.
${secretHelp}

Examples:
  railswitch payabl sign --secret-file secret.txt < body.txt
  PAYABL_SECRET=… railswitch payabl sign --encoding utf8 < body.txt | tail -1`

const signCommand = (terminal: Terminal): Command =>
  new Command('sign')
    .summary('print the signature of a request')
    .description('Prints the signature of a request, last, and what it is made of.')
    .addOption(
      new Option('--encoding <name>', 'the bytes that are signed').choices(['latin1', 'utf8']).default('latin1'),
    )
    .option('--secret-file <file>', 'a file with the secret')
    .addHelpText('after', signHelp)
    .action(async (options) => {
      const { signBody } = await import('./sign-body.ts')
      await signBody(options, terminal)
    })

const verifyHelp = `
The standard input is one body as it was sent: a request, which has a signature, or a callback, which has security.
Security covers transactionid, type, errorcode and timestamp only: neither the amount nor the payment's state.
${secretHelp}

Exit codes: 0 verified, 1 not verified or no such body, 2 usage or no secret.

Examples:
  railswitch payabl verify --secret-file secret.txt < callback.txt
  PAYABL_SECRET=… railswitch payabl verify --explain < request.txt`

const verifyCommand = (terminal: Terminal): Command =>
  new Command('verify')
    .summary('verify a request or a callback')
    .description('Verifies a request by its signature, or a callback by its security.')
    .option('--explain', 'print the ordered names and the masked text, and look for the mistake')
    .option('--secret-file <file>', 'a file with the secret')
    .addHelpText('after', verifyHelp)
    .action(async (options) => {
      const { verifyBody } = await import('./verify-body.ts')
      await verifyBody(options, terminal)
    })
