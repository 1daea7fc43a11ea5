import type { RecordedIntent } from './intent.ts'
import type { Money } from './money.ts'
import type { PaymentRef } from './payment-ref.ts'

/**
 * Why a person must look at a payment.
 * - `unknown_payment`: signed news of a payment that this store does not know
 * - `amount_differs`, `currency_differs`: money came, but not the money that was expected
 * - `credited_and_cancelled`: the vendor said both of one transaction
 * - `overpaid`: two attempts or transactions of one payment were paid
 * - `unexpected_credit`: money came back or in that neither the deposit nor an open refund explains
 * - `unexpected_payout`: money was sent out that no refund or payout of ours explains, as from the vendor's back office
 * - `reversed_beyond_credit`: more was taken back than had been credited
 * - `unsigned_money`: money was claimed in a part of a message that its signature does not cover
 * - `overdue`: the vendor's own time for a deposit's final word has passed without one
 * - `outcome_unknown`: whether a refund was sent is not known, and no call can find out
 * - `lookup_differs`: the vendor, asked afterwards, does not show what its callback said
 * - `person_overruled`: a person said that money out had failed, and the vendor says that it was paid
 */
export type Reason =
  | 'unknown_payment'
  | 'amount_differs'
  | 'currency_differs'
  | 'credited_and_cancelled'
  | 'overpaid'
  | 'unexpected_credit'
  | 'unexpected_payout'
  | 'reversed_beyond_credit'
  | 'unsigned_money'
  | 'overdue'
  | 'outcome_unknown'
  | 'lookup_differs'
  | 'person_overruled'

/** One refund, or, where the vendor's word fits several of one amount, `refund: null` and the candidates. */
export interface RefundLeg {
  readonly amount: Money
  readonly refund: PaymentRef | null
  readonly candidates: readonly PaymentRef[]
}

/** Our word for what a vendor said. */
export type Fact =
  | { readonly type: 'deposit.not_credited_yet'; readonly amount: Money }
  | { readonly type: 'deposit.credited'; readonly amount: Money }
  | { readonly type: 'deposit.not_credited'; readonly reason: 'abandoned' | 'declined' | 'expired' | 'failed' }
  | { readonly type: 'deposit.reversed'; readonly amount: Money }
  /** A look-up afterwards shows what the callback said. */
  | { readonly type: 'deposit.checked' }
  | ({ readonly type: 'refund.confirmed' } & RefundLeg)
  | ({ readonly type: 'refund.failed' } & RefundLeg)
  /** The vendor shows it: it was sent, and may still fail. */
  | { readonly type: 'payout.accepted' }
  | { readonly type: 'payout.confirmed'; readonly amount: Money }
  /** It could not be sent, or it came back. */
  | { readonly type: 'payout.failed'; readonly amount: Money }
  /** The customer has asked for the money and waits for a decision. */
  | { readonly type: 'withdrawal.requested'; readonly amount: Money }
  /** The application could not reserve it: the vendor cancels, and nothing is to be given back. */
  | { readonly type: 'withdrawal.not_reserved' }
  /** What we decided, once the vendor has accepted it. */
  | { readonly type: 'withdrawal.approved' }
  | { readonly type: 'withdrawal.denied' }
  /** The vendor did not take our decision: nothing has changed, and deciding again is another request. */
  | { readonly type: 'withdrawal.undecided'; readonly decision: 'approve' | 'deny' }
  /** The vendor's id of the customer's bank account, for later payouts. */
  | { readonly type: 'account.received'; readonly account: string; readonly mandate?: boolean }
  | { readonly type: 'account.not_received'; readonly reason: 'abandoned' | 'failed' }
  /** The customer has identified; `abort`: the vendor has ended the order because of it. Who it is, is never kept. */
  | { readonly type: 'kyc.received'; readonly abort: string | null }
  | { readonly type: 'unexplained'; readonly reason: Reason }
  /** A person has dealt with a review, named by its event's id. */
  | { readonly type: 'resolved'; readonly review: string; readonly by: string; readonly why: string }
  | { readonly type: 'unrecognised'; readonly method: string }

/** What a vendor said, once: in its own word and in ours. Kept for ever; states and events are folded from these. */
export interface Observation {
  /** Unique per rail: the delivery's key, so that a duplicate is the same observation. */
  readonly id: string
  /** ISO 8601, by the vendor's clock. */
  readonly at: string
  readonly source: 'answer' | 'callback' | 'lookup' | 'report' | 'elapsed' | 'person'
  /** The vendor's transaction. Folded per transaction first, so that a dead one never ends a paid one. */
  readonly vendorId: string
  /** `signed`: covered by the vendor's signature; `bound`: by our token or our own look-up; `claimed`: by neither. */
  readonly trust: 'signed' | 'bound' | 'claimed'
  /** The intent that the news is about; null when it is not known here. */
  readonly subject: PaymentRef | null
  readonly fact: Fact
  /** The vendor's word beside our fact, so that it can be read again. Never personal data. */
  readonly word: { readonly method: string; readonly amount?: Money }
}

/** The id of the word of a person that a payment begun elsewhere had come this far: no handler hears of it. */
export const adoptionOf = (payment: PaymentRef): string => `adopted|${payment}`

/** A payment: its intents over all attempts and rails, and what was observed of them, each in the order of arrival. */
export interface Thread {
  readonly intents: readonly RecordedIntent[]
  readonly observations: readonly Observation[]
}
