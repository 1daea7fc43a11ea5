import { Command } from 'commander'
import { configHelp, storeHelp, withConfigAndStoreOptions } from '../application/options.ts'
import type { Terminal } from '../terminal.ts'

const help = `
Examples:
  railswitch callback explain callback.json --env-file .env

Each command has its own help: railswitch callback explain --help`

/** `railswitch callback`: what stored callbacks mean. */
export const callbackCommand = (terminal: Terminal): Command =>
  new Command('callback')
    .summary('explain a stored callback')
    .description('Explains callbacks that were stored. Nothing is sent and nothing is changed.')
    .addHelpText('after', help)
    .addCommand(explainCommand(terminal))

const explainHelp = `
The file is one of railswitch listen --save, or contains only the body of a callback
(the JSON of Trustly or the form of payabl), exactly as received. A body alone has
no address, so its token is not known.

The output says which vendor sent what, whether the signature verifies and with
which key, which members it contains, to which payment it would be applied and why,
and which state and events this would give. Values that may be personal data are
masked. Nothing is written. Without a configuration or a store, the output says what
is not known.
${configHelp}
${storeHelp}

With --json: {"file", "receivedAt", "rail", "provider", "method", "meaning",
"signature": {"verified", "key", "mistakes", "reason"}, "members": [{"name",
"value", "signed"}], "vendorId", "reference", "money", "token": {"state", "kind",
"reference", "attempt"}, "payment": {"applied", "reference", "because"}, "effect":
{"recorded", "before", "after", "events", "handled", "reviews", "response"},
"notKnown": [text]}. "handled": events of it that were handled already.

Exit codes: 0 the signature verifies, 1 it does not, 2 wrong usage.

Examples:
  railswitch callback explain callbacks/one.json --env-file .env
  railswitch callback explain body.txt --rail payabl --env-file .env --json`

const explainCommand = (terminal: Terminal): Command =>
  withConfigAndStoreOptions(new Command('explain'))
    .summary('what a stored callback means, and for which payment')
    .description('Explains what a stored callback means, and to which payment it would be applied and why.')
    .argument('<file>', 'the stored callback')
    .option('--rail <name>', 'the rail, if neither the path nor the body shows it')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', explainHelp)
    .action(async (file, options) => {
      const { explainCallback } = await import('./explain-callback.ts')
      await explainCallback(file, options, terminal)
    })
