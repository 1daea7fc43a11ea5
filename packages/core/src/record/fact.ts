import type { Money } from '../values/money.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import type { ReviewReason } from './review-reason.ts'

/** A refund's money. `refund` is null if the reports fit several refunds of the same amount: these are the candidates. */
export interface RefundMatch {
  readonly amount: Money
  readonly refund: PaymentRef | null
  readonly candidates: readonly PaymentRef[]
}

/** Where a fact comes from. A vendor's own report takes precedence over a look-up, and a look-up over elapsed time. */
export type FactSource = 'vendor' | 'lookup' | 'elapsed' | 'person'

/**
 * What all reports of an order mean together, in our vocabulary. Several reports of the same thing are one fact. `evidence`: the ids of
 * these reports. `key`: distinguishes facts of one type and intent and does not depend on the order of the reports. It is part of event
 * ids, so it must not contain an account.
 */
export type Fact = {
  readonly intent: PaymentRef
  readonly vendorId: string
  /** ISO 8601. */
  readonly at: string
  readonly evidence: readonly string[]
  readonly source: FactSource
  readonly key: string
  /** Certainly a different fact than those that share evidence with it, because the vendor's own list counts them. */
  readonly separate?: true
} & (
  | { readonly type: 'deposit.not_credited_yet'; readonly amount: Money }
  | { readonly type: 'deposit.credited'; readonly amount: Money }
  | { readonly type: 'deposit.not_credited'; readonly reason: 'abandoned' | 'declined' | 'expired' | 'failed' }
  | { readonly type: 'deposit.reversed'; readonly amount: Money }
  /** A later look-up shows the same as the callback. */
  | { readonly type: 'deposit.checked' }
  /** `intent` is the deposit. */
  | ({ readonly type: 'refund.confirmed' } & RefundMatch)
  | ({ readonly type: 'refund.failed' } & RefundMatch)
  /** The vendor shows the payout: it was sent and may still fail. */
  | { readonly type: 'payout.accepted' }
  | { readonly type: 'payout.confirmed'; readonly amount: Money }
  /** It could not be sent, or the money came back. Null: the vendor names no amount, so it is the whole payout. */
  | { readonly type: 'payout.failed'; readonly amount: Money | null }
  /** The customer has asked for the money and waits for a decision. */
  | { readonly type: 'withdrawal.requested'; readonly amount: Money }
  | { readonly type: 'withdrawal.approved' }
  | { readonly type: 'withdrawal.denied' }
  /** The vendor refused our decision: nothing has changed. */
  | { readonly type: 'withdrawal.undecided'; readonly decision: string }
  /** `mandate`: null if none was requested. */
  | { readonly type: 'account.received'; readonly account: string; readonly mandate: MandateState | null }
  | { readonly type: 'account.not_received'; readonly reason: 'abandoned' | 'failed' }
  /** The customer has signed, and the direct debit scheme has not registered the mandate yet. `account`: the vendor's id; null: not reported. */
  | { readonly type: 'mandate.pending'; readonly account: string | null }
  | { readonly type: 'mandate.active'; readonly account: string | null }
  /** The customer left this account for `to`; null: the new account is not reported yet. */
  | { readonly type: 'mandate.moved'; readonly account: string | null; readonly to: string | null }
  | { readonly type: 'mandate.revoked'; readonly reason: MandateEnding }
  /** `abort`: the vendor's reason, if it has ended the order because of this. */
  | { readonly type: 'kyc.received'; readonly abort: string | null }
  /** `money`: the money concerned, if it is known. */
  | { readonly type: 'review'; readonly reason: ReviewReason; readonly money?: Money }
  | { readonly type: 'unrecognised'; readonly method: string }
)

/** `moved`: the customer's bank account was replaced by another. `revoked`: it was not replaced. Only `active` may be charged. */
export type MandateState = 'pending' | 'active' | 'moved' | 'revoked'

/**
 * Why a mandate is revoked. `abandoned`: the customer did not sign it. `already_exists`: the customer has one for the same account.
 * `invalid_account`: the account cannot have one. `cancelled`: by the customer, the bank or the merchant, even years later.
 */
export type MandateEnding = 'abandoned' | 'already_exists' | 'invalid_account' | 'cancelled' | 'failed'

export type FactType = Fact['type']
export type FactOf<T extends FactType> = Extract<Fact, { readonly type: T }>

export const factsOf = <T extends FactType>(facts: readonly Fact[], ...types: readonly T[]): readonly FactOf<T>[] =>
  facts.filter((fact): fact is FactOf<T> => (types as readonly FactType[]).includes(fact.type))
