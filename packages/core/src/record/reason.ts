/**
 * Why manual review is needed.
 * - `foreign_order`: reports of orders that are not known to be ours, though they may name our references
 * - `record_missing`: a report with a genuine token of an intent that this store lacks: data was lost
 * - `vendor_id_differs`: the response to our call names another order than the reports that came before it
 * - `reinterpreted`: what was emitted is not what all reports together mean now
 * - `amount_differs`, `currency_differs`: money came, but not the money that was expected
 * - `credited_and_cancelled`: the vendor reported both of one transaction
 * - `overpaid`: two attempts or transactions of one payment were paid; the money is that of all of them
 * - `unexpected_credit`: money came back or in that neither the deposit nor an open refund explains
 * - `unexpected_payout`: money was sent out that no refund or payout of ours explains, as from the vendor's back office
 * - `ambiguous_return`: money came back, and it is not clear of which refund, or whether it is the deposit itself
 * - `possible_duplicate`: the same was reported again at another time: a second one, or the first one once more
 * - `ambiguous_mandate`: whether the account may still be charged is not clear
 * - `reversed_beyond_credit`: more was taken back than had been credited so far; the money is the difference
 * - `unsigned_money`: money was reported in a part of a message that no signature and no token covers
 * - `overdue`: the vendor's own time for a final word has passed without one, or it will not say what became of a payment
 * - `outcome_unknown`: whether money was sent is not known, and no call can find out
 * - `lookup_differs`: the vendor, asked afterwards, does not show what its callback said
 * - `person_overruled`: a person said that money out had failed, and the vendor reports that it was paid
 */
export type Reason =
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
