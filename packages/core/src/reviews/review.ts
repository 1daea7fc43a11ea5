import type { Reason } from '../record/reason.ts'
import type { Money } from '../values/money.ts'
import type { PaymentRef } from '../values/payment-ref.ts'

/** A case for manual review. */
export interface Review {
  /** Names it for `resolveReview`: what is to be reviewed is part of it, so that another case has another id. */
  readonly id: string
  readonly reason: Reason
  readonly rail: string
  readonly payment: PaymentRef | null
  readonly reference: string | null
  /** The vendor's order or transaction; empty where several are concerned. */
  readonly vendorId: string
  /** ISO 8601. */
  readonly at: string
  readonly money?: Money
  /** What contradicts what, in English. */
  readonly detail?: string
  /** Of orders that are not ours: how many reports of that day. */
  readonly count?: number
}

/** A review before it has a name: what is to be reviewed, of one payment. */
export interface Case {
  readonly reason: Reason
  readonly payment: PaymentRef
  readonly vendorId: string
  readonly at: string
  /** What tells it from other cases of this reason. */
  readonly cause: string
  readonly money?: Money
  readonly detail?: string
}
