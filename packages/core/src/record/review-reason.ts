/**
 * Why manual review is needed. railswitch adds these itself, from reports and facts; a provider returns all facts instead:
 * - `foreign_order`: reports of orders that are not known to be ours, even if they name our references
 * - `record_missing`: a report with a genuine token of an intent that this store does not contain: data was lost
 * - `vendor_id_differs`: the response to our call names another order than the reports that came before it
 * - `reinterpreted`: the emitted events differ from what all reports together mean now
 * - `amount_differs`, `currency_differs`: money came, but not the expected money. A provider returns it only for money that no fact has
 * - `credited_and_cancelled`: the vendor reported both for one transaction
 * - `overpaid`: two attempts or transactions of one payment were paid; the money is the sum of all of them
 * - `reversed_beyond_credit`: more was taken back than was credited so far; the money is the difference
 * - `overdue`: the vendor's own time limit for a final report has passed, or the vendor does not report the state of a payment
 * - `outcome_unknown`: it is not known whether money was sent, and no call can find out
 * - `person_overruled`: a person decided that money out had failed, and the vendor reports that it was paid
 *
 * A provider's `interpret` returns these; the first two are also added for money of refused calls:
 * - `unexpected_credit`: money came in or back that neither the deposit nor an open refund explains
 * - `unexpected_payout`: money was sent out that no refund or payout of ours explains, for example from the vendor's back office
 * - `ambiguous_return`: money came back, and it is not clear which refund it belongs to, or whether it belongs to the deposit itself
 * - `possible_duplicate`: the same was reported again at another time, so it may have happened twice or was reported twice
 * - `ambiguous_mandate`: it is not clear whether the account may still be charged
 * - `unsigned_money`: money was reported in a part of a message that neither a signature nor a token covers
 * - `lookup_differs`: a later look-up does not show what the vendor's callback reported
 */
export type ReviewReason =
  | 'foreign_order'
  | 'record_missing'
  | 'vendor_id_differs'
  | 'reinterpreted'
  | 'amount_differs'
  | 'currency_differs'
  | 'credited_and_cancelled'
  | 'overpaid'
  | 'unexpected_credit'
  | 'unexpected_payout'
  | 'ambiguous_return'
  | 'possible_duplicate'
  | 'ambiguous_mandate'
  | 'reversed_beyond_credit'
  | 'unsigned_money'
  | 'overdue'
  | 'outcome_unknown'
  | 'lookup_differs'
  | 'person_overruled'
