import type { Ledger, Order, OrderState, RefundState } from './ledger.ts'
import { formatAmount } from './money.ts'
import type { Notification, Notifier } from './notifier.ts'

/** One merchant's orders and money as plain JSON. Amounts are decimal strings as on the wire (`103.00`; HUF `103`). */
export type TrustlyBooks = {
  readonly orders: readonly TrustlyOrder[]
  /** Per currency: deposits credited, less refunds and money taken back. */
  readonly balance: Readonly<Record<string, string>>
}

/** One deposit. `amount` is what was asked for, null when the customer chooses; `paid` what the customer sent. */
export type TrustlyOrder = {
  readonly orderId: string
  /** ISO 8601, UTC. */
  readonly createdAt: string
  readonly messageId: string
  readonly endUserId: string
  readonly currency: string
  readonly amount: string | null
  readonly paid: string | null
  readonly state: OrderState
  readonly checkoutUrl: string
  /** `queued` until the deposit is credited; `dropped` when it never is; `returned` when the bank sent it back. */
  readonly refunds: ReadonlyArray<{ readonly amount: string; readonly state: RefundState }>
  /** Money taken back; the merchant's answer `FAILED` says that the merchant bears the loss. */
  readonly debits: ReadonlyArray<{ readonly amount: string; readonly answer: string | null }>
  readonly notifications: readonly TrustlyNotification[]
}

/** One notification. `verdict` is `accepted` or the reason why the merchant's answer did not count;
 *  `at` is ISO 8601 in UTC. */
export type TrustlyNotification = {
  readonly id: string
  readonly method: string
  readonly attempts: ReadonlyArray<{ readonly at: string; readonly verdict: string }>
  readonly delivered: boolean
}

type Source = { readonly ledger: Ledger; readonly notifier: Notifier; readonly checkoutUrl: string }

export const readBooks = ({ ledger, notifier, checkoutUrl }: Source, username: string): TrustlyBooks => ({
  orders: ledger.ordersOf(username).map((order) => ({
    ...toOrder(order),
    checkoutUrl: `${checkoutUrl}${order.session}`,
    notifications: notifier.sentFor(order.orderId).map(toNotification),
  })),
  balance: Object.fromEntries(
    [...ledger.balancesOf(username)].map(([currency, minor]) => [currency, formatAmount(minor, currency)]),
  ),
})

const toOrder = ({ orderId, opened, terms, state, paid, refunds, debits }: Order) => {
  const { messageId, endUserId, currency } = terms
  const toText = (minor: bigint) => formatAmount(minor, currency)
  return {
    orderId,
    createdAt: opened.toISOString(),
    messageId,
    endUserId,
    currency,
    amount: terms.amount === undefined ? null : toText(terms.amount),
    paid: paid === undefined ? null : toText(paid),
    state,
    refunds: refunds.map((refund) => ({ amount: toText(refund.amount), state: refund.state })),
    debits: debits.map((debit) => ({ amount: toText(debit.amount), answer: debit.answer })),
  }
}

const toNotification = ({ id, method, attempts, status }: Notification): TrustlyNotification => ({
  id,
  method,
  attempts: attempts.map(({ at, verdict }) => ({
    at: at.toISOString(),
    verdict: verdict.accepted ? 'accepted' : verdict.reason,
  })),
  delivered: status !== null,
})
