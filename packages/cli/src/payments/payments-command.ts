import { Command, Option } from 'commander'
import { applicationHelp, withApplicationOptions } from '../application/options.ts'
import { toCount } from '../option-values.ts'
import type { Terminal } from '../terminal.ts'
import { paymentStates } from './payment-states.ts'

const help = `
Examples:
  railswitch payments list --env-file .env
  railswitch payments show order-1 --env-file .env

Each command has its own help: railswitch payments show --help`

/** `railswitch payments`: the payments in the store. */
export const paymentsCommand = (terminal: Terminal): Command =>
  new Command('payments')
    .summary('show the payments in the store')
    .description('Shows the payments in the store. Nothing is sent, and nothing is changed.')
    .addHelpText('after', help)
    .addCommand(listCommand(terminal))
    .addCommand(showCommand(terminal))

const listHelp = `${applicationHelp}

With --json: {"payments": [{"kind", "reference", "rail", "state", "at", "amount",
"reviews"}]}, where "reviews" is the number of open reviews.

Examples:
  railswitch payments list --env-file .env
  railswitch payments list --state not_credited_yet --limit 100
  railswitch payments list --rail payabl --json`

const listCommand = (terminal: Terminal): Command =>
  withApplicationOptions(new Command('list'))
    .summary('list payments, the newest first')
    .description('Lists deposits, payouts, withdrawals, accounts and mandates, the newest first.')
    .addOption(new Option('--limit <number>', 'how many at most').argParser(toCount).default(20))
    .addOption(new Option('--state <state>', 'only payments in this state').choices(paymentStates))
    .option('--rail <name>', 'only payments of this rail')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', listHelp)
    .action(async (options) => {
      const { listPayments } = await import('./list-payments.ts')
      await listPayments(options, terminal)
    })

const showHelp = `
The reference is your own: that of a deposit, a refund, a payout, a withdrawal or
an account.
${applicationHelp}

With --json: {"kind", …}, with all members of getDeposit(), getPayout() or
getAccount(): "payment", "rail", "state", "history", "reviews", …

Examples:
  railswitch payments show order-1 --env-file .env
  railswitch payments show order-1-refund --json`

const showCommand = (terminal: Terminal): Command =>
  withApplicationOptions(new Command('show'))
    .summary('print a payment with all that was reported about it')
    .description('Prints a payment: its money, its refunds, its reviews, and every report in the order of arrival.')
    .argument('<reference>', 'your own reference')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', showHelp)
    .action(async (reference, options) => {
      const { showPayment } = await import('./show-payment.ts')
      await showPayment(reference, options, terminal)
    })
