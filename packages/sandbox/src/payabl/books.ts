import type { Notification, Notifier } from './notifications/notifier.ts'
import type { Ledger } from './state/ledger.ts'
import type { Account } from './state/merchant.ts'
import {
  isPayIn,
  notificationUrlOf,
  type Payment,
  type Transaction,
  type TransactionState,
  type TransactionType,
} from './state/payment.ts'
import { toText } from './wire/form.ts'
import { formatAmount } from './wire/money.ts'

/** One merchant's payments and balances as plain JSON. Amounts are decimal strings as on the wire (`103.00`). */
export interface PayablBooks {
  readonly payments: readonly PayablPayment[]
  /** Per currency: the initial balance plus credited pay-ins, less refunds, chargebacks and payouts. */
  readonly balance: Readonly<Record<string, string>>
}

/** One pay-in or payout. */
export interface PayablPayment {
  readonly paymentId: string
  /** The hosted page; null for a payout. */
  readonly redirectUrl: string | null
  /** The address of its notifications, unless a transaction has its own; empty without one. */
  readonly notificationUrl: string
  /** Oldest first. All transactions of a pay-in except refunds and chargebacks have its state. */
  readonly transactions: readonly PayablTransaction[]
}

/** One transaction. `refunds` are those of the pay-in that it carries. */
export interface PayablTransaction {
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

/** One notification. A outcome is `accepted` or the reason why the merchant's reply did not count. The notification has
 *  the outcome of its last attempt, null before the first. `at` is ISO 8601 in UTC. */
export interface PayablNotification {
  /** The sandbox's own id, for `redeliver`. */
  readonly id: string
  readonly type: string
  readonly errorcode: string
  /** `payment_state`; null where the notification has none. */
  readonly state: string | null
  readonly attempts: ReadonlyArray<{ readonly at: string; readonly outcome: string }>
  readonly outcome: string | null
}

interface Source {
  readonly ledger: Ledger
  readonly notifier: Notifier
  readonly checkoutUrl: string
}

export const readBooks = (source: Source, account: Account): PayablBooks => ({
  payments: source.ledger.paymentsOf(account).map((payment) => toPayment(payment, source)),
  balance: balanceOf(account),
})

/** A merchant's balance, per currency. */
export const balanceOf = ({ balance }: Account): Readonly<Record<string, string>> =>
  Object.fromEntries([...balance].map(([currency, minor]) => [currency, formatAmount(minor)]))

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
  const results = attempts.map(({ at, outcome }) => ({
    at: at.toISOString(),
    outcome: outcome.accepted ? 'accepted' : outcome.reason,
  }))
  return { id, type, errorcode, state: paymentState, attempts: results, outcome: results.at(-1)?.outcome ?? null }
}
