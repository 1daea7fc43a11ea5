import type { Hash } from '../signing/signature.ts'
import type { BankAccount } from './bank-accounts.ts'
import type { Account } from './merchant.ts'
import type { PageTerms, Terms } from './order-terms.ts'

/** The method that made it; a payout is AccountPayout's or RegisterAccountPayout's. */
export type OrderKind = 'deposit' | 'withdrawal' | 'selection' | 'payout' | 'charge'

/** Money in: `created` until the customer pays, `pending` until the money is there, `reversed` after it was taken
 *  back. A withdrawal: `requested` until its debit is answered OK, `reserved` until it is approved. `accepted`: money
 *  out whose transfer says the rest. `chosen`: a selected account. */
export type OrderState =
  | 'created'
  | 'pending'
  | 'credited'
  | 'reversed'
  | 'requested'
  | 'reserved'
  | 'accepted'
  | 'chosen'
  | 'cancelled'

/** Money on its way from the balance to a customer: `queued` until the balance or the deposit allows it, `executed`
 *  when it left, `returned` when the bank sent it back, `failed` when it never left, `dropped` with its deposit. */
export type TransferState = 'queued' | 'executed' | 'confirmed' | 'returned' | 'failed' | 'dropped'

export type Transfer = {
  readonly amount: bigint
  /** The bank's own reference. */
  readonly reference: string
  readonly created: Date
  readonly externalReference: string
  state: TransferState
  modified: Date
}

/** Money taken back after a credit. FAILED: the merchant cannot recover it from the customer, and bears the loss. */
export type Debit = { readonly amount: bigint; answer: string | null }

/** One order. Money is in minor units of `terms.currency`. */
export type Order = {
  readonly kind: OrderKind
  readonly orderId: string
  readonly session: string
  readonly account: Account
  readonly terms: Terms
  /** Undefined where no customer is led to a page. */
  readonly page: PageTerms | undefined
  readonly hash: Hash
  readonly opened: Date
  /** Refunds of a deposit or charge; of a withdrawal or payout the one that it is about. */
  readonly transfers: Transfer[]
  readonly debits: Debit[]
  state: OrderState
  /** What the customer sent, or asked for; undefined until then. */
  paid: bigint | undefined
  /** Where the money comes from or goes to, once it is known. */
  bankAccount: BankAccount | undefined
  /** The shop's answer to a kyc notification. */
  kyc: 'unasked' | 'asked' | { readonly status: string; readonly limit: string | undefined }
  /** When the customer was last on the page. */
  touched: Date
  expired: boolean
}

/** An order with a hosted page. */
export type HostedOrder = Order & { readonly page: PageTerms }

export const isHosted = (order: Order): order is HostedOrder => order.page !== undefined

/** What may still be refunded: the money that came, less what was taken back or is on its way back.
 *  Before the customer paid, the ordered amount stands in for it. */
export const refundable = ({ state, paid, terms, transfers, debits }: Order): bigint => {
  const came = paid ?? (state === 'created' ? terms.amount : undefined) ?? 0n
  const gone = transfers.filter(({ state }) => state === 'queued' || isGone(state))
  return state === 'cancelled' ? 0n : came - sum(gone) - sum(debits)
}

export const isGone = (state: TransferState): boolean => state === 'executed' || state === 'confirmed'

export const sum = (entries: ReadonlyArray<{ readonly amount: bigint }>): bigint =>
  entries.reduce((total, { amount }) => total + amount, 0n)
