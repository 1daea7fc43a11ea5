import { Command, Option } from 'commander'
import { applicationHelp, withApplicationOptions } from '../application/options.ts'
import type { Terminal } from '../terminal.ts'
import { reviewReasons } from './review-reasons.ts'

const help = `
Examples:
  railswitch reviews list --env-file .env
  railswitch reviews resolve "$ID" --as credited --by "Ada, Finance" --why seen

Each command has its own help: railswitch reviews resolve --help`

/** `railswitch reviews`: what needs the decision of a person. */
export const reviewsCommand = (terminal: Terminal): Command =>
  new Command('reviews')
    .summary('list and resolve what needs a decision')
    .description('Lists and resolves the cases for manual review. docs/operations.md says what each reason means.')
    .addHelpText('after', help)
    .addCommand(listCommand(terminal))
    .addCommand(resolveCommand(terminal))

const listHelp = `
docs/operations.md says what each reason means and what to do.
${applicationHelp}

With --json: {"reviews": [{"id", "reason", "rail", "payment", "reference",
"vendorId", "at", "money", "detail", "count"}]}

Examples:
  railswitch reviews list --env-file .env
  railswitch reviews list --reason overpaid --json`

const listCommand = (terminal: Terminal): Command =>
  withApplicationOptions(new Command('list'))
    .summary('list the open reviews')
    .description('Lists the open reviews, the oldest payment first.')
    .addOption(new Option('--reason <reason>', 'only reviews with this reason').choices(reviewReasons))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', listHelp)
    .action(async (options) => {
      const { listReviews } = await import('./list-reviews.ts')
      await listReviews(options, terminal)
    })

const resolveHelp = `
railswitch reviews list prints the id.

Without --as, the review is only closed. With it, a fact is recorded: the state of
the payment changes, and the events of that follow. "by" and "why" stay in the
history of the payment.
${applicationHelp}

With --json: {"resolved": id, "as", "waiting"}. "waiting" is the number of events
that wait for the application.

Examples:
  railswitch reviews resolve "$ID" --by "Ada, Finance" --why "refunded by hand"
  railswitch reviews resolve "$ID" --as failed --by Ada --why "it came back"`

const resolveCommand = (terminal: Terminal): Command =>
  withApplicationOptions(new Command('resolve'))
    .summary('record the decision about a review')
    .description('Records the decision of a person about a review.')
    .argument('<id>', 'the id of the review')
    .addOption(
      new Option('--as <outcome>', 'the outcome that was found out').choices(['credited', 'confirmed', 'failed']),
    )
    .requiredOption('--by <name>', 'who decided')
    .requiredOption('--why <text>', 'the reason')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', resolveHelp)
    .action(async (id, options) => {
      const { resolveReview } = await import('./resolve-review.ts')
      await resolveReview(id, options, terminal)
    })
