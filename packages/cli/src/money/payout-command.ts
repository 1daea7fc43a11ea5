import { Command } from 'commander'
import type { Terminal } from '../terminal.ts'
import { moneyHelp, withMoneyOptions } from './money-options.ts'

const help = `
The money goes to the account of an earlier payment (--to-payment, with your own id
of its customer), or to the account in a JSON file, with the members of
payments.payout({ to: { account }, customer }). payabl also requires the
customer's "email" and "dateOfBirth":

  { "account": { "country": "FI", "accountNumber": "FI2112345600000785" },
    "customer": { "id": "customer-77", "firstName": "Aino",
                  "lastName": "Korhonen" } }

Trustly pays the account of a deposit only if it has reported this account, which
it does on request (account notifications).

"accepted" means that the vendor sends the money. If it is "unknown" whether the
vendor received the call, run the same command again.
${moneyHelp}

With --json: {"reference", "rail", "payment", "status", "repeated"}. "repeated": it
was recorded before.

Exit codes: 0 accepted, 1 refused, failed or unknown, 2 wrong usage.

Examples:
  railswitch payout --reference payout-1 --amount 75.00 --currency EUR \\
    --to account.json --env-file .env
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
    .addHelpText('after', help)
    .action(async (options) => {
      const { sendPayout } = await import('./send-payout.ts')
      await sendPayout(options, terminal)
    })
