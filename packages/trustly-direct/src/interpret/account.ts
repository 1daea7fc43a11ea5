import type { Fact, MandateState, Report } from '@railswitch/core'
import { factOf, type OrderReports, ofMethod } from './order-reports.ts'

/**
 * The accounts that a customer has chosen, and whether they may be charged. `account` notifications carry no time: what revokes
 * or moves a mandate is a `cancel`, or another account's 1. A second 0 of an account is unclear, and nothing is charged meanwhile.
 * @see https://docs.trustly.com/api/mdd-mandate-notifications (read 2026-11-28)
 */
export const accountFacts = (order: OrderReports): readonly Fact[] => {
  const reports = ofMethod(order, 'account')
  const cancels = order.recorded.intent.kind === 'account' ? ofMethod(order, 'cancel') : []
  const accounts = [...new Set(reports.flatMap(({ members }) => members.accountid ?? []))].sort()
  if (accounts.length === 0)
    return cancels.length === 0
      ? []
      : [{ ...factOf(order, cancels), type: 'account.not_received', reason: 'abandoned' }]
  return accounts.flatMap((account) => oneAccount(order, account, { reports, cancels }))
}

interface OfOrder {
  readonly reports: readonly Report[]
  readonly cancels: readonly Report[]
}

const oneAccount = (order: OrderReports, account: string, { reports, cancels }: OfOrder): readonly Fact[] => {
  const own = reports.filter(({ members }) => members.accountid === account)
  const zeros = own.filter(({ members }) => members.mandate === '0')
  const ones = own.filter(({ members }) => members.mandate === '1')
  const successors = reports.filter(({ members }) => members.accountid !== account && members.mandate === '1')
  const isUnclear = ones.length > 0 && zeros.length > ones.length
  const [mandate, evidence] = mandateOf()
  const key = own[0]?.id ?? order.vendorId
  return [
    { ...factOf(order, evidence), key, type: 'account.received', account, mandate },
    ...(isUnclear && mandate === 'pending'
      ? [
          {
            ...factOf(order, zeros),
            key: `${key} ${zeros.length} ${ones.length}`,
            type: 'review' as const,
            reason: 'ambiguous_mandate' as const,
          },
        ]
      : []),
  ]

  function mandateOf(): readonly [MandateState | null, readonly Report[]] {
    if (zeros.length + ones.length === 0) return [null, own]
    if (cancels.length > 0) return ['revoked', cancels]
    if (zeros.length > 0 && successors.length > 0 && zeros.length >= ones.length) return ['moved', successors]
    if (isUnclear) return ['pending', zeros]
    return ones.length > 0 ? ['active', ones] : ['pending', zeros]
  }
}
