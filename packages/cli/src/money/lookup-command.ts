import { Command } from 'commander'
import { configHelp, storeHelp, withConfigAndStoreOptions } from '../application/options.ts'
import type { Terminal } from '../terminal.ts'

const help = `
Nothing is recorded: sync() of the application records what it finds. If a vendor
shows nothing, it may still have received the call: the output says whether this
proves anything.
${configHelp}
${storeHelp}

With --json: {"reference", "state", "rails": [{"rail", "reports": [{"method",
"vendorId", "at", "money"}], "absenceProves", "failed"}]}

Exit codes: 0 every look-up succeeded, 1 one failed, 2 wrong usage.

Examples:
  railswitch lookup order-1 --env-file .env
  railswitch lookup payout-1 --json`

/** `railswitch lookup`: what the vendor shows of a payment. */
export const lookupCommand = (terminal: Terminal): Command =>
  withConfigAndStoreOptions(new Command('lookup'))
    .summary('ask the vendor what it shows of a payment')
    .description('Asks the vendor what it shows of a payment. Nothing is changed.')
    .argument('<reference>', 'your own reference')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', help)
    .action(async (reference, options) => {
      const { lookUpPayment } = await import('./look-up-payment.ts')
      await lookUpPayment(reference, options, terminal)
    })
