import { Command, Option } from 'commander'
import { toAttempt } from '../option-values.ts'
import { configHelp, storeHelp, withConfiguredShopOptions } from '../shop/options.ts'
import type { Terminal } from '../terminal.ts'

const shared = `
The same command again never pays twice: the reference is the key under which the
payment is recorded, and a recorded payment is not sent again. Events of the
payment wait for the application, which handles them.

A live rail needs --live, and a person who types the amount and the account.
${configHelp}
${storeHelp}`

const depositHelp = `
The command prints the address of the checkout. The customer is that of --customer,
a JSON file as in payments.deposit({ customer }); without it, an invented one, not
for a live rail. With --wait, it receives callbacks at callbacks.url, if that is an
address of this machine and no application listens there, and ends with the final
state.
${shared}

With --json: {"reference", "rail", "payment", "redirectUrl", "expiresAt",
"repeated"}. "repeated": it was recorded before. With --wait, a second line has
{"reference", "state"}.

Exit codes: 0 begun, or credited with --wait; 1 not; 2 wrong usage.

Examples:
  railswitch deposit --reference order-1 --amount 249.90 --currency SEK
  railswitch deposit --reference order-2 --amount 10.00 --currency EUR \\
    --rail payabl --country FI --wait --env-file .env`

/** `railswitch deposit`: a deposit of a sandbox or test rail, with its checkout. */
export const depositCommand = (terminal: Terminal): Command =>
  withMoneyOptions(new Command('deposit'))
    .summary('begin a deposit, and print its checkout')
    .description('Begins a deposit, and prints the address of its checkout.')
    .requiredOption('--currency <code>', 'such as SEK')
    .option('--rail <name>', 'the rail; default: the active one')
    .option('--customer <file>', 'a JSON file with the customer')
    .option('--country <code>', 'the country of the invented customer', 'SE')
    .option('--return-url <address>', 'where the customer returns to; default: /orders/<reference> of your shop')
    .option('--wait', 'wait until the customer has paid or cancelled')
    .addHelpText('after', depositHelp)
    .action(async (options) => {
      const { startDeposit } = await import('./start-deposit.ts')
      await startDeposit(options, terminal)
    })

const refundHelp = `
"accepted" means that the vendor sends the money. If it is "unknown" whether the
vendor received the call, run the same command again.
${shared}

With --json: {"reference", "rail", "payment", "status", "repeated"}. "repeated": it
was recorded before.

Exit codes: 0 accepted, 1 not or unknown, 2 wrong usage.

Examples:
  railswitch refund --of order-1 --reference order-1-refund --amount 100.00`

/** `railswitch refund`: sends money of a deposit back. */
export const refundCommand = (terminal: Terminal): Command =>
  withMoneyOptions(new Command('refund'))
    .summary('send money of a deposit back')
    .description('Sends money of a deposit back to the customer.')
    .requiredOption('--of <reference>', 'your reference of the deposit')
    .addHelpText('after', refundHelp)
    .action(async (options) => {
      const { sendRefund } = await import('./send-refund.ts')
      await sendRefund(options, terminal)
    })

const payoutHelp = `
The money goes to the account of an earlier payment (--to-payment, with your own id
of its customer), or to the account in a JSON file: {"account", "customer"} as in
payments.payout({ to: { account }, customer }).

"accepted" means that the vendor sends the money. If it is "unknown" whether the
vendor received the call, run the same command again.
${shared}

With --json: {"reference", "rail", "payment", "status", "repeated"}. "repeated": it
was recorded before.

Exit codes: 0 accepted, 1 not or unknown, 2 wrong usage.

Examples:
  railswitch payout --reference payout-1 --amount 75.00 --currency EUR \\
    --to account.json
  railswitch payout --reference payout-2 --amount 75.00 --currency SEK \\
    --to-payment order-1 --customer-id customer-77`

/** `railswitch payout`: sends money to an account. */
export const payoutCommand = (terminal: Terminal): Command =>
  withMoneyOptions(new Command('payout'))
    .summary('send money to an account')
    .description('Sends money to the account of an earlier payment, or to bank details.')
    .requiredOption('--currency <code>', 'such as SEK')
    .option('--to <file>', 'a JSON file with the account and its owner')
    .option('--to-payment <reference>', 'the earlier payment whose account is paid')
    .option('--customer-id <id>', 'with --to-payment: your own id of the customer')
    .option('--rail <name>', 'with --to: the rail; default: the active one')
    .addHelpText('after', payoutHelp)
    .action(async (options) => {
      const { sendPayout } = await import('./send-payout.ts')
      await sendPayout(options, terminal)
    })

const lookupHelp = `
Nothing is recorded: sync() of the application records what it finds. A vendor that
shows nothing has not necessarily received nothing: the output says which it is.
${configHelp}
${storeHelp}

With --json: {"reference", "state", "rails": [{"rail", "reports": [{"method",
"vendorId", "at", "money"}], "absenceProves", "failed"}]}

Exit codes: 0 looked up, 1 a look-up failed, 2 wrong usage.

Examples:
  railswitch lookup order-1
  railswitch lookup payout-1 --json`

/** `railswitch lookup`: what the vendor shows of a payment. */
export const lookupCommand = (terminal: Terminal): Command =>
  withConfiguredShopOptions(new Command('lookup'))
    .summary('ask the vendor what it shows of a payment')
    .description('Asks the vendor what it shows of a payment. Nothing is changed.')
    .argument('<reference>', 'your own reference')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', lookupHelp)
    .action(async (reference, options) => {
      const { lookUpPayment } = await import('./look-up-payment.ts')
      await lookUpPayment(reference, options, terminal)
    })

const withMoneyOptions = (command: Command): Command =>
  withConfiguredShopOptions(
    command
      .requiredOption('--reference <reference>', 'your own new reference, the key of the payment')
      .requiredOption('--amount <value>', 'the money, such as 249.90'),
  )
    .addOption(new Option('--attempt <number>', 'another attempt after a refusal').argParser(toAttempt))
    .option('--live', 'allow a live rail')
    .option('--json', 'print the result as JSON')
