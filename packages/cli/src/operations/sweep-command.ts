import { Command, Option } from 'commander'
import { storeHelp, withStoreOptions } from '../application/options.ts'
import { toCount } from '../option-values.ts'
import type { Terminal } from '../terminal.ts'

const help = `
Payments that need sync or a review stay, and so do those whose account a stored
payout or charge uses. A deleted payment can neither be refunded nor recognised.
${storeHelp}

With --json: {"deleted"}

Examples:
  railswitch sweep
  railswitch sweep --days 800 --json`

/** `railswitch sweep`: the retention of the store. */
export const sweepCommand = (terminal: Terminal): Command =>
  withStoreOptions(new Command('sweep'))
    .summary('delete payments that ended long ago')
    .description('Deletes payments to which nothing has happened for some time.')
    .addOption(new Option('--days <number>', 'for how many days').argParser(toCount).default(400))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', help)
    .action(async (options) => {
      const { sweepStore } = await import('./sweep-store.ts')
      await sweepStore(options, terminal)
    })
