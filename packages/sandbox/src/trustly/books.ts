import type { Notification, Notifier } from './notifications/notifier.ts'
import type { BankAccount, BankAccounts } from './state/bank-accounts.ts'
import type { Ledger } from './state/ledger.ts'
import type { Order, OrderKind, OrderState, TransferState } from './state/order.ts'
import { formatAmount } from './wire/money.ts'

/** One merchant's orders and money as plain JSON. Amounts are decimal strings as on the wire (`103.00`; HUF `103`). */
export type TrustlyBooks = {
  readonly orders: readonly TrustlyOrder[]
  /** Per currency: what it began with, deposits and charges credited, less what left and what was taken back. */
  readonly balance: Readonly<Record<string, string>>
  /** The bank accounts that the merchant may pay to, and with a mandate charge. */
  readonly bankAccounts: ReadonlyArray<BankAccount & { readonly mandate: boolean }>
}

/** One order. `amount` is what was asked for, null when the customer chooses; `paid` what the customer sent, or asked
 *  for in a withdrawal. */
export type TrustlyOrder = {
  readonly orderId: string
  readonly kind: OrderKind
  /** ISO 8601, UTC. */
  readonly createdAt: string
  readonly messageId: string
  readonly endUserId: string
  /** Where its notifications go. */
  readonly notificationUrl: string
  /** Empty for a selected account, where no money moves. */
  readonly currency: string
  readonly amount: string | null
  readonly paid: string | null
  /** Money out that was accepted is in the state of its transfer. */
  readonly state: Exclude<OrderState, 'accepted'> | TransferState
  /** Null where no customer is led to a page. */
  readonly checkoutUrl: string | null
  /** The AccountID of where the money comes from or goes to, once that is known. */
  readonly accountId: string | null
  /** `queued` until the deposit is credited and the balance allows it; `dropped` when the deposit never is; `returned`
   *  when the bank sent it back. */
  readonly refunds: ReadonlyArray<{ readonly amount: string; readonly state: TransferState }>
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

type Source = {
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
  balance: Object.fromEntries(
    [...ledger.balancesOf(username)].map(([currency, minor]) => [currency, formatAmount(minor, currency)]),
  ),
  bankAccounts: bankAccounts.knownTo(username),
})

const toOrder = (order: Order) => {
  const { orderId, kind, opened, terms, paid, bankAccount, transfers, debits } = order
  const { messageId, endUserId, notificationUrl, currency } = terms
  const toText = (minor: bigint) => formatAmount(minor, currency)
  const isRefunded = kind === 'deposit' || kind === 'charge'
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
    accountId: bankAccount?.accountId ?? null,
    refunds: isRefunded ? transfers.map(({ amount, state }) => ({ amount: toText(amount), state })) : [],
    debits: debits.map((debit) => ({ amount: toText(debit.amount), answer: debit.answer })),
  }
}

const stateOf = ({ state, transfers }: Order): TrustlyOrder['state'] =>
  state === 'accepted' ? (transfers[0]?.state ?? 'queued') : state

const toNotification = ({ id, method, attempts, status }: Notification): TrustlyNotification => ({
  id,
  method,
  attempts: attempts.map(({ at, verdict }) => ({
    at: at.toISOString(),
    verdict: verdict.accepted ? 'accepted' : verdict.reason,
  })),
  delivered: status !== null,
})
