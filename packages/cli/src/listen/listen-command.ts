import { Command, Option } from 'commander'
import { configHelp, withConfigOptions } from '../application/options.ts'
import { toPort, toWebAddress } from '../option-values.ts'
import type { Terminal } from '../terminal.ts'

const help = `
Every callback whose path ends in /<rail>/<token> is verified with the keys of the
rail, printed, and forwarded to <address>/<rail>/<token> with its bytes unchanged.
The response of the application goes back to the vendor unchanged, because it is
the acknowledgement. A callback that does not verify is forwarded too: the
application refuses it. If the application does not respond, the vendor gets 502
and delivers again.

To receive callbacks of a sandbox, set callbacks.url of the application to this
port before it begins a payment, for example with railswitch sandbox --write-env
--callback-url http://127.0.0.1:4271/callbacks.

To receive callbacks of a test account, let a tunnel lead to the port, and set
callbacks.url of the application to the public address of the tunnel.

With --save, each callback is also written to a file, for railswitch callback
explain and railswitch replay. The files contain personal data and callback
tokens; only you can read them. A file is JSON:

  { "receivedAt": "2026-01-31T12:00:00.000Z", "method": "POST",
    "path": "/callbacks/trustly/<token>",
    "headers": { "content-type": "application/json" },
    "body": "…" }

"body" is the text as received. If it is not UTF-8, "bodyBase64" takes its place.
${configHelp}

With --json, first {"listening", "forwardTo", "rails"}, then a line for each
callback: {"at", "rail", "method", "vendorId", "reference", "verified", "reason",
"status", "failure", "file"}

Press Ctrl+C to stop.

Examples:
  railswitch listen --forward-to http://127.0.0.1:3000/callbacks --env-file .env
  railswitch listen --forward-to http://127.0.0.1:3000/callbacks --port 4271 \\
    --save callbacks --env-file .env`

/** `railswitch listen`: receives, verifies and forwards callbacks. */
export const listenCommand = (terminal: Terminal): Command =>
  withConfigOptions(new Command('listen'))
    .summary('receive, verify and forward callbacks')
    .description('Receives callbacks on a port of this machine, verifies them, and forwards them to the application.')
    .requiredOption('--forward-to <address>', 'the address for callbacks of the application', toWebAddress)
    .addOption(new Option('-p, --port <number>', 'the port to listen on').argParser(toPort).default(4271))
    .option('--save <folder>', 'write each callback to a file in this folder')
    .option('--json', 'print each callback as a line of JSON')
    .addHelpText('after', help)
    .action(async (options) => {
      const { listen } = await import('./listen.ts')
      await listen(options, terminal)
    })
