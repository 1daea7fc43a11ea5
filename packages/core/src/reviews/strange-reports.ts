import type { PaymentRecord } from '../record/payment-record.ts'
import { ownMethods, type Report } from '../record/report.ts'
import type { PaymentState } from '../state/payment-state.ts'
import type { Reason } from './reason.ts'
import type { Case } from './review.ts'

/** Reports that stand with this payment, though nothing proves that they are about it. */
export const strangeReports = ({ reports }: PaymentRecord, { ref: payment }: PaymentState): readonly Case[] => {
  const foreign = new Set(reports.flatMap(({ method, vendorId }) => (method === ownMethods.foreign ? [vendorId] : [])))
  return reports.flatMap((report): readonly Case[] => {
    if (report.intent !== null) return []
    const reason = strangeness(report, foreign)
    if (!reason) return []
    const { vendorId, at, money, method } = report
    return [{ reason, payment, vendorId, at, cause: method, ...(money && { money }) }]
  })
}

/** One whose transaction is still to be looked up is nothing yet. */
const strangeness = ({ vendorId, proof }: Report, foreign: ReadonlySet<string>): Reason | null => {
  if (foreign.has(vendorId)) return 'foreign_order'
  return proof === 'unproven' ? null : 'vendor_id_differs'
}
