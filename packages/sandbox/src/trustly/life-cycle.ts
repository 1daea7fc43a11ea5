import { type Debit, type Ledger, type Order, sum } from './ledger.ts'
import { formatAmount } from './money.ts'
import type { Notifier } from './notifier.ts'

/** What the world does to an order: the money moves, then the merchant is told. Each gives the notification's id and
 *  throws on the impossible. Amounts are minor units. */
export type LifeCycle = {
  readonly pend: (order: Order, amount: bigint) => string
  readonly credit: (order: Order, amount: bigint) => string
  readonly cancel: (order: Order) => string
  readonly debit: (order: Order, amount?: bigint) => string
  readonly returnRefund: (order: Order, amount: bigint) => string
}

export const createLifeCycle = (ledger: Ledger, notifier: Notifier): LifeCycle => ({
  pend: (order, amount) => {
    // A late pending is told too: the vendor does not guarantee the order of its notifications.
    demand(order, 'created', 'pending', 'credited')
    if (order.state === 'created') {
      order.state = 'pending'
      order.paid = amount
    }
    return notifier.notify(order, 'pending', moneyOf(order, amount))
  },
  credit: (order, amount) => {
    demand(order, 'created', 'pending')
    order.state = 'credited'
    order.paid = amount
    ledger.book(order, amount)
    settleQueued(ledger, order, amount)
    return notifier.notify(order, 'credit', moneyOf(order, amount))
  },
  cancel: (order) => {
    demand(order, 'created', 'pending')
    order.state = 'cancelled'
    for (const refund of order.refunds) refund.state = 'dropped'
    return notifier.notify(order, 'cancel', {})
  },
  debit: (order, amount = recallable(order)) => {
    demand(order, 'credited')
    if (amount <= 0n || amount > recallable(order)) throw impossible(order, 'has less money to take back')
    const entry: Debit = { amount, answer: null }
    order.debits.push(entry)
    if (recallable(order) === 0n) order.state = 'reversed'
    ledger.book(order, -amount)
    return notifier.notify(order, 'debit', moneyOf(order, amount), (status) => {
      entry.answer = status
    })
  },
  returnRefund: (order, amount) => {
    const refund = order.refunds.find((entry) => entry.state === 'executed' && entry.amount === amount)
    if (!refund) throw impossible(order, 'has no executed refund of that amount')
    refund.state = 'returned'
    ledger.book(order, amount)
    return notifier.notify(order, 'credit', moneyOf(order, amount))
  },
})

/** Throws unless the order is in one of the states. */
export const demand = (order: Order, ...states: readonly Order['state'][]): void => {
  if (!states.includes(order.state)) throw impossible(order, `is ${order.state}, not ${states.join(' or ')}`)
}

const impossible = ({ orderId }: Order, reason: string) => new Error(`Order ${orderId} ${reason}.`)

const recallable = ({ paid = 0n, debits }: Order): bigint => paid - sum(debits)

const moneyOf = ({ terms: { currency } }: Order, amount: bigint) => ({
  amount: formatAmount(amount, currency),
  currency,
})

/** "If the deposit is unsettled the refund is queued until settled." What no longer fits the money that came is
 *  dropped, an assumption of the twin. */
const settleQueued = (ledger: Ledger, order: Order, paid: bigint): void => {
  let left = paid
  for (const refund of order.refunds) {
    refund.state = refund.amount <= left ? 'executed' : 'dropped'
    if (refund.state === 'dropped') continue
    left -= refund.amount
    ledger.book(order, -refund.amount)
  }
}
