import type { ReviewReason } from '@railswitch/core'

const reasons = {
  foreign_order: true,
  record_missing: true,
  vendor_id_differs: true,
  reinterpreted: true,
  amount_differs: true,
  currency_differs: true,
  credited_and_cancelled: true,
  overpaid: true,
  unexpected_credit: true,
  unexpected_payout: true,
  ambiguous_return: true,
  possible_duplicate: true,
  ambiguous_mandate: true,
  reversed_beyond_credit: true,
  unsigned_money: true,
  overdue: true,
  outcome_unknown: true,
  lookup_differs: true,
  person_overruled: true,
} satisfies Record<ReviewReason, true>

/** Every reason of a review, for the options of a command. */
export const reviewReasons: readonly string[] = Object.keys(reasons)
