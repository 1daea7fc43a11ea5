import { Command } from 'commander'
import { toWebAddress } from '../option-values.ts'
import { sandboxHelp, withSandboxOption } from '../sandbox-client/control-client.ts'
import type { Terminal } from '../terminal.ts'

const help = `
The callback is a file that railswitch listen --save wrote, or the id of a callback
of the running sandbox, as railswitch logs prints it. Exactly the same bytes
are sent. With --to, which a file needs, they go to another address: below it, with
the rail and the token of the original address.

An application handles each event once, so the same callback again changes nothing.
${sandboxHelp}

With --json: {"id", "vendor", "method", "to", "accepted", "result"}. With --to,
"result" is the status of the response. Of a file, "id" is the file, and "vendor"
and "method" are null.

Exit codes: 0 accepted, 1 not accepted, 2 wrong usage.

Examples:
  railswitch replay 1897335287
  railswitch replay 1897335287 --to http://127.0.0.1:3001/callbacks
  railswitch replay callbacks/one.json --to http://127.0.0.1:3000/callbacks`

/** `railswitch replay`: a callback of the sandbox or of a file once more. */
export const replayCommand = (terminal: Terminal): Command =>
  withSandboxOption(new Command('replay'))
    .summary('deliver a callback again')
    .description('Delivers a callback of the running sandbox or of a file again.')
    .argument('<callback>', 'the id of a callback of the sandbox, or a file')
    .option('--to <address>', 'the address for callbacks of an application', toWebAddress)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', help)
    .action(async (callback, options) => {
      const { replayCallback } = await import('./replay-callback.ts')
      await replayCallback(callback, options, terminal)
    })
