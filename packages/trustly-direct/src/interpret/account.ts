import type { Fact, Report } from '@railswitch/core/provider'
import { type Mandate, type MandateReports, mandateOf } from './mandate.ts'
import { factOf, type OrderReports, ofMethod } from './order-reports.ts'

/** The accounts that a customer has chosen, and whether they may be charged. A deposit's `cancel` does not concern its account. */
export const accountFacts = (order: OrderReports): readonly Fact[] => {
  const reports = ofMethod(order, 'account')
  const cancels = order.recorded.intent.kind === 'account' ? ofMethod(order, 'cancel') : []
  const accounts = [...new Set(reports.flatMap(({ members }) => members.accountid ?? []))].sort()
  if (accounts.length === 0)
    // The id of a received account may have been erased.
    return cancels.length === 0 || reports.length > 0
      ? []
      : [{ ...factOf(order, cancels), type: 'account.not_received', reason: 'abandoned' }]
  const all = accounts.map(
    (account): MandateReports => ({
      account,
      zeros: ofAccount(reports, account, '0'),
      ones: ofAccount(reports, account, '1'),
    }),
  )
  return all.flatMap((own) => accountFact(order, own, mandateOf(own, all, cancels)))
}

/** Keys become part of event ids, so they name a report instead of the account. */
const accountFact = (order: OrderReports, own: MandateReports, mandate: Mandate | null): readonly Fact[] => {
  const { account, zeros, ones } = own
  const reports = ofMethod(order, 'account').filter(({ members }) => members.accountid === account)
  const evidence = mandate?.evidence ?? reports
  // They carry no time, so the first one received need not be the first one sent.
  const [key = order.vendorId] = reports.map(({ id }) => id).sort()
  const received: Fact = {
    ...factOf(order, evidence),
    key,
    type: 'account.received',
    account,
    mandate: mandate?.state ?? null,
  }
  if (!mandate?.isUnclear) return [received]
  const counts = `${key} ${zeros.length} ${ones.length}`
  return [received, { ...factOf(order, evidence), key: counts, type: 'review', reason: 'ambiguous_mandate' }]
}

const ofAccount = (reports: readonly Report[], account: string, mandate: '0' | '1'): readonly Report[] =>
  reports.filter(({ members }) => members.accountid === account && members.mandate === mandate)
