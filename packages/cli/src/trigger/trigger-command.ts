import { Argument, Command } from 'commander'
import { sandboxHelp, withSandboxOption } from '../sandbox-client/control-client.ts'
import type { Terminal } from '../terminal.ts'
import { eventNames } from './events.ts'

const help = `
Events. The state of the payment decides which are possible:
  pending          the customer has approved; the money has not arrived
  credit           the money has arrived
  cancel           the customer cancels
  fail             the money never arrives
  reverse          the bank takes the money back; --amount for a part
  return-refund    a refund comes back; --amount if there are several
  request          the customer requests the withdrawal, or chooses an account
  confirm-payout   the bank confirms a payout
  fail-payout      the bank returns a payout
  refund, payout   sent in the vendor's own back office (payabl)
  stranger         another merchant places an order with the same reference and
                   pays it: your application must not ship
  hold, release    hold the callbacks of the payment, and release them

The reference is your own, or the vendor's id. The command ends when every
callback of the payment had its first attempt.
${sandboxHelp}

With --json: {"event", "vendor", "payment", "reference", "state", "callbacks":
[{"id", "method", "state", "result"}]}

Examples:
  railswitch trigger credit order-1
  railswitch trigger reverse order-1 --amount 50.00
  railswitch trigger fail-payout payout-1 --json`

/** `railswitch trigger`: an outcome of a payment of the sandbox. */
export const triggerCommand = (terminal: Terminal): Command =>
  withSandboxOption(new Command('trigger'))
    .summary('simulate an outcome of a payment of the sandbox')
    .description(
      'Simulates an outcome of a payment of the running sandbox: the customer pays, the bank takes the money back, …',
    )
    .addArgument(new Argument('<event>', 'what happens').choices(eventNames))
    .argument('<reference>', 'your reference of the payment')
    .option('--amount <amount>', 'the money, if not all of it, such as 50.00')
    .option('--vendor <name>', 'trustly or payabl, if both have the reference')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', help)
    .action(async (event, reference, options) => {
      const { triggerEvent } = await import('./trigger-event.ts')
      await triggerEvent(event, { reference, ...options }, terminal)
    })
