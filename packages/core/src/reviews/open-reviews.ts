import type { Comparison, Difference } from '../events/compare-emitted.ts'
import { fromMinorUnits, type Money, sameMoney, toMinorUnits } from '../money.ts'
import { type PaymentRef, parsePaymentRef } from '../payment-ref.ts'
import { type Fact, type FactOf, factsOf } from '../record/fact.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import { ownMethods, type Report } from '../record/report.ts'
import type { Deposit } from '../state/deposit-state.ts'
import { isDeposit, type PaymentState } from '../state/payment-state.ts'
import { isOverruled, type Payout, type PayoutAttempt } from '../state/payout-state.ts'
import type { Reason } from './reason.ts'

/** A case for manual review. */
export interface Review {
  /** Names it for `resolveReview`: what is to be reviewed is part of it, so that another case has another id. */
  readonly id: string
  readonly reason: Reason
  readonly rail: string
  readonly payment: PaymentRef | null
  readonly reference: string | null
  /** The vendor's order or transaction; empty where several are concerned. */
  readonly vendorId: string
  /** ISO 8601. */
  readonly at: string
  readonly money?: Money
  /** What contradicts what, in English. */
  readonly detail?: string
  /** Of orders that are not ours: how many reports of that day. */
  readonly count?: number
}

interface Case {
  readonly reason: Reason
  readonly payment: PaymentRef
  readonly vendorId: string
  readonly at: string
  /** What tells it from other cases of this reason. */
  readonly cause: string
  readonly money?: Money
  readonly detail?: string
}

/** The reviews that are open: their cause stands, and nobody has resolved them. */
export const openReviews = (
  record: PaymentRecord,
  state: PaymentState | null,
  facts: readonly Fact[],
  { differences }: Comparison,
): readonly Review[] => {
  const all = record.unowned
    ? unownedReviews(record.unowned)
    : state
      ? reviewsOf(record, state, facts, differences)
      : []
  return all.filter((review) => !isResolved(record, review))
}

/** None once every report turned out to be a payment's, or gave way to newer ones. */
const unownedReviews = ({
  reason,
  rail,
  name,
  since,
  count,
}: NonNullable<PaymentRecord['unowned']>): readonly Review[] => {
  const id = `${rail}:review:${reason}:${name}`
  return count === 0 ? [] : [{ id, reason, rail, payment: null, reference: null, vendorId: '', at: since, count }]
}

/** A day's review is open again when more reports have come since. */
const isResolved = ({ reports }: PaymentRecord, { id, count }: Review): boolean =>
  reports.some(
    ({ method, members }) =>
      method === ownMethods.resolved &&
      members.review === id &&
      (count === undefined || Number(members.count ?? '0') >= count),
  )

