import { Command } from 'commander'
import { applicationHelp, withApplicationOptions } from '../application/options.ts'
import type { Terminal } from '../terminal.ts'

const help = `
The customer's id and the account's id are erased. Money, other ids and times
stay. Afterwards the payment cannot be repeated, and its account can receive no
payout. An open payment is refused.
${applicationHelp}

With --json: {"erased": reference}

Examples:
  railswitch erase order-1 --env-file .env
  railswitch erase order-1 --yes --json`

/** `railswitch erase`: the personal data of one payment. */
export const eraseCommand = (terminal: Terminal): Command =>
  withApplicationOptions(new Command('erase'))
    .summary('erase the personal data of a payment')
    .description('Erases the personal data of a payment. It cannot be undone.')
    .argument('<reference>', 'your own reference')
    .option('--yes', 'do not ask')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', help)
    .action(async (reference, options) => {
      const { erasePayment } = await import('./erase-payment.ts')
      await erasePayment(reference, options, terminal)
    })
