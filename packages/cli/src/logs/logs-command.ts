import { Command, Option } from 'commander'
import { toCount } from '../option-values.ts'
import { sandboxHelp, withSandboxOption } from '../sandbox-client/control-client.ts'
import type { Terminal } from '../terminal.ts'

const help = `
Each line is a call of an application, or an attempt to deliver a callback to it,
with its result, and the id that railswitch replay takes. A line below is the
reason, which the vendors do not disclose.
Times are those of the sandbox's clock, in UTC.
${sandboxHelp}

With --json, a line for each: {"at", "type": "call" | "callback", "vendor", "id",
"method", "ok", "result", "reference", "hint"}

Examples:
  railswitch logs
  railswitch logs --follow
  railswitch logs --follow --failed --json`

/** `railswitch logs`: the calls and callbacks of a sandbox. */
export const logsCommand = (terminal: Terminal): Command =>
  withSandboxOption(new Command('logs'))
    .summary('show the calls and callbacks of the sandbox')
    .description('Shows the newest calls and callbacks of the running sandbox.')
    .option('-f, --follow', 'continue with what happens, until Ctrl+C')
    .option('--failed', 'only what was refused or not accepted')
    .addOption(new Option('--limit <number>', 'how many of the newest').argParser(toCount).default(20))
    .option('--json', 'print each entry as a line of JSON')
    .addHelpText('after', help)
    .action(async (options) => {
      const { showLogs } = await import('./show-logs.ts')
      await showLogs(options, terminal)
    })
