import type { Decimal, PaymentRef, VendorLineKind } from '@railswitch/core'

/**
 * Where the books differ:
 * - `unknown_line`: the vendor wrote a line that is not known; `detail` has its words
 * - `line_without_payment`: a line of a payment, refund or payout that the store does not contain
 * - `payment_without_line`: the store has money that the vendor has no line of
 * - `amount_differs`: the line of a payment has another amount
 * - `row_without_payment`, `payment_without_row`, `row_amount_differs`: the same between the application's rows and the store
 * - `settled_line_without_ledger_line`: the settlement report has a line that the ledger lacks
 * - `line_not_settled`: a settlement was made without a line of the time that it covers
 * - `settlement_total_differs`: the lines of a settlement report are not its total
 * - `settlement_without_line`: a settlement was reported, and the ledger has no such money to the bank
 * - `settlement_without_report`: the ledger has money to the bank, and no settlement report explains it
 * - `balance_differs`: opening balance and lines do not give the balance that the vendor tells
 */
export type DifferenceKind =
  | 'unknown_line'
  | 'line_without_payment'
  | 'payment_without_line'
  | 'amount_differs'
  | 'row_without_payment'
  | 'payment_without_row'
  | 'row_amount_differs'
  | 'settled_line_without_ledger_line'
  | 'line_not_settled'
  | 'settlement_total_differs'
  | 'settlement_without_line'
  | 'settlement_without_report'
  | 'balance_differs'

/**
 * What to do: `import_payment`: call `importPayment`; `review`: decide the open review of the payment; `refund`: the customer paid twice or
 * for nothing, so send the money back; `ask_vendor`: only the vendor can explain its books; `correct_row`: correct the application's row.
 */
export type Remedy = 'import_payment' | 'review' | 'refund' | 'ask_vendor' | 'correct_row'

/** One difference between two books. */
export interface Difference {
  /** The same in every run that finds the same difference. */
  readonly id: string
  readonly kind: DifferenceKind
  readonly remedy: Remedy
  readonly rail: string
  /** `2026-01-31`, in UTC. */
  readonly day: string
  /** What it is about; null if that is not known. */
  readonly about: VendorLineKind | null
  /** How much more the vendor (or the application's row) has than the store. */
  readonly amount: Decimal
  readonly currency: string
  readonly payment: PaymentRef | null
  readonly reference: string | null
  readonly vendorId: string | null
  /** In English, for people. */
  readonly detail: string
}
