import type { PaymentRecord, PaymentRef, RecordedIntent, Report } from '@railswitch/core'

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

/** Reports with readable money; of a method that names none, it is not believed. */
export const withMoney = (reports: readonly Report[]) =>
  reports.flatMap((report) => (report.money ? [{ ...report, money: report.money }] : []))
