import type { Fact, MandateEnding, Report } from '@railswitch/core/provider'
import { type MandateReports, mandateOf } from './mandate.ts'
import { factOf, type OrderReports, ofMethod } from './order-reports.ts'

/**
 * The facts of a mandate's order. `account` notifications carry no time, so their counts decide (`mandateOf`); a `cancel` ends the
 * mandate for good, whatever else is reported and in whatever order.
 * @see https://docs.trustly.com/api/mdd-mandate-notifications (read 2026-11-28)
 */
export const mandateFacts = (order: OrderReports): readonly Fact[] => {
  const reports = ofMethod(order, 'account').filter(({ members }) => members.mandate !== undefined)
  const cancels = ofMethod(order, 'cancel')
  if (cancels.length > 0) {
    const reason = endingOf(cancels, reports)
    return [{ ...factOf(order, cancels), key: order.vendorId, type: 'mandate.revoked', reason }]
  }
  const accounts = [...new Set(reports.map(({ members }) => members.accountid ?? ''))].sort()
  const all = accounts.map((account): MandateReports => {
    const own = reports.filter(({ members }) => (members.accountid ?? '') === account)
    const given = (mandate: '0' | '1'): readonly Report[] => own.filter(({ members }) => members.mandate === mandate)
    return { account, zeros: given('0'), ones: given('1') }
  })
  return all.flatMap((own) => accountFacts(order, own, all))
}

/** The name of the account is empty where it was erased. Keys become part of event ids, so they name a report instead of the account. */
const accountFacts = (order: OrderReports, own: MandateReports, all: readonly MandateReports[]): readonly Fact[] => {
  const mandate = mandateOf(own, all, [])
  if (mandate === null) return []
  const { zeros, ones } = own
  const account = own.account || null
  const [key = order.vendorId] = [...zeros, ...ones].map(({ id }) => id).sort()
  const isLeft = mandate.state === 'moved' || mandate.isUnclear
  if (!isLeft && mandate.state === 'active')
    return [{ ...factOf(order, mandate.evidence), key, type: 'mandate.active', account }]
  if (!isLeft) return [{ ...factOf(order, mandate.evidence), key, type: 'mandate.pending', account }]
  const others = all.filter((one) => one !== own)
  const [current = null] = others.filter((one) => mandateOf(one, all, [])?.state === 'active')
  const evidence = inOrder(order, [...zeros.slice(ones.length), ...others.flatMap((one) => one.ones)])
  const moved: Fact = {
    ...factOf(order, evidence),
    key,
    type: 'mandate.moved',
    account,
    to: current && (current.account || null),
  }
  if (!mandate.isUnclear || isBetweenAccounts(all)) return [moved]
  const counts = `${key} ${zeros.length} ${ones.length}`
  return [moved, { ...factOf(order, mandate.evidence), key: counts, type: 'review', reason: 'ambiguous_mandate' }]
}

/**
 * A bank switch that is reported in part: the account of the setup has one 0 more than 1s, every later account has as many, and the 1 of
 * the next account is still to come.
 */
const isBetweenAccounts = (all: readonly MandateReports[]): boolean => {
  const left = all.map(({ zeros, ones }) => zeros.length - ones.length)
  return left.filter((count) => count === 1).length === 1 && left.every((count) => count === 0 || count === 1)
}

const inOrder = ({ reports }: OrderReports, some: readonly Report[]): readonly Report[] =>
  reports.filter((report) => some.includes(report))

/** Trustly's words for why a mandate ended. A cancel of an order without an account needs none: the customer left the page. */
const endings: Readonly<Record<string, MandateEnding>> = {
  MANDATE_ALREADY_EXISTS: 'already_exists',
  INVALID_ACCOUNT_ID: 'invalid_account',
  CANCELLED: 'cancelled',
  FAILED: 'failed',
}

const endingOf = (cancels: readonly Report[], accounts: readonly Report[]): MandateEnding => {
  const [known] = cancels.flatMap(({ members }) => endings[members.reason ?? ''] ?? [])
  if (accounts.length > 0) return known ?? 'cancelled'
  return known === undefined || known === 'cancelled' ? 'abandoned' : known
}
