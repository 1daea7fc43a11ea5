import type {
  Fact,
  Money,
  PaymentRecord,
  PaymentRef,
  RecordedIntent,
  Report,
  ReviewReason,
} from '@railswitch/core/provider'

/** All reports of one order of ours, oldest first. */
export interface OrderReports {
  readonly intent: PaymentRef
  readonly recorded: RecordedIntent
  /** Trustly's order id. */
  readonly vendorId: string
  readonly reports: readonly Report[]
  readonly record: PaymentRecord
}

/** The members that all facts of an order have. `reports`: the evidence, oldest first. */
export const factOf = ({ intent, vendorId }: OrderReports, reports: readonly Report[]) => ({
  intent,
  vendorId,
  at: reports[0]?.at ?? '',
  evidence: reports.map(({ id }) => id),
  source: reports.some(({ proof }) => proof !== 'lookup') ? ('vendor' as const) : ('lookup' as const),
  key: reports[0]?.id ?? vendorId,
})

export const ofMethod = ({ reports }: Pick<OrderReports, 'reports'>, ...methods: readonly string[]) =>
  reports.filter(({ method }) => methods.includes(method))

export interface MoneyReport extends Report {
  readonly money: Money
}

export const withMoney = (reports: readonly Report[]): readonly MoneyReport[] =>
  reports.filter((report): report is MoneyReport => report.money !== undefined)

/**
 * A line of the ledger that our own look-up found. The method alone proves nothing: anybody can make Trustly sign a notification with
 * this method.
 */
export const isLedgerLine = ({ method, proof }: Report): boolean => method === 'AccountLedger' && proof === 'lookup'

export const ledgerLines = ({ reports }: Pick<OrderReports, 'reports'>): readonly MoneyReport[] =>
  withMoney(reports.filter(isLedgerLine))

/** A case for manual review, one for each report. `others`: reports of the same money. */
export const reviewOf = (
  order: OrderReports,
  report: Report,
  reason: ReviewReason,
  others: readonly Report[] = [],
): Fact => ({
  ...factOf(order, [report, ...others]),
  type: 'review',
  reason,
  ...(report.money && { money: report.money }),
})

/** Reports whose amount cannot be read: it is never guessed. */
export const unreadable = (order: OrderReports, ...methods: readonly string[]): readonly Fact[] =>
  ofMethod(order, ...methods)
    .filter(({ money }) => money === undefined)
    .map((report) => reviewOf(order, report, 'amount_differs'))

/** By Trustly's own clock: a report without Trustly's time is never earlier. */
export const isEarlier = (one: Report, other: Report): boolean =>
  one.members.timestamp !== undefined && other.members.timestamp !== undefined && one.at < other.at
