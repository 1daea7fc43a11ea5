import { Command, Option } from 'commander'
import { toCount } from '../option-values.ts'
import type { Terminal } from '../terminal.ts'

const help = `
The module of --app exports \`payments\`, the result of createPayments(), with its
handlers, or a function that returns it. They are needed, because an event whose
handler is missing counts as failed, and the next run waits longer with it.

With --json: {"payments", "handled", "failed", "resolved", "manualReview":
[{"payment", "why"}]}

Exit codes: 0 done, 1 a handler failed, 2 wrong usage.

Examples:
  railswitch sync --app ./payments.mjs --env-file .env
  * * * * * cd /srv/shop && npx railswitch sync --app ./payments.mjs --json`

/** `railswitch sync`: one run of `payments.sync()`. */
export const syncCommand = (terminal: Terminal): Command =>
  new Command('sync')
    .summary('find out what no callback reported')
    .description('Handles pending events and asks the vendors about what is unknown, as payments.sync() does.')
    .requiredOption('--app <module>', 'the module of the application that exports `payments`')
    .option('--env-file <file>', 'a file with environment variables, such as .env')
    .addOption(new Option('--limit <number>', 'how many payments at most').argParser(toCount).default(1000))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', help)
    .action(async (options) => {
      const { runSync } = await import('./run-sync.ts')
      await runSync(options, terminal)
    })
