import { Command } from 'commander'
import type { Terminal } from '../terminal.ts'

const help = `
Examples:
  railswitch trustly plaintext < data.json
  railswitch trustly verify --key trustly:test --explain < notification.json

Each of the commands has a help of its own: railswitch trustly verify --help`

/** `railswitch trustly`: what Trustly's signature covers, and what is wrong with one. */
export const trustlyCommand = (terminal: Terminal): Command =>
  new Command('trustly')
    .summary('the text that Trustly signs, and what is wrong with a signature')
    .description("Looks at messages of Trustly's API on this machine. Nothing is sent anywhere.")
    .addHelpText('after', help)
    .addCommand(plaintextCommand(terminal))
    .addCommand(verifyCommand(terminal))

const plaintextHelp = `
The standard input is the JSON of the data alone: the member Data of a request, data of anything else, as it is on the
wire. A number stays the text that it is written as.

What is printed is to the byte what is signed, in UTF-8: no line break follows it, so that it can be piped into openssl.
It holds all that the data holds, in a request the password, too.

Examples:
  railswitch trustly plaintext < data.json
  railswitch trustly plaintext --method Deposit --uuid 258a2184-2842-b485-25ca-293525152425 < data.json |
    openssl dgst -sha1 -sign private.pem | openssl base64 -A`

const plaintextCommand = (terminal: Terminal): Command =>
  new Command('plaintext')
    .summary('print exactly the text that is signed')
    .description('Prints exactly the text that is signed: the method, the UUID, and the data without its JSON.')
    .option('--method <name>', 'the method, as the message has it; goes with --uuid')
    .option('--uuid <uuid>', 'the UUID, as the message has it; goes with --method')
    .addHelpText('after', plaintextHelp)
    .action(async (options) => {
      const { printPlaintext } = await import('./print-plaintext.ts')
      await printPlaintext(options, terminal)
    })

const verifyHelp = `
The standard input is one whole message, as it was on the wire: a request, a result, an error, a notification or the
reply to one, recognised by its shape. Requests and replies are signed by the merchant, the others by Trustly.

A key is a file: PEM or JWK, one or several public keys, or the merchant's own private key, which stands for its public
half. trustly:test and trustly:live are the keys that Trustly has published. Several keys are tried in turn.

Exit codes: 0 verified, 1 not verified or no message, 2 usage or a key that cannot be read.

Examples:
  railswitch trustly verify --key trustly:test < notification.json
  railswitch trustly verify --key public.pem --explain < request.json`

const verifyCommand = (terminal: Terminal): Command =>
  new Command('verify')
    .summary('verify the signature of a message')
    .description('Verifies the signature of a message, and finds the mistake when it is wrong.')
    .requiredOption('--key <file>', 'whose signature to accept; may be given several times', collected)
    .option('--explain', 'try the known mistakes, and name those that reproduce a wrong signature')
    .addHelpText('after', verifyHelp)
    .action(async (options) => {
      const { verifyMessage } = await import('./verify-message.ts')
      await verifyMessage(options, terminal)
    })

const collected = (file: string, files: readonly string[] = []): readonly string[] => [...files, file]
