import type { Ledger } from './ledger.ts'
import { transferMovement } from './ledger-entries.ts'
import type { Order, Transfer } from './order.ts'

/** "If the deposit is unsettled the refund is queued until settled"; and what the balance cannot pay waits for it.
 *  Sends of a merchant's queued transfers what can be sent now, the oldest order first. */
export const releaseQueued = (ledger: Ledger, username: string, time: Date): void => {
  for (const order of ledger.ordersOf(username)) {
    for (const transfer of order.transfers) {
      if (transfer.state === 'queued' && isSettled(order) && fits(ledger, order, transfer.amount))
        execute(ledger, { order, transfer, time })
    }
  }
}

/** True when the money that an order's transfers rest on is there. */
export const isSettled = ({ kind, state }: Order): boolean =>
  state === 'credited' || state === 'reversed' || (kind !== 'deposit' && kind !== 'charge')

export const fits = (
  ledger: Ledger,
  { account, terms: { currency } }: Pick<Order, 'account' | 'terms'>,
  amount: bigint,
) => amount <= (ledger.balancesOf(account.username).get(currency) ?? 0n)

/** What the request log says where it does not fit. */
export const shortfall = 'more than the balance'

type Leaving = { readonly order: Order; readonly transfer: Transfer; readonly time: Date }

export const execute = (ledger: Ledger, { order, transfer, time }: Leaving): void => {
  transfer.state = 'executed'
  transfer.modified = time
  ledger.book(transferMovement(order, transfer))
}