const reviewsOf = (
  record: PaymentRecord,
  state: PaymentState,
  facts: readonly Fact[],
  differences: readonly Difference[],
): readonly Review[] => {
  const cases = [
    ...factCases(state, facts),
    ...(isDeposit(state) ? depositCases(state) : []),
    ...(!isDeposit(state) && state.kind !== 'account' ? payoutCases(state, facts) : []),
    ...strangeReports(record, state),
    ...differenceCase(state, differences),
  ]
  const reviews = cases.map(({ cause, ...one }): Review => {
    const { payment, reason, vendorId, money } = one
    const id = [payment, 'review', reason, vendorId, cause, ...(money ? [money.value, money.currency] : [])].join(':')
    return { ...one, id, rail: parsePaymentRef(payment)?.rail ?? '', reference: state.reference }
  })
  return [...new Map(reviews.map((review) => [review.id, review])).values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Closed by themselves once the payment is no longer open. */
const passing: ReadonlySet<Reason> = new Set(['overdue', 'outcome_unknown'])

const factCases = (state: PaymentState, facts: readonly Fact[]): readonly Case[] => {
  const open = openRefs(state)
  const decided = factsOf(facts, 'deposit.credited').filter(({ source }) => source === 'person')
  const isDecided = (fact: FactOf<'review'>): boolean =>
    fact.reason === 'unsigned_money' &&
    decided.some(({ intent, vendorId }) => intent === fact.intent && vendorId === fact.vendorId)
  return factsOf(facts, 'review').flatMap((fact) => {
    const { reason, intent: payment, vendorId, at, key, money } = fact
    return (passing.has(reason) && !open.has(payment)) || isDecided(fact)
      ? []
      : [{ reason, payment, vendorId, at, cause: key, ...(money && { money }) }]
  })
}

const openRefs = (state: PaymentState): ReadonlySet<PaymentRef> => {
  if (!isDeposit(state)) {
    if (state.kind === 'account') return new Set()
    return new Set(state.attempts.flatMap(({ ref, state: one }) => (one === 'unknown' ? [ref] : [])))
  }
  return new Set([
    ...state.attempts.flatMap(({ ref, state: one }) => (one === 'pending' || one === 'not_credited_yet' ? [ref] : [])),
    ...state.refunds.flatMap(({ ref, state: one }) => (one === 'unknown' ? [ref] : [])),
  ])
}

const depositCases = (deposit: Deposit): readonly Case[] => {
  const { at, attempts, refunds, confirmations, overruled } = deposit
  const paid = attempts.flatMap(({ transactions }) =>
    transactions.flatMap(({ vendorId, credited, reversed }) =>
      credited > reversed ? [{ vendorId, left: credited - reversed }] : [],
    ),
  )
  return [
    ...attempts.flatMap(({ ref: payment, transactions }) =>
      transactions.flatMap(({ vendorId, reasons }) =>
        reasons.map((reason): Case => ({ ...reason, payment, vendorId, at })),
      ),
    ),
    ...(paid.length > 1
      ? [
          {
            reason: 'overpaid' as const,
            payment: deposit.ref,
            vendorId: '',
            at,
            cause: paid
              .map(({ vendorId }) => vendorId)
              .sort()
              .join(' '),
            money: fromMinorUnits(
              paid.reduce((sum, { left }) => sum + left, 0n),
              deposit.credited.currency,
            ),
          },
        ]
      : []),
    ...confirmations.flatMap(({ refund, vendorId, amount: money }): readonly Case[] =>
      refunds.some(({ ref, refused, state }) => ref === refund && refused && state === 'confirmed')
        ? [{ reason: 'unexpected_payout', payment: deposit.ref, vendorId, at, cause: refund ?? '', money }]
        : [],
    ),
    ...overruled.map(
      ({ intent, vendorId, refund }): Case => ({
        reason: 'person_overruled',
        payment: intent,
        vendorId,
        at,
        cause: refund ?? '',
      }),
    ),
  ]
}

const payoutCases = ({ attempts }: Payout, facts: readonly Fact[]): readonly Case[] =>
  attempts.flatMap((attempt) =>
    factsOf(facts, 'payout.failed', 'payout.confirmed', 'payout.accepted')
      .filter(({ intent }) => intent === attempt.ref)
      .flatMap((fact) =>
        payoutReasons(attempt, fact).map((reason): Case => {
          const money = fact.type === 'payout.accepted' ? attempt.amount : fact.amount
          const cause = reason === 'amount_differs' ? fact.type : ''
          return { reason, payment: attempt.ref, vendorId: fact.vendorId, at: fact.at, cause, ...(money && { money }) }
        }),
      ),
  )

const payoutReasons = (
  { amount, refused, state, confirmations }: PayoutAttempt,
  fact: FactOf<'payout.failed' | 'payout.confirmed' | 'payout.accepted'>,
): readonly Reason[] => {
  const isSentAllTheSame = refused && (state === 'accepted' || state === 'confirmed')
  if (fact.type === 'payout.accepted') return isSentAllTheSame ? ['unexpected_payout'] : []
  const differs: Reason[] = fact.amount !== null && !sameMoney(fact.amount, amount) ? ['amount_differs'] : []
  if (fact.type === 'payout.confirmed') return isSentAllTheSame ? [...differs, 'unexpected_payout'] : differs
  return isOverruled(fact, confirmations) ? [...differs, 'person_overruled'] : differs
}

/** Reports that stand with this payment, though nothing proves that they are about it. */
const strangeReports = ({ reports }: PaymentRecord, { ref: payment }: PaymentState): readonly Case[] => {
  const foreign = new Set(reports.flatMap(({ method, vendorId }) => (method === ownMethods.foreign ? [vendorId] : [])))
  return reports.flatMap((report): readonly Case[] => {
    if (report.intent !== null) return []
    const reason = strangeness(report, foreign)
    if (!reason) return []
    const { vendorId, at, money, method } = report
    return [{ reason, payment, vendorId, at, cause: method, ...(money && { money }) }]
  })
}

/** One whose transaction is still to be looked up is nothing yet. */
const strangeness = ({ vendorId, proof }: Report, foreign: ReadonlySet<string>): Reason | null => {
  if (foreign.has(vendorId)) return 'foreign_order'
  return proof === 'unproven' ? null : 'vendor_id_differs'
}

/** All differences are one review: it names both readings. */
const differenceCase = ({ ref: payment, at }: PaymentState, differences: readonly Difference[]): readonly Case[] => {
  if (differences.length === 0) return []
  const emitted = differences.flatMap((one) => one.emitted ?? [])
  const derived = differences.flatMap((one) => one.derived ?? [])
  const readings = {
    emitted: emitted.map(({ type, money, refund }) => readingOf(type, money, refund)),
    derived: derived.map(({ event, money, refund }) => readingOf(event.type, money, refund)),
  }
  const detail = `emitted: ${listed(readings.emitted)}; reported now: ${listed(readings.derived)}; difference: ${differenceOf(differences)}`
  const cause = [...emitted.map(({ id }) => id), ...derived.map(({ event }) => event.id)].sort().join(' ')
  return [
    { reason: 'reinterpreted', payment, vendorId: '', at, cause: `${cause} ${readings.derived.join(' ')}`, detail },
  ]
}

const readingOf = (type: string, money: Money | undefined, refund: string | null | undefined): string =>
  [type, ...(money ? [money.value, money.currency] : []), ...(refund ? [`of ${refund}`] : [])].join(' ')

const listed = (readings: readonly string[]): string => (readings.length === 0 ? 'nothing' : readings.join(', '))

/** What the application has too much (+) or too little (−), by these events. */
const differenceOf = (differences: readonly Difference[]): string => {
  const sums = new Map<string, bigint>()
  const add = (type: string, money: Money | undefined, factor: bigint): void => {
    if (!money) return
    const signed = toMinorUnits(money) * factor * (takesAway.has(type) ? -1n : 1n)
    sums.set(money.currency, (sums.get(money.currency) ?? 0n) + signed)
  }
  for (const { emitted, derived } of differences) {
    if (emitted) add(emitted.type, emitted.money, 1n)
    if (derived) add(derived.event.type, derived.money, -1n)
  }
  return [...sums]
    .map(([currency, sum]) => {
      const { value } = fromMinorUnits(sum < 0n ? -sum : sum, currency)
      return `${sum < 0n ? '-' : '+'}${value} ${currency}`
    })
    .join(', ')
}

/** Events by which the application has less; the others say that it has more, or gives back. */
const takesAway: ReadonlySet<string> = new Set(['deposit.reversed', 'withdrawal.requested'])
