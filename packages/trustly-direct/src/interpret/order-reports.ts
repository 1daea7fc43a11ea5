import type { Fact, Money, PaymentRecord, PaymentRef, Reason, RecordedIntent, Report } from '@railswitch/core'

/** What Trustly reported of one order of ours, oldest first. */
export interface OrderReports {
  readonly intent: PaymentRef
  readonly recorded: RecordedIntent
  /** Trustly's order id. */
  readonly vendorId: string
  readonly reports: readonly Report[]
  readonly record: PaymentRecord
}

/** What facts of an order share; `reports` are their evidence, the oldest first. */
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

export type MoneyReport = Report & { readonly money: Money }

export const withMoney = (reports: readonly Report[]): readonly MoneyReport[] =>
  reports.filter((report): report is MoneyReport => report.money !== undefined)

/** A line of the ledger, of our own look-up: others can have Trustly sign that word. */
export const isLedgerLine = ({ method, proof }: Report): boolean => method === 'AccountLedger' && proof === 'lookup'

export const ledgerLines = ({ reports }: Pick<OrderReports, 'reports'>): readonly MoneyReport[] =>
  withMoney(reports.filter(isLedgerLine))

/** A case for manual review; each report is one of its own. `others`: what says the same of it. */
export const reviewOf = (
  order: OrderReports,
  report: Report,
  reason: Reason,
  others: readonly Report[] = [],
): Fact => ({
  ...factOf(order, [report, ...others]),
  type: 'review',
  reason,
  ...(report.money && { money: report.money }),
})

/** Money whose amount cannot be read is never guessed. */
export const unreadable = (order: OrderReports, ...methods: readonly string[]): readonly Fact[] =>
  ofMethod(order, ...methods)
    .filter(({ money }) => money === undefined)
    .map((report) => reviewOf(order, report, 'amount_differs'))

/** By Trustly's own clock; without its time, nothing is. */
export const isEarlier = (one: Report, other: Report): boolean =>
  one.members.timestamp !== undefined && other.members.timestamp !== undefined && one.at < other.at
