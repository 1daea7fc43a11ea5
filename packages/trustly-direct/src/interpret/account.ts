import type { Fact, Report } from '@railswitch/core'
import { type MandateReports, mandateOf } from './mandate.ts'
import { factOf, type OrderReports, ofMethod } from './order-reports.ts'

/** The accounts that a customer has chosen, and whether they may be charged. A deposit's `cancel` says nothing of its account. */
export const accountFacts = (order: OrderReports): readonly Fact[] => {
  const reports = ofMethod(order, 'account')
  const cancels = order.recorded.intent.kind === 'account' ? ofMethod(order, 'cancel') : []
  const accounts = [...new Set(reports.flatMap(({ members }) => members.accountid ?? []))].sort()
  if (accounts.length === 0)
    return cancels.length === 0
      ? []
      : [{ ...factOf(order, cancels), type: 'account.not_received', reason: 'abandoned' }]
  const all = accounts.map(
    (account): MandateReports => ({
      account,
      zeros: ofAccount(reports, account, '0'),
      ones: ofAccount(reports, account, '1'),
    }),
  )
  return all.flatMap((own) => {
    const mandate = mandateOf(own, all, cancels)
    const { account, zeros, ones } = own
    const named = reports.filter(({ members }) => members.accountid === account)
    const key = named[0]?.id ?? order.vendorId
    const evidence = mandate?.evidence ?? named
    return [
      {
        ...factOf(order, evidence),
        key,
        type: 'account.received' as const,
        account,
        mandate: mandate?.state ?? null,
      },
      ...(mandate?.isUnclear
        ? [
            {
              ...factOf(order, evidence),
              key: `${key} ${zeros.length} ${ones.length}`,
              type: 'review' as const,
              reason: 'ambiguous_mandate' as const,
            },
          ]
        : []),
    ]
  })
}

const ofAccount = (reports: readonly Report[], account: string, mandate: '0' | '1'): readonly Report[] =>
  reports.filter(({ members }) => members.accountid === account && members.mandate === mandate)
