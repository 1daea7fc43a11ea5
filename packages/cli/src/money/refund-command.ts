import { Command } from 'commander'
import type { Terminal } from '../terminal.ts'
import { moneyHelp, withMoneyOptions } from './money-options.ts'

const help = `
"accepted" means that the vendor sends the money. If it is "unknown" whether the
vendor received the call, run the same command again.
${moneyHelp}

With --json: {"reference", "rail", "payment", "status", "repeated"}. "repeated": it
was recorded before.

Exit codes: 0 accepted, 1 refused, failed or unknown, 2 wrong usage.

Examples:
  railswitch refund --of order-1 --reference order-1-refund --amount 100.00 \\
    --env-file .env`

/** `railswitch refund`: sends money of a deposit back. */
export const refundCommand = (terminal: Terminal): Command =>
  withMoneyOptions(new Command('refund'))
    .summary('send money of a deposit back')
    .description('Sends money of a deposit back to the customer.')
    .requiredOption('--of <reference>', 'your reference of the deposit')
    .addHelpText('after', help)
    .action(async (options) => {
      const { sendRefund } = await import('./send-refund.ts')
      await sendRefund(options, terminal)
    })
