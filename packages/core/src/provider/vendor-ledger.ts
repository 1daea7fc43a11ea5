import type { Decimal } from '../values/decimal.ts'

/** Calendar days in UTC as ISO dates, both inclusive. */
export interface Days {
  readonly from: string
  readonly to: string
}

/**
 * What a line of a vendor's ledger is:
 * - `payment`: a customer's money; `reversal`: credited money that was taken back
 * - `refund`, `payout`: money to a customer; `refund_return`, `payout_return`: such money that came back
 * - `fee`: what the vendor charges; `exchange`: a conversion between currencies
 * - `back_office`: what a person at the merchant or the vendor booked, such as money added for payouts
 * - `settlement`: money to the merchant's own bank account
 */
export type VendorLineKind =
  | 'payment'
  | 'reversal'
  | 'refund'
  | 'refund_return'
  | 'payout'
  | 'payout_return'
  | 'fee'
  | 'exchange'
  | 'back_office'
  | 'settlement'

/** One movement on the merchant's account at the vendor. */
export interface VendorLine {
  /** ISO 8601, UTC. */
  readonly at: string
  /** Null: the vendor wrote something that this provider does not know. There is no class for the rest. */
  readonly kind: VendorLineKind | null
  /** Exact and signed: positive is money that the merchant receives. */
  readonly amount: Decimal
  readonly currency: string
  /** The vendor's order or transaction; null for lines without one. */
  readonly vendorId: string | null
  /** Our own id as the vendor echoes it. It proves nothing. */
  readonly merchantReference: string | null
  /** What the vendor wrote about it, in its own words. */
  readonly text: string
}

/** A line of a settlement report: a movement that the vendor has paid to the merchant's bank. */
export interface SettledLine extends VendorLine {
  /** The vendor's id of the settlement. */
  readonly settlement: string
  /** What the settlement paid, in the line's currency. */
  readonly total: Decimal
}

/** What the merchant's account has in one currency. */
export interface VendorBalance {
  readonly currency: string
  readonly amount: Decimal
}

/** The vendor's own books, which `reconcile` compares with the store line by line. */
export interface VendorLedger {
  /** Lines are also found by our own id that they name, because a payment can have further transactions (`transactions: 'many'`). */
  readonly namesReferences?: boolean
  /** The vendor lists payments as soon as the customer has approved them: until they are credited, their lines are awaited. */
  readonly listsApproved?: boolean
  /** What the vendor does not report. It is named in the result, and never invented. */
  readonly notReported: readonly { readonly kind: VendorLineKind; readonly why: string }[]
  /** How many days one call of `lines` can ask for. Default: 1. */
  readonly daysAtOnce?: number
  /**
   * The lines of some days. The vendor's days may be those of another time zone: what counts is each line's own time. Throws
   * a PaymentError; then none of the lines count.
   */
  lines(days: Days, signal: AbortSignal): AsyncIterable<VendorLine>
  /** The lines of the settlements that were executed on one day; none if there was no settlement. Throws like `lines`. */
  settled?(day: string, signal: AbortSignal): AsyncIterable<SettledLine>
  /** What the account has now. Throws like `lines`. */
  balances?(signal: AbortSignal): AsyncIterable<VendorBalance>
}
