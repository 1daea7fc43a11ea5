import type { Fact, Source } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import type { Reason } from '../record/reason.ts'
import { groupBy } from '../values/group-by.ts'
import { type Money, sameMoney } from '../values/money.ts'
import { type PaymentRef, paymentRef } from '../values/payment-ref.ts'

/** A report that a refund failed or was confirmed, which names only its deposit. */
export interface RefundReport {
  readonly id: string
  /** ISO 8601. */
  readonly at: string
  /** Reports of different methods may speak of one refund; of one method, each speaks of another. */
  readonly method: string
  readonly amount: Money
  readonly source: Source
}

export interface RefundsToMatch {
  readonly type: 'refund.confirmed' | 'refund.failed'
  readonly deposit: PaymentRef
  readonly vendorId: string
  /** All refunds of this deposit that were not refused and that no report names by an id of their own. */
  readonly refunds: readonly RecordedIntent[]
  /** Those whose calls were refused: they explain only what the others leave. */
  readonly refused?: readonly RecordedIntent[]
  readonly reports: readonly RefundReport[]
  /** For a vendor that repeats itself under new names: how many of these are certainly of different refunds. */
  readonly countCertain?: (reports: readonly RefundReport[]) => number
  /** Refunds of which a person said that they failed. */
  readonly decided?: readonly PaymentRef[]
}

/**
 * Which refunds are meant by reports that name only the deposit: the amount and the time can tell, or nothing can. Of
 * several refunds that fit, as many failed as one method reports at least. Where there may be one more, it is a review, and
 * that refund's money stays taken.
 */
export const matchRefunds = (matching: RefundsToMatch): readonly Fact[] =>
  groupBy([...matching.reports].sort(byTime), ({ amount }) => `${amount.value} ${amount.currency}`).flatMap((reports) =>
    matchEqual(matching, reports),
  )

const byTime = (a: RefundReport, b: RefundReport): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1)

const matchEqual = (matching: RefundsToMatch, reports: readonly RefundReport[]): readonly Fact[] => {
  const group: Group = {
    candidates: candidatesOf(matching, reports),
    reports,
    methods: groupBy(reports, ({ method }) => method),
    countCertain: matching.countCertain ?? ((some) => some.length),
  }
  const certain = Math.max(0, ...group.methods.map((some) => certainOf(group, some)))
  return [
    ...refundFacts(matching, group, certain),
    ...beyondAnswered(matching, unexplainedIn(group)),
    ...ambiguousIn(matching, group, certain).map((report) =>
      toReview(matching, report, matching.countCertain ? 'possible_duplicate' : ambiguous[matching.type]),
    ),
  ]
}

