import { Command } from 'commander'
import type { Terminal } from '../terminal.ts'
import { moneyHelp, withMoneyOptions } from './money-options.ts'

const help = `
The command prints the address of the checkout. The customer is that of --customer,
a JSON file as in payments.deposit({ customer }); without it, an example customer,
which a live rail refuses. With --wait, it receives callbacks at callbacks.url, if that is an
address of this machine and no application listens there, and ends with the final
state.
${moneyHelp}

With --json: {"reference", "rail", "payment", "redirectUrl", "expiresAt",
"repeated"}. "repeated": it was recorded before. With --wait, a second line has
{"reference", "state"}.

Exit codes: 0 the deposit was begun (with --wait: it was credited), 1 it was not,
2 wrong usage.

Examples:
  railswitch deposit --reference order-1 --amount 249.90 --currency SEK \\
    --env-file .env
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
    .option('--country <code>', 'the country of the example customer', 'SE')
    .option(
      '--return-url <address>',
      'where the customer returns to; default: /orders/<reference> at the address of callbacks.url',
    )
    .option('--wait', 'wait until the customer has paid or cancelled')
    .addHelpText('after', help)
    .action(async (options) => {
      const { startDeposit } = await import('./start-deposit.ts')
      await startDeposit(options, terminal)
    })
