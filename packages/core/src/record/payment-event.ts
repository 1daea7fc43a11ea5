import type { Money } from '../values/money.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import type { MandateEnding } from './fact.ts'
import type { ReviewReason } from './review-reason.ts'

/** What each event contains in addition to the members of `PaymentEvent`. References are the merchant's own. */
export interface EventData {
  'deposit.not_credited_yet': { readonly amount: Money }
  /** The money is secured: ship. */
  'deposit.credited': { readonly amount: Money }
  'deposit.not_credited': { readonly reason: 'abandoned' | 'declined' | 'expired' | 'failed' }
  /** Credited, then taken back. `amount`: what was taken back now. `exposure`: how much more was refunded than is left of the deposit. */
  'deposit.reversed': { readonly amount: Money; readonly exposure: Money }
  /** The vendor sent the refund. `refund` is null if several refunds of the same amount fit. */
  'refund.confirmed': { readonly amount: Money; readonly refund: string | null; readonly candidates: readonly string[] }
  /** The refund's money came back or could not be sent. `refund` is null if several refunds of the same amount fit. */
  'refund.failed': { readonly amount: Money; readonly refund: string | null; readonly candidates: readonly string[] }
  /** The vendor reported that it sent the payout, a look-up shows it, or the time in which it could fail has elapsed (`by`). */
  'payout.confirmed': { readonly amount: Money; readonly by: 'vendor' | 'lookup' | 'elapsed' }
  /** The money came back: return it to the customer's balance. Also emitted for a withdrawal that was denied or cancelled. */
  'payout.failed': { readonly amount: Money }
  /** The customer waits: reserve `amount` of the balance. Then decide with `approve` or `deny`. */
  'withdrawal.requested': { readonly amount: Money }
  /**
   * The vendor's id of the customer's bank account. A payout to it is possible now and, if `mandate` is true, a charge. Emitted again
   * with `mandate: false` when the mandate was revoked or moved to another account.
   */
  'account.received': { readonly account: string; readonly mandate: boolean }
  /** The customer left without choosing an account. */
  'account.not_received': { readonly reason: 'abandoned' | 'failed' }
  /** The customer has signed. The mandate may be charged when `mandate.active` follows, which can take days. */
  'mandate.pending': { readonly account: string | null }
  /** The mandate may be charged. `account`: the vendor's id of the bank account. Emitted again when it has moved to another account. */
  'mandate.active': { readonly account: string | null }
  /** The customer left the bank account for another one. It may be charged again when `mandate.active` reports the new account. */
  'mandate.moved': { readonly account: string | null; readonly to: string | null }
  /** It may no longer be charged, or it was never signed. This is final. */
  'mandate.revoked': { readonly reason: MandateEnding }
  /** `customer` identifies the person. `abort`: the vendor has ended the order for this reason, whatever the answer. */
  'kyc.received': { readonly abort: string | null }
  /** Manual review is needed. Emitted once for each cause. `detail` describes the contradiction in English. `id` is the review's. */
  'review.needed': { readonly reason: ReviewReason; readonly rail: string; readonly detail?: string }
  /** The report is verified and stored, but this version does not know its kind. */
  unrecognised: { readonly method: string }
}

export type EventType = keyof EventData

/** The payment when the handler runs. This may be later than the event. */
export interface PaymentNow {
  /** The state of the deposit, payout, withdrawal, account or mandate. */
  readonly state: string
  /** For a deposit: credited − reversed. For money out: what was sent and did not come back. */
  readonly net: Money
}

/** Reports that belong to no payment of ours only lead to these events. */
type Known<T extends EventType, A> = T extends 'review.needed' | 'unrecognised' ? A | null : A

/** A change of a payment. `id` is the same however often and in whatever way the change is reported. */
export type PaymentEvent<T extends EventType = EventType> = {
  [K in T]: EventData[K] & {
    readonly type: K
    readonly id: string
    readonly payment: Known<K, PaymentRef>
    readonly reference: Known<K, string>
    /** ISO 8601: when it happened, as reported by the vendor. */
    readonly at: string
    /** Null if the event is about no payment of ours. */
    readonly now: PaymentNow | null
    /** What the vendor reported about the customer. Never stored, so it is absent when `sync` handles the event. */
    readonly customer?: CustomerDetails
  }
}[T]

/** Personal data, only for the handler. Each vendor reports some of these members. */
export interface CustomerDetails {
  readonly personId?: string
  readonly firstName?: string
  readonly lastName?: string
  /** ISO 8601. */
  readonly dateOfBirth?: string
  readonly gender?: string
  readonly street?: string
  readonly zipCode?: string
  readonly city?: string
  /** As the vendor writes it. */
  readonly country?: string
  readonly accountHolder?: string
  readonly accountNumber?: string
  readonly bankNumber?: string
  readonly bic?: string
  readonly bankName?: string
  readonly bankCountry?: string
}

/** The questions that the application must answer. Without its answer, the vendor gets no acknowledgement: nothing is approved by default. */
export interface Answers {
  /** Was the money of the reversed deposit taken back from the customer? */
  'deposit.reversed': { readonly recovered: boolean }
  /** Is the money reserved in the customer's balance, so that it cannot be spent twice? */
  'withdrawal.requested': { readonly reserved: boolean }
  /** May this person pay, and how much at most? The customer is waiting at the checkout. */
  'kyc.received': { readonly proceed: boolean; readonly limit?: Money }
}

export type Question = keyof Answers
export type HandlerAnswer = Answers[Question] | 'ok'

/** Every event's name. */
export const eventTypes: readonly EventType[] = Object.keys({
  'deposit.not_credited_yet': true,
  'deposit.credited': true,
  'deposit.not_credited': true,
  'deposit.reversed': true,
  'refund.confirmed': true,
  'refund.failed': true,
  'payout.confirmed': true,
  'payout.failed': true,
  'withdrawal.requested': true,
  'account.received': true,
  'account.not_received': true,
  'mandate.pending': true,
  'mandate.active': true,
  'mandate.moved': true,
  'mandate.revoked': true,
  'kyc.received': true,
  'review.needed': true,
  unrecognised: true,
} satisfies { readonly [T in EventType]: true }) as EventType[]