/** A call that was refused may have moved money all the same. */
const beyondAnswered = (
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
  /** A later attempt of this refund was begun, for which this one had to be known as failed. */
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
    .sort((a, b) => (a.begunAt < b.begunAt ? -1 : a.begunAt > b.begunAt ? 1 : a.ref < b.ref ? -1 : 1))

/** The vendor's clock and ours may differ by this much. */
const clockSkewMs = 60_000

/** How many of the candidates, oldest first, were begun when this was reported. */
const reach = (candidates: readonly Candidate[], { at }: RefundReport): number => {
  const begun = candidates.filter(({ begunAt }) => begunAt <= at).length
  if (begun > 0) return begun
  const late = new Date(Date.parse(at) + clockSkewMs).toISOString()
  return candidates.some(({ begunAt }) => begunAt <= late) ? 1 : 0
}

/** The most reports that can each be about another candidate; both are sorted by time, so that the first fit is the best. */
const matchable = (candidates: readonly Candidate[], reports: readonly RefundReport[]): readonly RefundReport[] => {
  const matched: RefundReport[] = []
  for (const report of reports) if (reach(candidates, report) > matched.length) matched.push(report)
  return matched
}

const certainOf = ({ candidates, countCertain }: Group, reports: readonly RefundReport[]): number =>
  Math.min(
    matchable(candidates, reports).length,
    countCertain(reports.filter((report) => reach(candidates, report) > 0)),
  )

const refundFacts = (
  { type, deposit, vendorId, countCertain }: RefundsToMatch,
  group: Group,
  certain: number,
): readonly Fact[] => {
  const furthest = Math.max(0, ...group.reports.map((report) => reach(group.candidates, report)))
  const named = namedIn(group, certain, furthest)
  const others = group.candidates.slice(0, furthest).filter(({ ref }) => !named.includes(ref))
  const explained = group.reports.filter((report) => reach(group.candidates, report) > 0)
  const candidates = others.map(({ ref }) => ref).sort()
  return slotsOf(group, certain).map((slot, index): Fact => {
    const refund = named[index] ?? (candidates.length === 1 ? (candidates[0] ?? null) : null)
    const [{ at, amount }] = slot
    return {
      type,
      intent: deposit,
      vendorId,
      at,
      // Of a vendor that repeats itself any report may be a repetition of any other.
      evidence: (countCertain ? explained : slot).map(({ id }) => id),
      source: slot.some(({ source }) => source === 'vendor') ? 'vendor' : slot[0].source,
      key: refund ?? `${amount.value}:${index - named.length + 1}`,
      amount,
      refund,
      candidates: refund ? [refund] : candidates,
      ...(countCertain && certain > 1 && { separate: true }),
    }
  })
}

/** The reports of each refund: of every method, the nth speaks of the nth refund. */
const slotsOf = (
  { methods, candidates }: Group,
  certain: number,
): readonly (readonly [RefundReport, ...RefundReport[]])[] => {
  const matched = methods.map((reports) => matchable(candidates, reports))
  return Array.from({ length: certain }, (_, index) =>
    matched.flatMap((reports) => reports[index] ?? []).sort(byTime),
  ).filter((slot): slot is [RefundReport, ...RefundReport[]] => slot.length > 0)
}

/** Refunds without which the reports cannot be explained; none that was begun after all of them. */
const namedIn = (group: Group, certain: number, furthest: number): readonly PaymentRef[] =>
  group.candidates
    .slice(0, furthest)
    .filter(({ ref, replaced }) => {
      const without = { ...group, candidates: group.candidates.filter((other) => other.ref !== ref) }
      return replaced || group.methods.some((some) => certainOf(without, some) < certainOf(group, some))
    })
    .slice(0, certain)
    .map(({ ref }) => ref)

/**
 * Reports of money that no refund of ours explains. Of a vendor that repeats itself, a surplus may be a repetition, unless it is
 * certain that it is none.
 */
const unexplainedIn = ({ methods, candidates, countCertain }: Group): readonly RefundReport[] =>
  methods.flatMap((reports) => {
    const matched = matchable(candidates, reports)
    const mayRepeat = matched.length > 0 && countCertain(reports) <= matched.length
    return reports.filter((report) => (mayRepeat ? reach(candidates, report) === 0 : !matched.includes(report)))
  })

/** The latest reports that may be about refunds which no other report speaks of. */
const ambiguousIn = (matching: RefundsToMatch, group: Group, certain: number): readonly RefundReport[] => {
  const { decided = [], refused = [], refunds } = matching
  // What is reported again may be of one that was refused.
  const candidates = matching.countCertain
    ? candidatesOf({ ...matching, refunds: [...refunds, ...refused] }, group.reports)
    : group.candidates
  const unexplained = unexplainedIn(group)
  const reports = group.reports.filter((report) => !unexplained.includes(report))
  // What a person said of a replaced attempt, no report has: one that comes afterwards may be of the next attempt.
  const unreported = candidates.filter(({ ref, replaced }) => replaced && decided.includes(ref)).length
  const possible = Math.min(candidates.length, matchable(candidates, reports).length + (certain > 0 ? unreported : 0))
  return possible > certain ? reports.slice(certain - possible) : []
}

const toReview = (
  { deposit, vendorId }: RefundsToMatch,
  { id, at, source, amount }: RefundReport,
  reason: Reason,
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
