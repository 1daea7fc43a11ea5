import type { PaymentRecord } from '../record/payment-record.ts'
import { ownMethods, type Report } from '../record/report.ts'
import type { ReviewReason } from '../record/review-reason.ts'
import type { PaymentState } from '../state/payment-state.ts'
import type { Case } from './review.ts'

/** Reports that are stored with this payment and not applied, because nothing proves that they are about it. */
export const unprovenReports = ({ reports }: PaymentRecord, { ref: payment }: PaymentState): readonly Case[] => {
  const vendorIdsOf = (ownMethod: string): ReadonlySet<string> =>
    new Set(reports.flatMap(({ method, vendorId }) => (method === ownMethod ? [vendorId] : [])))
  const lookedUp = { foreign: vendorIdsOf(ownMethods.foreign), unidentified: vendorIdsOf(ownMethods.unidentified) }
  return reports.flatMap((report): readonly Case[] => {
    const reason = report.intent === null ? reasonOf(report, lookedUp) : null
    if (!reason) return []
    const { vendorId, at, money, method } = report
    return [{ reason, payment, vendorId, at, cause: method, ...(money && { money }) }]
  })
}

/** The vendor ids whose look-up has a result. */
interface LookedUp {
  readonly foreign: ReadonlySet<string>
  readonly unidentified: ReadonlySet<string>
}

/** Null for a report whose transaction must still be looked up. */
const reasonOf = ({ vendorId, proof }: Report, { foreign, unidentified }: LookedUp): ReviewReason | null => {
  if (foreign.has(vendorId)) return 'foreign_order'
  if (proof !== 'unproven') return 'vendor_id_differs'
  return unidentified.has(vendorId) ? 'overdue' : null
}
