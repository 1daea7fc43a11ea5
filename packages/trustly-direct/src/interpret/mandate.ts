import { compare, type MandateState, type Report } from '@railswitch/core/provider'

/** The mandate of an account, and the reports that decide it: a new event is emitted when they change. */
export interface Mandate {
  readonly state: MandateState
  readonly evidence: readonly Report[]
  readonly isUnclear: boolean
}

/** An account's reports without its mandate (0) and with it (1), earliest first. */
export interface MandateReports {
  readonly account: string
  readonly zeros: readonly Report[]
  readonly ones: readonly Report[]
}

/**
 * Whether an account may be charged. `account` notifications carry no time, so only their counts decide: an account is set up by a 0
 * and a 1, and a bank switch reports a 0 for the old account and a 1 for the new one, in any order. Counts that this does not explain
 * are unclear. A `cancel` ends the mandate for good. Null: no mandate was reported for this account.
 * @see https://docs.trustly.com/api/mdd-mandate-notifications (read 2026-11-28)
 */
export const mandateOf = (
  own: MandateReports,
  all: readonly MandateReports[],
  [cancel]: readonly Report[],
): Mandate | null => {
  const { account, zeros, ones } = own
  if (zeros.length + ones.length === 0) return null
  if (cancel) return { state: 'revoked', evidence: [cancel], isUnclear: false }
  const current = currentOf(all.filter((one) => one.ones.length > 0))
  if (ones.length === 0) return { state: current ? 'moved' : 'pending', evidence: zeros.slice(0, 1), isUnclear: false }
  if (!current) return { state: 'pending', evidence: latest(all), isUnclear: true }
  const given = current.ones.slice(Math.max(0, current.zeros.length - 1))
  return { state: current.account === account ? 'active' : 'moved', evidence: given.slice(0, 1), isUnclear: false }
}

/** Of several accounts with a mandate, the current one has more 1s than 0s. */
const currentOf = (given: readonly MandateReports[]): MandateReports | null => {
  const [only, ...others] = given
  if (only && others.length === 0) return only.ones.length >= only.zeros.length ? only : null
  const [last, ...more] = given.filter(({ zeros, ones }) => ones.length > zeros.length)
  return last && more.length === 0 ? last : null
}

/** The report that made it unclear. */
const latest = (all: readonly MandateReports[]): readonly Report[] =>
  all
    .flatMap(({ zeros, ones }) => [...zeros, ...ones])
    .sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id))
    .slice(-1)
