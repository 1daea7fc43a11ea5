import type { Fact, FactSource } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import type { ReviewReason } from '../record/review-reason.ts'
import { type Money, sameMoney } from '../values/money.ts'
import { type PaymentRef, paymentRef } from '../values/payment-ref.ts'
import { compare, groupBy } from '../values/sort-and-group.ts'
import { clockSkewMs } from '../values/time-limits.ts'

/** A report that a refund failed or was confirmed, which names only its deposit. */
export interface RefundReport {
  readonly id: string
  /** ISO 8601. */
  readonly at: string
  /** Reports of different methods may be about the same refund. Reports of one method are each about a different refund. */
  readonly method: string
  readonly amount: Money
  readonly source: FactSource
}

export interface RefundsToMatch {
  readonly type: 'refund.confirmed' | 'refund.failed'
  readonly deposit: PaymentRef
  readonly vendorId: string
  /** All refunds of this deposit that were not refused and that no report names by an id of their own. */
  readonly refunds: readonly RecordedIntent[]
  /** Refunds whose calls were refused. They are matched only with reports that the others do not explain. */
  readonly refused?: readonly RecordedIntent[]
  readonly reports: readonly RefundReport[]
  /** For a vendor that repeats a report with a new id: how many of these reports are certainly about different refunds. */
  readonly countCertain?: (reports: readonly RefundReport[]) => number
  /** Refunds that failed according to a person. */
  readonly decided?: readonly PaymentRef[]
}

/**
 * Matches reports that name only the deposit with its refunds, by amount and time. If several refunds fit, at least as many are
 * affected as one method reports. If there may be one more, it becomes a review, and this refund still counts as sent.
 */
export const matchRefunds = (matching: RefundsToMatch): readonly Fact[] =>
  groupBy([...matching.reports].sort(byTime), ({ amount }) => `${amount.value} ${amount.currency}`).flatMap((reports) =>
    matchEqual(matching, reports),
  )

const byTime = (a: RefundReport, b: RefundReport): number => compare(a.at, b.at) || compare(a.id, b.id)

const matchEqual = (matching: RefundsToMatch, reports: readonly RefundReport[]): readonly Fact[] => {
  const group: Group = {
    candidates: candidatesOf(matching, reports),
    reports,
    methods: groupBy(reports, ({ method }) => method),
    countCertain: matching.countCertain ?? ((reportsOfMethod) => reportsOfMethod.length),
  }
  const certain = Math.max(0, ...group.methods.map((reportsOfMethod) => certainOf(group, reportsOfMethod)))
  return [
    ...refundFacts(matching, group, certain),
    ...matchRefused(matching, unexplainedIn(group)),
    ...ambiguousIn(matching, group, certain).map((report) =>
      toReview(matching, report, matching.countCertain ? 'possible_duplicate' : ambiguous[matching.type]),
    ),
  ]
}

/** Matches the remaining reports with refused calls, because a refused call may have moved money all the same. */
const matchRefused = (
  { refused = [], ...matching }: RefundsToMatch,
  reports: readonly RefundReport[],
): readonly Fact[] => {
  if (reports.length === 0) return []
  return refused.length > 0
    ? matchEqual({ ...matching, refunds: refused }, reports)
    : reports.map((report) => toReview(matching, report, unexpected[matching.type]))
}

const unexpected = { 'refund.failed': 'unexpected_credit', 'refund.confirmed': 'unexpected_payout' } as const
const ambiguous = { 'refund.failed': 'ambiguous_return', 'refund.confirmed': 'possible_duplicate' } as const

/** Refunds and reports of one amount, both oldest first. */
interface Group {
  readonly candidates: readonly Candidate[]
  readonly reports: readonly RefundReport[]
  readonly methods: readonly (readonly RefundReport[])[]
  readonly countCertain: (reports: readonly RefundReport[]) => number
}

interface Candidate {
  readonly ref: PaymentRef
  readonly begunAt: string
  /** A later attempt of this refund was begun, which is allowed only if this one is known to have failed. */
  readonly replaced: boolean
}

const candidatesOf = ({ refunds, type }: RefundsToMatch, [first]: readonly RefundReport[]): readonly Candidate[] =>
  refunds
    .filter(({ intent }) => first && sameMoney(intent.expect, first.amount))
    .map(({ intent, begunAt }) => ({
      ref: paymentRef(intent),
      begunAt,
      replaced:
        type === 'refund.failed' &&
        refunds.some((other) => other.intent.reference === intent.reference && other.intent.attempt > intent.attempt),
    }))
    .sort((a, b) => compare(a.begunAt, b.begunAt) || compare(a.ref, b.ref))

/** How many of the candidates, oldest first, had been begun when this was reported. */
type Count = (candidates: readonly Candidate[], report: RefundReport) => number

const countBegun: Count = (candidates, report) =>
  candidates.filter(({ begunAt }) => begunAt <= report.at).length || Math.min(1, countPossible(candidates, report))

/** Vendors report whole seconds, and clocks differ: one that was begun soon after the report can be the one that was reported. */
const countPossible: Count = (candidates, { at }) => {
  const late = new Date(Date.parse(at) + clockSkewMs).toISOString()
  return candidates.filter(({ begunAt }) => begunAt <= late).length
}

