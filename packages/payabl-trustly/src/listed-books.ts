import type { VendorLedger } from '@railswitch/core/provider'

const noReport = 'payabl has no report of it'

/** What payabl's lists tell and what they do not, known without a call. */
export const listedBooks: Omit<VendorLedger, 'lines'> = {
  namesReferences: true,
  listsApproved: true,
  daysAtOnce: 7,
  notReported: (['fee', 'exchange', 'back_office', 'settlement', 'refund_return', 'payout_return'] as const).map(
    (kind) => ({
      kind,
      why: noReport,
    }),
  ),
}
