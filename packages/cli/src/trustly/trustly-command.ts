import { Command } from 'commander'
import type { Terminal } from '../terminal.ts'

const help = `
Examples:
  railswitch trustly plaintext < data.json
  railswitch trustly verify --key trustly:test --explain < notification.json

Each command has its own help: railswitch trustly verify --help`

/** `railswitch trustly`: prints the text that is signed, and verifies messages of Trustly's API. */
export const trustlyCommand = (terminal: Terminal): Command =>
  new Command('trustly')
    .summary('print the text that is signed, and verify signatures')
    .description("Prints the signed text and verifies messages of Trustly's API on this machine. Nothing is sent.")
    .addHelpText('after', help)
    .addCommand(plaintextCommand(terminal))
    .addCommand(verifyCommand(terminal))

const plaintextHelp = `
The input is the JSON of the data only: the member Data of a request, or data of
any other message, as sent. Numbers keep their original text.

The output is exactly the text that is signed, in UTF-8 and without a final line
break, so you can pipe it into openssl. It contains all the data, including the
password of a request.

With --json: {"plaintext"}

Examples:
  railswitch trustly plaintext < data.json
  railswitch trustly plaintext --method Deposit --uuid 258a2184 < data.json |
    openssl dgst -sha1 -sign private.pem | openssl base64 -A`

const plaintextCommand = (terminal: Terminal): Command =>
  new Command('plaintext')
    .summary('print exactly the text that is signed')
    .description('Prints exactly the text that is signed: the method, the UUID, and the names and values of the data.')
    .option('--method <name>', 'the method in the message; requires --uuid')
    .option('--uuid <uuid>', 'the UUID in the message; requires --method')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', plaintextHelp)
    .action(async (options) => {
      const { printPlaintext } = await import('./print-plaintext.ts')
      await printPlaintext(options, terminal)
    })

const verifyHelp = `
The input is one complete message, exactly as sent: a request, a result, an
error, a notification, or the reply to a notification. The command detects the
kind. The merchant signs requests and replies. Trustly signs all other messages.

A key is a PEM or JWK file with one or more public keys. A private key can be
given too: its public half is used. trustly:test and trustly:live are the keys
that Trustly published. If there are several keys, each is tried.

With --json: {"verified", "kind", "method", "hash",
"mistakes": [{"code", "rule", "fix"}]}. It contains the mistakes of a wrong
signature without --explain.

Exit codes: 0 verified, 1 not verified or not a message, 2 wrong usage or an
unreadable key.

Examples:
  railswitch trustly verify --key trustly:test < notification.json
  railswitch trustly verify --key public.pem --explain < request.json`

const verifyCommand = (terminal: Terminal): Command =>
  new Command('verify')
    .summary('verify the signature of a message')
    .description('Verifies the signature of a message, and finds the mistake in a wrong one.')
    .requiredOption('--key <file>', 'a public key to verify with; can be repeated', collected)
    .option('--explain', 'try the known mistakes, and print those that reproduce a wrong signature')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', verifyHelp)
    .action(async (options) => {
      const { verifyMessage } = await import('./verify-message.ts')
      await verifyMessage(options, terminal)
    })

const collected = (file: string, files: readonly string[] = []): readonly string[] => [...files, file]
