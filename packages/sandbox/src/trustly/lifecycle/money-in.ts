import { directDebitMembers, type Reason } from '../notifications/direct-debit-members.ts'
import type { Notifier } from '../notifications/notifier.ts'
import type { EntryType, Ledger } from '../state/ledger.ts'
import { orderEntry } from '../state/ledger-entries.ts'
import { type Debit, isSent, type Order, type OrderState, sum } from '../state/order.ts'
import { releaseQueued } from '../state/transfer-queue.ts'
import { formatAmount } from '../wire/formats.ts'

/** The events of incoming money: the money moves, and the merchant is notified. Each gives the notification's id and
 *  throws if the order's state does not allow it. Amounts are minor units. */
export interface MoneyIn {
  readonly pend: (order: Order, amount: bigint) => string
  readonly credit: (order: Order, amount: bigint) => string
  /** Only managed direct debit gives a reason. */
  readonly cancel: (order: Order, reason?: Reason) => string
  readonly debit: (order: Order, amount?: bigint, reason?: Reason) => string
}

interface Dependencies {
  readonly ledger: Ledger
  readonly notifier: Notifier
  readonly now: () => Date
}

export const createMoneyIn = ({ ledger, notifier, now }: Dependencies): MoneyIn => ({
  pend: (order, amount) => {
    incomingEntryType(order)
    // A pending after the credit is sent too: the vendor does not guarantee the order of its notifications.
    requireState(order, 'created', 'pending', 'credited')
    if (order.state === 'created') {
      order.state = 'pending'
      order.paid = amount
    }
    return notifier.notify(order, 'pending', { ...moneyOf(order, amount), ...directDebitMembers(order, 'pending') })
  },
  credit: (order, amount) => {
    const type = incomingEntryType(order)
    requireState(order, 'created', 'pending')
    order.state = 'credited'
    order.paid = amount
    ledger.book(orderEntry(order, amount, type))
    dropExcessive(order, now())
    releaseQueued(ledger, order.account.username, now())
    return notifier.notify(order, 'credit', { ...moneyOf(order, amount), ...directDebitMembers(order, 'credit') })
  },
  cancel: (order, reason) => {
    requireState(order, ...cancellable[order.kind])
    order.state = 'cancelled'
    if (order.kind === 'mandate') order.endedAt = now()
    for (const transfer of order.transfers) transfer.state = 'dropped'
    return notifier.notify(order, 'cancel', directDebitMembers(order, 'cancel', reason))
  },
  debit: (order, amount = reversible(order), reason) => {
    const type = incomingEntryType(order)
    requireState(order, 'credited')
    if (amount <= 0n || amount > reversible(order)) throw invalidState(order, 'has less money to take back')
    const entry: Debit = { amount, notificationId: '', answer: null }
    order.debits.push(entry)
    if (reversible(order) === 0n) order.state = 'reversed'
    ledger.book(orderEntry(order, -amount, type))
    const members = { ...moneyOf(order, amount), ...directDebitMembers(order, 'debit', reason) }
    entry.notificationId = notifier.notify(order, 'debit', members, ({ status }) => {
      entry.answer = status
    })
    return entry.notificationId
  },
})

const payable: readonly OrderState[] = ['created', 'pending']
const cancellable: Record<Order['kind'], readonly OrderState[]> = {
  deposit: payable,
  charge: payable,
  selection: payable,
  payout: payable,
  withdrawal: ['created', 'requested', 'reserved'],
  mandate: ['created', 'pending', 'active'],
  'direct debit': payable,
  'direct credit': payable,
}

/** Throws unless the order is in one of the states. */
export const requireState = (order: Order, ...states: readonly OrderState[]): void => {
  if (!states.includes(order.state)) throw invalidState(order, `is ${order.state}, not ${states.join(' or ')}`)
}

export const invalidState = ({ orderId }: Order, reason: string) => new Error(`Order ${orderId} ${reason}.`)

export const moneyOf = ({ terms: { currency } }: Order, amount: bigint) => ({
  amount: formatAmount(amount, currency),
  currency,
})

const incomingEntryType = (order: Order): EntryType => {
  if (order.kind === 'deposit') return 'Deposit'
  // The type of managed direct debit is not published: it has that of the older method.
  if (order.kind === 'charge' || order.kind === 'direct debit') return 'Charge'
  throw invalidState(order, `is a ${order.kind} and brings no money`)
}

const reversible = ({ paid = 0n, debits }: Order): bigint => paid - sum(debits)

/** Drops queued refunds that exceed the money that arrived. This is an assumption of the sandbox. */
const dropExcessive = ({ transfers, paid = 0n }: Order, time: Date): void => {
  let left = paid - sum(transfers.filter(({ state }) => isSent(state)))
  for (const transfer of transfers) {
    if (transfer.state !== 'queued') continue
    if (transfer.amount > left) {
      transfer.state = 'dropped'
      transfer.modified = time
    } else left -= transfer.amount
  }
}
