import type { Money } from '../values/money.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import type { Reason } from './reason.ts'

/** A refund's money. `refund` is null where the reports fit several refunds of one amount: the candidates. */
export interface RefundMatch {
  readonly amount: Money
  readonly refund: PaymentRef | null
  readonly candidates: readonly PaymentRef[]
}

/** Who said it: a vendor's own report outranks a look-up's, and that the mere passing of time. */
export type Source = 'vendor' | 'lookup' | 'elapsed' | 'person'

/**
 * What all reports of an order mean together, in our words; one fact however many reports say it. `evidence`: the ids of
 * those reports. `key`: tells facts of one type and intent apart, whatever order the reports came in; it is part of event ids,
 * so that it names no account.
 */
export type Fact = {
  readonly intent: PaymentRef
  readonly vendorId: string
  /** ISO 8601. */
  readonly at: string
  readonly evidence: readonly string[]
  readonly source: Source
  readonly key: string
  /** Known to be another one than the facts with which it shares evidence: the vendor's own list counts them. */
  readonly separate?: true
} & (
  | { readonly type: 'deposit.not_credited_yet'; readonly amount: Money }
  | { readonly type: 'deposit.credited'; readonly amount: Money }
  | { readonly type: 'deposit.not_credited'; readonly reason: 'abandoned' | 'declined' | 'expired' | 'failed' }
  | { readonly type: 'deposit.reversed'; readonly amount: Money }
  /** A look-up afterwards shows what the callback said. */
  | { readonly type: 'deposit.checked' }
  /** `intent` is the deposit. */
  | ({ readonly type: 'refund.confirmed' } & RefundMatch)
  | ({ readonly type: 'refund.failed' } & RefundMatch)
  /** The vendor shows it: it was sent, and may still fail. */
  | { readonly type: 'payout.accepted' }
  | { readonly type: 'payout.confirmed'; readonly amount: Money }
  /** It could not be sent, or it came back. Null: the vendor names no amount, all of it. */
  | { readonly type: 'payout.failed'; readonly amount: Money | null }
  /** The customer has asked for the money and waits for a decision. */
  | { readonly type: 'withdrawal.requested'; readonly amount: Money }
  | { readonly type: 'withdrawal.approved' }
  | { readonly type: 'withdrawal.denied' }
  /** The vendor did not take our decision: nothing has changed. */
  | { readonly type: 'withdrawal.undecided'; readonly decision: string }
  /** `mandate`: null where none was asked for. */
  | { readonly type: 'account.received'; readonly account: string; readonly mandate: MandateState | null }
  | { readonly type: 'account.not_received'; readonly reason: 'abandoned' | 'failed' }
  /** `abort`: the vendor has ended the order because of it. */
  | { readonly type: 'kyc.received'; readonly abort: string | null }
  /**
   * `money`: what it is about, where that is known. `claim`: of `unsigned_money`, that the deposit was credited, which a person
   * can say instead; that its money is gone, or anything else, is not answered by that.
   */
  | { readonly type: 'review'; readonly reason: Reason; readonly money?: Money; readonly claim?: 'credited' }
  | { readonly type: 'unrecognised'; readonly method: string }
)

/** `moved`: the customer's bank account was replaced by another; `revoked`: by nothing. Only `active` may be charged. */
export type MandateState = 'pending' | 'active' | 'moved' | 'revoked'

export type FactType = Fact['type']
export type FactOf<T extends FactType> = Extract<Fact, { readonly type: T }>

export const factsOf = <T extends FactType>(facts: readonly Fact[], ...types: readonly T[]): readonly FactOf<T>[] =>
  facts.filter((fact): fact is FactOf<T> => (types as readonly FactType[]).includes(fact.type))
