import { Command, Option } from 'commander'
import { applicationHelp, withApplicationOptions } from '../application/options.ts'
import type { Terminal } from '../terminal.ts'

const help = `${applicationHelp}

With --json: {"rails": [{"rail", "listed", "recorded", "unowned", "failed"}],
"ledgers": [{"rail", "agrees", "lines", "totals", "differences",
"differenceCount", "awaited", "notReported", "failed"}], "notAsked": [{"rail",
"why"}], "waiting"}. With --csv: a line for each difference.

With --from, each day is reported on stderr as soon as it is compared.

Exit codes: 0 the books agree, 1 they differ or a report could not be read,
2 wrong usage.

Examples:
  railswitch reconcile --env-file .env
  railswitch reconcile --rail trustly --from 2026-01-01 --to 2026-03-31 --csv`

/** `railswitch reconcile`: one run of `payments.reconcile()`. */
export const reconcileCommand = (terminal: Terminal): Command =>
  withApplicationOptions(new Command('reconcile'))
    .summary("compare the store with the vendors' books")
    .description(
      "Compares the store with the vendors' own reports, line by line and day by day, and records what vendors list that report something once at most.",
    )
    .option('--rail <name>', 'only this rail')
    .option('--from <date>', 'the first day, such as 2026-01-01; default: three days before --to')
    .option('--to <date>', 'the last day; default: today')
    .addOption(new Option('--csv', 'print each difference as CSV').conflicts('json'))
    .option('--json', 'print the days and the result as JSON')
    .addHelpText('after', help)
    .action(async (options) => {
      const { runReconcile } = await import('./run-reconcile.ts')
      await runReconcile(options, terminal)
    })
