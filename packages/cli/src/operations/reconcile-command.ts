import { Command } from 'commander'
import { applicationHelp, withApplicationOptions } from '../application/options.ts'
import type { Terminal } from '../terminal.ts'

const help = `${applicationHelp}

With --json: {"rails": [{"rail", "listed", "recorded", "unowned", "failed"}],
"notAsked": [{"rail", "why"}], "waiting"}

Exit codes: 0 done, 1 a list could not be compared, 2 wrong usage.

Examples:
  railswitch reconcile --env-file .env
  railswitch reconcile --rail payabl --from 2026-01-01 --to 2026-01-31`

/** `railswitch reconcile`: one run of `payments.reconcile()`. */
export const reconcileCommand = (terminal: Terminal): Command =>
  withApplicationOptions(new Command('reconcile'))
    .summary("compare the store with the vendors' lists")
    .description('Asks vendors that report something once at most for what they booked, and records what is missing.')
    .option('--rail <name>', 'only this rail')
    .option('--from <date>', 'the first day, such as 2026-01-01; default: two days ago')
    .option('--to <date>', 'the last day; default: today')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', help)
    .action(async (options) => {
      const { runReconcile } = await import('./run-reconcile.ts')
      await runReconcile(options, terminal)
    })
