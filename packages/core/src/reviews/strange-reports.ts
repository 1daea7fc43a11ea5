import type { PaymentRecord } from '../record/payment-record.ts'
import type { Reason } from '../record/reason.ts'
import { ownMethods, type Report } from '../record/report.ts'
import type { PaymentState } from '../state/payment-state.ts'
import type { Case } from './review.ts'

/** Reports that stand with this payment, though nothing proves that they are about it. */
export const strangeReports = ({ reports }: PaymentRecord, { ref: payment }: PaymentState): readonly Case[] => {
  const under = (own: string): ReadonlySet<string> =>
    new Set(reports.flatMap(({ method, vendorId }) => (method === own ? [vendorId] : [])))
  const looked = { foreign: under(ownMethods.foreign), unidentified: under(ownMethods.unidentified) }
  return reports.flatMap((report): readonly Case[] => {
    const reason = report.intent === null ? strangeness(report, looked) : null
    if (!reason) return []
    const { vendorId, at, money, method } = report
    return [{ reason, payment, vendorId, at, cause: method, ...(money && { money }) }]
  })
}

interface LookedUp {
  readonly foreign: ReadonlySet<string>
  readonly unidentified: ReadonlySet<string>
}

/** One whose transaction is still to be looked up is nothing yet. */
const strangeness = ({ vendorId, proof }: Report, { foreign, unidentified }: LookedUp): Reason | null => {
  if (foreign.has(vendorId)) return 'foreign_order'
  if (proof !== 'unproven') return 'vendor_id_differs'
  return unidentified.has(vendorId) ? 'overdue' : null
}
