import type { Hash } from '../signing/signature.ts'
import type { BankAccount } from './bank-accounts.ts'
import type { Account } from './merchant.ts'
import type { PageTerms, Terms } from './order-terms.ts'

/** The method that created the order; a payout is created by AccountPayout or RegisterAccountPayout. The last three are
 *  managed direct debit. */
export type OrderKind =
  | 'deposit'
  | 'withdrawal'
  | 'selection'
  | 'payout'
  | 'charge'
  | 'mandate'
  | 'direct debit'
  | 'direct credit'

/** Money in is `created` until the customer pays, `pending` until the money arrives, and `reversed` after it was taken
 *  back. A withdrawal is `requested` until its debit is answered OK, and `reserved` until it is approved. `accepted`:
 *  money out, whose transfer has the further state. `chosen`: a selected account. A mandate is `pending` when it is signed
 *  and `active` when the bank has registered it. */
export type OrderState =
  | 'created'
  | 'pending'
  | 'credited'
  | 'reversed'
  | 'requested'
  | 'reserved'
  | 'accepted'
  | 'chosen'
  | 'active'
  | 'cancelled'

/** A transfer from the balance to a customer: `queued` until the balance or the deposit allows it, `executed` when it was
 *  sent, `returned` when the bank returned it, `failed` when it was never sent, `dropped` with its deposit. */
export type TransferState = 'queued' | 'executed' | 'confirmed' | 'returned' | 'failed' | 'dropped'

export interface Transfer {
  readonly amount: bigint
  /** The bank's own reference. */
  readonly reference: string
  readonly created: Date
  readonly externalReference: string
  /** The MessageID of its own; undefined where it has that of the order. */
  readonly messageId: string | undefined
  state: TransferState
  modified: Date
}

/** Money taken back after a credit. FAILED: the merchant cannot recover it from the customer. */
export interface Debit {
  readonly amount: bigint
  /** Its notification, whose answer is the merchant's; empty until that is written. */
  notificationId: string
  answer: string | null
}

/** One order. Money is in minor units of `terms.currency`. */
export interface Order {
  readonly kind: OrderKind
  readonly orderId: string
  /** Counts up from 1 over all merchants. */
  readonly number: number
  readonly session: string
  readonly account: Account
  readonly terms: Terms
  /** Undefined for orders without a page. */
  readonly page: PageTerms | undefined
  readonly hash: Hash
  readonly opened: Date
  /** The refunds of a deposit or charge; the one transfer of a withdrawal or payout. */
  readonly transfers: Transfer[]
  readonly debits: Debit[]
  state: OrderState
  /** The amount that the customer sent or requested; undefined until then. */
  paid: bigint | undefined
  /** The mandate of a direct debit or a direct credit. */
  readonly mandateId: string | undefined
  /** The customer's bank account, once it is known. */
  bankAccount: BankAccount | undefined
  /** The shop's answer to a kyc notification. */
  kyc: 'not requested' | 'requested' | { readonly status: string; readonly limit: string | undefined }
  /** The customer's last activity on the page. */
  touched: Date
  expired: boolean
  /** When the mandate ended. */
  endedAt: Date | undefined
}

/** True for orders whose money comes from the customer and can be refunded. */
export const isPayIn = ({ kind }: Pick<Order, 'kind'>): boolean =>
  kind === 'deposit' || kind === 'charge' || kind === 'direct debit'

/** An order with a hosted page. */
export type HostedOrder = Order & { readonly page: PageTerms }

export const isHosted = (order: Order): order is HostedOrder => order.page !== undefined

/** The refundable amount: the money that the customer sent, less what was taken back or refunded. */
export const refundable = ({ state, paid = 0n, transfers, debits }: Order): bigint => {
  const refunded = transfers.filter(({ state }) => state === 'queued' || isSent(state))
  return state === 'cancelled' ? 0n : paid - sum(refunded) - sum(debits)
}

export const isSent = (state: TransferState): boolean => state === 'executed' || state === 'confirmed'

export const sum = (entries: ReadonlyArray<{ readonly amount: bigint }>): bigint =>
  entries.reduce((total, { amount }) => total + amount, 0n)
