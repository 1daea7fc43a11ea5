import type { Ledger } from './ledger.ts'
import { transferEntry } from './ledger-entries.ts'
import { isPayIn, type Order, type Transfer } from './order.ts'

/** Sends a merchant's queued transfers that can be sent now, the oldest order first. "If the deposit is unsettled the
 *  refund is queued until settled"; transfers above the balance are queued too. */
export const releaseQueued = (ledger: Ledger, username: string, time: Date): void => {
  for (const order of ledger.queuedOf(username)) {
    for (const transfer of order.transfers) {
      if (transfer.state === 'queued' && isFunded(order) && isCovered(ledger, order, transfer.amount))
        execute(ledger, { order, transfer, time })
    }
  }
}

/** True when the money for an order's transfers has arrived. */
export const isFunded = (order: Order): boolean =>
  order.state === 'credited' || order.state === 'reversed' || !isPayIn(order)

export const isCovered = (
  ledger: Ledger,
  { account, terms: { currency } }: Pick<Order, 'account'> & { readonly terms: Pick<Order['terms'], 'currency'> },
  amount: bigint,
) => amount <= (ledger.balancesOf(account.username).get(currency) ?? 0n)

/** The request log's text for a transfer above the balance. */
export const shortfall = 'more than the balance'

interface Sending {
  readonly order: Order
  readonly transfer: Transfer
  readonly time: Date
}

export const execute = (ledger: Ledger, { order, transfer, time }: Sending): void => {
  transfer.state = 'executed'
  transfer.modified = time
  ledger.book(transferEntry(order, transfer))
}
