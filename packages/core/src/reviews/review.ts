import type { ReviewReason } from '../record/review-reason.ts'
import type { Money } from '../values/money.ts'
import type { PaymentRef } from '../values/payment-ref.ts'

/** A case for manual review. */
export interface Review {
  /** Identifies it for `resolveReview`. It contains what must be reviewed, so that another case has another id. */
  readonly id: string
  readonly reason: ReviewReason
  readonly rail: string
  readonly payment: PaymentRef | null
  readonly reference: string | null
  /** The vendor's order or transaction; empty if there are several. */
  readonly vendorId: string
  /** ISO 8601. */
  readonly at: string
  readonly money?: Money
  /** A description of the contradiction, in English. */
  readonly detail?: string
  /** For orders that are not ours: the number of reports of that day. */
  readonly count?: number
  /** For orders that are not ours: when the newest of these reports was received. ISO 8601. */
  readonly latest?: string
}

/** A review of one payment before it has an id. */
export interface Case {
  readonly reason: ReviewReason
  readonly payment: PaymentRef
  readonly vendorId: string
  readonly at: string
  /** Distinguishes it from other cases of this reason. */
  readonly cause: string
  readonly money?: Money
  readonly detail?: string
}