/** The largest set of reports that can each be about a different candidate. Both are sorted by time, so the first fit is the best. */
const matchable = (
  candidates: readonly Candidate[],
  reports: readonly RefundReport[],
  count = countBegun,
): readonly RefundReport[] => {
  const matched: RefundReport[] = []
  for (const report of reports) if (count(candidates, report) > matched.length) matched.push(report)
  return matched
}

const certainOf = ({ candidates, countCertain }: Group, reports: readonly RefundReport[], count = countBegun): number =>
  Math.min(
    matchable(candidates, reports, count).length,
    countCertain(reports.filter((report) => count(candidates, report) > 0)),
  )

const refundFacts = (
  { type, deposit, vendorId, countCertain }: RefundsToMatch,
  group: Group,
  certain: number,
): readonly Fact[] => {
  const possible = Math.max(0, ...group.reports.map((report) => countPossible(group.candidates, report)))
  const required = requiredRefunds(group, certain, possible)
  const others = group.candidates.slice(0, possible).filter(({ ref }) => !required.includes(ref))
  const explained = group.reports.filter((report) => countBegun(group.candidates, report) > 0)
  const candidates = others.map(({ ref }) => ref).sort()
  return reportsByRefund(group, certain).map((reports, index): Fact => {
    const refund = required[index] ?? (candidates.length === 1 ? (candidates[0] ?? null) : null)
    const [{ at, amount }] = reports
    return {
      type,
      intent: deposit,
      vendorId,
      at,
      // If the vendor repeats reports, any report may be a repetition of any other.
      evidence: (countCertain ? explained : reports).map(({ id }) => id),
      source: reports.some(({ source }) => source === 'vendor') ? 'vendor' : reports[0].source,
      key: refund ?? `${amount.value}:${index - required.length + 1}`,
      amount,
      refund,
      candidates: refund ? [refund] : candidates,
      ...(countCertain && certain > 1 && { separate: true }),
    }
  })
}

/** The reports of each refund: the nth report of every method is about the nth refund. */
const reportsByRefund = (
  { methods, candidates }: Group,
  certain: number,
): readonly (readonly [RefundReport, ...RefundReport[]])[] => {
  const matched = methods.map((reports) => matchable(candidates, reports))
  return Array.from({ length: certain }, (_, index) =>
    matched.flatMap((reports) => reports[index] ?? []).sort(byTime),
  ).filter((reports): reports is [RefundReport, ...RefundReport[]] => reports.length > 0)
}

/** Refunds without which the reports cannot be explained. `possible`: how many candidates the last report can be about. */
const requiredRefunds = (group: Group, certain: number, possible: number): readonly PaymentRef[] =>
  group.candidates
    .slice(0, possible)
    .filter(({ ref, replaced }) => {
      const without = { ...group, candidates: group.candidates.filter((other) => other.ref !== ref) }
      return (
        replaced ||
        group.methods.some((reports) => certainOf(without, reports, countPossible) < certainOf(group, reports))
      )
    })
    .slice(0, certain)
    .map(({ ref }) => ref)

/**
 * Reports of money that no refund of ours explains. If the vendor repeats reports, a surplus may be a repetition unless the reports
 * are certainly different.
 */
const unexplainedIn = ({ methods, candidates, countCertain }: Group): readonly RefundReport[] =>
  methods.flatMap((reports) => {
    const matched = matchable(candidates, reports)
    const mayRepeat = matched.length > 0 && countCertain(reports) <= matched.length
    return reports.filter((report) => (mayRepeat ? countBegun(candidates, report) === 0 : !matched.includes(report)))
  })

/** The latest reports that may be about refunds without another report. */
const ambiguousIn = (matching: RefundsToMatch, group: Group, certain: number): readonly RefundReport[] => {
  const { decided = [], refused = [], refunds } = matching
  // A repeated report may be about a refund whose call was refused.
  const candidates = matching.countCertain
    ? candidatesOf({ ...matching, refunds: [...refunds, ...refused] }, group.reports)
    : group.candidates
  const unexplained = unexplainedIn(group)
  const reports = group.reports.filter((report) => !unexplained.includes(report))
  // A replaced attempt that a person decided about has no report yet. A later report may be about the next attempt.
  const unreported = candidates.filter(({ ref, replaced }) => replaced && decided.includes(ref)).length
  const ofOurs = Math.min(candidates.length, matchable(candidates, reports).length + (certain > 0 ? unreported : 0))
  // If the vendor repeats reports, each may also be about a refund that was made in its back office.
  const possible = matching.countCertain && certain > 0 ? Math.max(ofOurs, reports.length) : ofOurs
  return possible > certain ? reports.slice(certain - possible) : []
}

const toReview = (
  { deposit, vendorId }: RefundsToMatch,
  { id, at, source, amount }: RefundReport,
  reason: ReviewReason,
): Fact => ({
  type: 'review',
  reason,
  intent: deposit,
  vendorId,
  at,
  evidence: [id],
  source,
  key: id,
  money: amount,
})
