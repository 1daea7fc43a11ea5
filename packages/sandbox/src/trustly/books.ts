import type { Notification, Notifier } from './notifications/notifier.ts'
import type { BankAccount, BankAccounts } from './state/bank-accounts.ts'
import type { Ledger } from './state/ledger.ts'
import { isPayIn, type Order, type OrderKind, type OrderState, type TransferState } from './state/order.ts'
import { formatAmount } from './wire/formats.ts'

/** One merchant's orders and balances as plain JSON. Amounts are decimal strings as on the wire (`103.00`; HUF `103`). */
export interface TrustlyBooks {
  readonly orders: readonly TrustlyOrder[]
  /** Per currency: the initial balance, plus credited deposits and charges, less payouts, refunds and reversals. */
  readonly balance: Readonly<Record<string, string>>
  /** The bank accounts that the merchant may pay to, or charge if there is a mandate. */
  readonly bankAccounts: ReadonlyArray<BankAccount & { readonly mandate: boolean }>
}

/** One order. `amount` is the ordered amount, null when the customer chooses it; `paid` is the amount that the customer
 *  sent, or requested in a withdrawal. */
export interface TrustlyOrder {
  readonly orderId: string
  readonly kind: OrderKind
  /** ISO 8601, UTC. */
  readonly createdAt: string
  readonly messageId: string
  readonly endUserId: string
  /** The address of its notifications. */
  readonly notificationUrl: string
  /** Empty for an account selection and a mandate, where no money moves. */
  readonly currency: string
  readonly amount: string | null
  readonly paid: string | null
  /** Accepted money out has the state of its transfer. */
  readonly state: Exclude<OrderState, 'accepted'> | TransferState
  /** Null for orders without a page. */
  readonly checkoutUrl: string | null
  /** The reference of a mandate in its scheme, and of the direct debits and credits on it; else null. */
  readonly merchantReference: string | null
  /** The AccountID of the customer's bank account, once it is known. */
  readonly accountId: string | null
  /** `queued` until the deposit is credited and the balance is sufficient; `dropped` when the deposit is never credited;
   *  `returned` when the bank returned it. */
  readonly refunds: ReadonlyArray<{ readonly amount: string; readonly state: TransferState }>
  /** Money taken back. The answer `FAILED` says that the merchant could not recover it from the customer. */
  readonly debits: ReadonlyArray<{ readonly amount: string; readonly answer: string | null }>
  readonly notifications: readonly TrustlyNotification[]
}

/** One notification. `outcome` is `accepted` or the reason why the reply did not count; `at` is ISO 8601 in UTC. */
export interface TrustlyNotification {
  readonly id: string
  readonly method: string
  readonly attempts: ReadonlyArray<{ readonly at: string; readonly outcome: string }>
  readonly delivered: boolean
}

interface Source {
  readonly ledger: Ledger
  readonly bankAccounts: BankAccounts
  readonly notifier: Notifier
  readonly checkoutUrl: string
}

export const readBooks = ({ ledger, bankAccounts, notifier, checkoutUrl }: Source, username: string): TrustlyBooks => ({
  orders: ledger.ordersOf(username).map((order) => ({
    ...toOrder(order),
    checkoutUrl: order.page ? `${checkoutUrl}${order.session}` : null,
    notifications: notifier.sentFor(order.orderId).map(toNotification),
  })),
  balance: balanceOf({ ledger }, username),
  bankAccounts: bankAccounts.knownTo(username),
})

/** A merchant's balance, per currency. */
export const balanceOf = ({ ledger }: Pick<Source, 'ledger'>, username: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...ledger.balancesOf(username)].map(([currency, minor]) => [currency, formatAmount(minor, currency)]),
  )

const toOrder = (order: Order) => {
  const { orderId, kind, opened, terms, paid, bankAccount, transfers, debits } = order
  const { messageId, endUserId, notificationUrl, currency } = terms
  const toText = (minor: bigint) => formatAmount(minor, currency)
  return {
    orderId,
    kind,
    createdAt: opened.toISOString(),
    messageId,
    endUserId,
    notificationUrl,
    currency,
    amount: terms.amount === undefined ? null : toText(terms.amount),
    paid: paid === undefined ? null : toText(paid),
    state: stateOf(order),
    merchantReference: terms.merchantReference || null,
    accountId: bankAccount?.accountId ?? null,
    refunds: isPayIn(order) ? transfers.map(({ amount, state }) => ({ amount: toText(amount), state })) : [],
    debits: debits.map((debit) => ({ amount: toText(debit.amount), answer: debit.answer })),
  }
}

/** The state of an order in the books. */
export const stateOf = ({ state, transfers }: Order): TrustlyOrder['state'] =>
  state === 'accepted' ? (transfers[0]?.state ?? 'queued') : state

const toNotification = ({ id, method, attempts, status }: Notification): TrustlyNotification => ({
  id,
  method,
  attempts: attempts.map(({ at, outcome }) => ({
    at: at.toISOString(),
    outcome: outcome.accepted ? 'accepted' : outcome.reason,
  })),
  delivered: status !== null,
})
