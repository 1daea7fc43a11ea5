import type { Notification, Notifier } from './notifications/notifier.ts'
import {
  isPayIn,
  type Ledger,
  notificationUrlOf,
  type Payment,
  type Transaction,
  type TransactionState,
  type TransactionType,
} from './state/ledger.ts'
import type { Account } from './state/merchant.ts'
import { toText } from './wire/form.ts'
import { formatAmount } from './wire/money.ts'

/** One merchant's payments and money as plain JSON. Amounts are decimal strings as on the wire (`103.00`). */
export type PayablBooks = {
  readonly payments: readonly PayablPayment[]
  /** Per currency: what it began with and pay-ins credited, less refunds, chargebacks and payouts. */
  readonly balance: Readonly<Record<string, string>>
}

/** One pay-in or payout. */
export type PayablPayment = {
  readonly paymentId: string
  /** The hosted page; null for a payout. */
  readonly redirectUrl: string | null
  /** Where its notifications go, unless a transaction has an address of its own; empty for nowhere. */
  readonly notificationUrl: string
  /** Oldest first. All transactions of a pay-in but refunds and chargebacks have its state. */
  readonly transactions: readonly PayablTransaction[]
}

/** One transaction. `refunds` are those of the pay-in that it carries. */
export type PayablTransaction = {
  readonly transactionId: string
  /** ISO 8601, UTC. */
  readonly createdAt: string
  readonly type: TransactionType
  readonly orderid: string
  readonly amount: string
  readonly currency: string
  readonly state: TransactionState
  readonly refunds: ReadonlyArray<{ readonly transactionId: string; readonly amount: string }>
  readonly notifications: readonly PayablNotification[]
}

/** One notification. A verdict is `accepted` or the reason why the merchant's answer did not count; that of the
 *  notification is the last one's, null before the first attempt. `at` is ISO 8601 in UTC. */
export type PayablNotification = {
  /** The sandbox's own id, for `redeliver`. */
  readonly id: string
  readonly type: string
  readonly errorcode: string
  /** `payment_state`; null where the notification has none. */
  readonly state: string | null
  readonly attempts: ReadonlyArray<{ readonly at: string; readonly verdict: string }>
  readonly verdict: string | null
}

type Source = { readonly ledger: Ledger; readonly notifier: Notifier; readonly checkoutUrl: string }

export const readBooks = (source: Source, account: Account): PayablBooks => ({
  payments: source.ledger
    .payments()
    .filter((payment) => payment.account === account)
    .map((payment) => toPayment(payment, source)),
  balance: Object.fromEntries([...account.balance].map(([currency, minor]) => [currency, formatAmount(minor)])),
})

const toPayment = (payment: Payment, { notifier, checkoutUrl }: Source): PayablPayment => ({
  notificationUrl: notificationUrlOf(payment),
  paymentId: payment.paymentId,
  redirectUrl: payment.terms ? `${checkoutUrl}${payment.session}` : null,
  transactions: payment.transactions.map((transaction) => toTransaction(transaction, notifier)),
})

const toTransaction = (transaction: Transaction, notifier: Notifier): PayablTransaction => {
  const { transactionId, issued, type, amount, state, payment } = transaction
  const refunds = payment.transactions.filter((other) => other.type === 'refund' && isPayIn(transaction))
  return {
    transactionId,
    createdAt: issued.toISOString(),
    type,
    orderid: toText(payment.orderid),
    amount: formatAmount(amount),
    currency: payment.currency,
    state,
    refunds: refunds.map((refund) => ({ transactionId: refund.transactionId, amount: formatAmount(refund.amount) })),
    notifications: notifier.sentFor(transaction).map(toNotification),
  }
}

const toNotification = ({ id, type, errorcode, paymentState, attempts }: Notification): PayablNotification => {
  const told = attempts.map(({ at, verdict }) => ({
    at: at.toISOString(),
    verdict: verdict.accepted ? 'accepted' : verdict.reason,
  }))
  return { id, type, errorcode, state: paymentState, attempts: told, verdict: told.at(-1)?.verdict ?? null }
}
