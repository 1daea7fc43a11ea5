import type { PaymentRecord } from '../record/payment-record.ts'
import { ownMethods, type Report } from '../record/report.ts'
import { isDeposit, type PaymentState } from '../state/payment-state.ts'
import type { Case } from './review.ts'

/** Reports that stand with this payment, though nothing proves that they are about it. */
export const strangeReports = ({ reports }: PaymentRecord, state: PaymentState): readonly Case[] => {
  const foreign = new Set(reports.flatMap(({ method, vendorId }) => (method === ownMethods.foreign ? [vendorId] : [])))
  const isWaiting = (report: Report): boolean =>
    report.proof === 'unproven' && !foreign.has(report.vendorId) && isLookedUp(state)
  return reports
    .filter((report) => report.intent === null && !isWaiting(report))
    .map(({ vendorId, at, money, method, proof }): Case => {
      const reason = proof === 'unproven' || foreign.has(vendorId) ? 'foreign_order' : 'vendor_id_differs'
      return { reason, payment: state.ref, vendorId, at, cause: method, ...(money && { money }) }
    })
}

/** Whether something of it is open, so that the vendor is asked whose the transaction is; until then it is nothing yet. */
const isLookedUp = (state: PaymentState): boolean => {
  if (isDeposit(state)) return state.attempts.some(({ state: one }) => one === 'pending' || one === 'not_credited_yet')
  return state.kind !== 'account' && state.attempts.some(({ state: one }) => one === 'unknown' || one === 'accepted')
}
