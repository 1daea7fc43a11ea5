import type { Money } from '../values/money.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import type { Reason } from './reason.ts'

/** What each event carries beside `PaymentEvent`'s own members. References are the merchant's, as given. */
export interface EventData {
  'deposit.not_credited_yet': { readonly amount: Money }
  /** Money secured: ship. */
  'deposit.credited': { readonly amount: Money }
  'deposit.not_credited': { readonly reason: 'abandoned' | 'declined' | 'expired' | 'failed' }
  /** Credited, then taken back: `amount` is what was taken now. `exposure`: what refunds had already sent beyond what is left of the deposit. */
  'deposit.reversed': { readonly amount: Money; readonly exposure: Money }
  /** The vendor sent it; `refund` is null when several of one amount fit. */
  'refund.confirmed': { readonly amount: Money; readonly refund: string | null; readonly candidates: readonly string[] }
  /** The refund's money came back or could not be sent; `refund` is null when several of one amount fit. */
  'refund.failed': { readonly amount: Money; readonly refund: string | null; readonly candidates: readonly string[] }
  /** The vendor sent it, or a look-up or the passing of the time in which it could fail says so (`by`). */
  'payout.confirmed': { readonly amount: Money; readonly by: 'vendor' | 'lookup' | 'elapsed' }
  /** The money is back: give it back to the customer's balance. Also for a withdrawal that was denied or cancelled. */
  'payout.failed': { readonly amount: Money }
  /** The customer waits: reserve `amount` of the balance. Then `approve` or `deny` decides. */
  'withdrawal.requested': { readonly amount: Money }
  /**
   * The vendor's id of the customer's bank account: a payout to it is possible now; `mandate`: a charge of it, too. Comes again with
   * `mandate: false` when the mandate was revoked, or moved to another account.
   */
  'account.received': { readonly account: string; readonly mandate: boolean }
  /** The customer left without choosing an account. */
  'account.not_received': { readonly reason: 'abandoned' | 'failed' }
  /** `customer` is who; `abort`: the vendor has ended the order because of it, whatever the answer. */
  'kyc.received': { readonly abort: string | null }
  /** Manual review is needed, once for each cause; `detail` says what contradicts what, in English. `id` is the review's. */
  'review.needed': { readonly reason: Reason; readonly rail: string; readonly detail?: string }
  /** Verified and stored, but of a kind that this version does not know. */
  unrecognised: { readonly method: string }
}

export type EventType = keyof EventData

/** What the payment has become by the time the handler runs, which may be later than what the event reports. */
export interface PaymentNow {
  /** Of a deposit, payout, withdrawal or account. */
  readonly state: string
  /** What has come in and not gone back (credited − reversed); of money out, what is sent and not back. */
  readonly net: Money
}

/** Reports without a payment of ours can only be reviewed. */
type Known<T extends EventType, A> = T extends 'review.needed' | 'unrecognised' ? A | null : A

/** What changed. `id` is the same however often and by whatever way it was reported. */
export type PaymentEvent<T extends EventType = EventType> = {
  [K in T]: EventData[K] & {
    readonly type: K
    readonly id: string
    readonly payment: Known<K, PaymentRef>
    readonly reference: Known<K, string>
    /** ISO 8601: when it happened, by the vendor's clock. */
    readonly at: string
    /** Null where no payment of ours is concerned. */
    readonly now: PaymentNow | null
    /** What the vendor reported of the customer with it. Never stored: absent when `sync` handles the event. */
    readonly customer?: CustomerDetails
  }
}[T]

/** Personal data: for the handler only. Each vendor tells some of it. */
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

/** What the application must decide; without its answer the vendor gets none. Nothing is approved by silence. */
export interface Answers {
  /** Was the money of a reversed deposit taken back from the customer? */
  'deposit.reversed': { readonly recovered: boolean }
  /** Is the money taken from the customer's balance, so that it cannot be spent twice? */
  'withdrawal.requested': { readonly reserved: boolean }
  /** May this person pay, and at most how much? The customer is waiting at the checkout. */
  'kyc.received': { readonly proceed: boolean; readonly limit?: Money }
}

export type Question = keyof Answers
export type AnyAnswer = Answers[Question] | 'ok'

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
  'kyc.received': true,
  'review.needed': true,
  unrecognised: true,
} satisfies { readonly [T in EventType]: true }) as EventType[]
