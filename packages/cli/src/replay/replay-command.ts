import { Command } from 'commander'
import { sandboxHelp, withSandboxOption } from '../sandbox-client/control-client.ts'
import type { Terminal } from '../terminal.ts'

const help = `
The id is that of a callback of the sandbox, as railswitch logs --json prints it.
Exactly the same bytes are sent. With --to, they go to another shop, below the
address, with the rail and the token of the original address.
${sandboxHelp}

With --json: {"id", "vendor", "what", "to", "accepted", "verdict"}. With --to,
"verdict" is the status of the response.

Exit codes: 0 accepted, 1 not, 2 wrong usage.

Examples:
  railswitch replay 1897335287
  railswitch replay 1897335287 --to http://127.0.0.1:3001/callbacks`

/** `railswitch replay`: a callback of the sandbox once more. */
export const replayCommand = (terminal: Terminal): Command =>
  withSandboxOption(new Command('replay'))
    .summary('deliver a callback of the sandbox again')
    .description('Delivers a callback of the running sandbox again, to your shop or to another address.')
    .argument('<id>', 'the id of the callback')
    .option('--to <address>', 'the address for callbacks of another shop')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', help)
    .action(async (id, options) => {
      const { replayCallback } = await import('./replay-callback.ts')
      await replayCallback(id, options, terminal)
    })
