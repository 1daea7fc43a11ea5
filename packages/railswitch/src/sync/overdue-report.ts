import { type FoundReport, ownMethods, type PaymentRef } from '@railswitch/core'

/** The report that the vendor's own time limit for a final report has passed. It needs review until the vendor reports one. */
export const overdueReport = (intent: PaymentRef, now: Date): FoundReport => ({
  report: {
    id: `${ownMethods.overdue}|${intent}`,
    at: now.toISOString(),
    vendorId: '',
    method: ownMethods.overdue,
    members: {},
  },
  intent,
  learns: false,
})
