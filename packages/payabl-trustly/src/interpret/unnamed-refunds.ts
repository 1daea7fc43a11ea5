import {
  type Fact,
  factsOf,
  groupBy,
  type Money,
  matchRefunds,
  ownMethods,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  type RecordedIntent,
  type RefundReport,
  type RefundsToMatch,
  sameMoney,
} from '@railswitch/core/provider'
import type { Credit } from './credits.ts'
import { listedOf } from './listed-count.ts'
import { isError, type Reading, type Readings, timesOf } from './reading.ts'

/** A deposit with its refunds, and the reports of its own transactions. */
export interface RefundedDeposit {
  readonly own: PaymentRecord
  readonly recorded: RecordedIntent
  readonly refunds: readonly RecordedIntent[]
  readonly credits: readonly Credit[]
  readonly captures: readonly Reading[]
}

export const outcomes = ['refund.confirmed', 'refund.failed'] as const
export type Outcome = (typeof outcomes)[number]

export const isOutcome = (type: Outcome, { errorcode }: Reading): boolean =>
  isError(errorcode) === (type === 'refund.failed')

interface UnnamedReadings {
  readonly others: readonly Reading[]
  readonly depositIds: ReadonlySet<string>
}

/** The facts of refunds that no report names by an id of their own: the amount must identify the refund. */
export const unnamedFacts = (
  deposit: RefundedDeposit,
  refunds: readonly RecordedIntent[],
  { others, depositIds }: UnnamedReadings,
): readonly Fact[] => {
  const refused = refunds.filter(({ conclusion }) => conclusion?.state === 'refused')
  const open = refunds.filter((refund) => !refused.includes(refund))
  const ofDeposit = others.filter(({ vendorId }) => depositIds.has(vendorId))
  const ofUnknown = others.filter(({ vendorId }) => !depositIds.has(vendorId))
  const match = (inQuestion: RefundsInQuestion): readonly Fact[] => {
    const facts = underDepositId(deposit, inQuestion, ofDeposit)
    const left = withoutListed(inQuestion, facts, ofDeposit)
    return [...underUnknownIds(deposit, left, { others: ofUnknown, depositIds }), ...facts]
  }
  const confirmed = match({ type: 'refund.confirmed', refunds: open, refused })
  const sent = factsOf(confirmed, 'refund.confirmed').flatMap(({ candidates }) => candidates)
  const refusedButSent = refused.filter(({ intent }) => sent.includes(paymentRef(intent)))
  return [...confirmed, ...match({ type: 'refund.failed', refunds: [...open, ...refusedButSent], refused: [] })]
}

/** The refunds that reports without a refund's own id can be about. */
type RefundsInQuestion = Required<Pick<RefundsToMatch, 'type' | 'refunds' | 'refused'>>

/** payabl's list shows a refund under one id only: one that it shows under the deposit's id is under no other. */
const withoutListed = (
  inQuestion: RefundsInQuestion,
  facts: readonly Fact[],
  ofDeposit: readonly Reading[],
): RefundsInQuestion => {
  const lists = ofDeposit.filter((reading) => reading.channel === 'listed' && isOutcome(inQuestion.type, reading))
  const listed = new Set(
    factsOf(facts, inQuestion.type).flatMap(({ refund, amount }) =>
      lists.some(({ money }) => money && sameMoney(money, amount)) ? [refund] : [],
    ),
  )
  return { ...inQuestion, refunds: inQuestion.refunds.filter(({ intent }) => !listed.has(paymentRef(intent))) }
}

/**
 * Reports under unknown ids. Each id is another refund, however often it is reported. payabl's list shows a refund that has an id of its
 * own under that id, so what it shows under other ids was made in the back office.
 */
const underUnknownIds = (
  { own, recorded }: RefundedDeposit,
  inQuestion: RefundsInQuestion,
  { others: readings, depositIds }: UnnamedReadings,
): readonly Fact[] => {
  const { type, refunds } = inQuestion
  const withoutOwnId = refunds.filter(({ vendorIds }) => vendorIds.every((id) => depositIds.has(id)))
  const groups = groupBy(
    readings.filter((reading) => isOutcome(type, reading) && reading.money),
    ({ vendorId, money }) => `${vendorId} ${money?.value} ${money?.currency}`,
  )
  const byFirst = new Map(groups.map((same) => [same[0].id, same]))
  const deposit = paymentRef(recorded.intent)
  const equal = groupBy(
    groups.flatMap((same) => toReport(same[0], sourceOf(same))),
    ({ amount }) => `${amount.value} ${amount.currency}`,
  )
  const facts = equal.flatMap((reports) => {
    const isOnlyListed = reports.every(({ source }) => source === 'lookup')
    const meant = { ...inQuestion, refunds: isOnlyListed ? withoutOwnId : refunds }
    return matchRefunds({ ...meant, deposit, vendorId: '', reports, decided: decidedOf(own) })
  })
  return facts.map((fact): Fact => {
    const same = byFirst.get(fact.evidence[0] ?? '')
    if (!same) return fact
    const evidence = same.map(({ id }) => id).sort()
    const key = fact.type === 'review' ? `${same[0].vendorId}|${same[0].content}` : fact.key
    return { ...fact, vendorId: same[0].vendorId, evidence, key }
  })
}

/**
 * Reports under the deposit's ids: it has several if it was paid twice. They can be about any refund of the amount, and each can repeat
 * another: only one is certain, or as many as payabl's list has.
 */
const underDepositId = (
  { own, recorded }: RefundedDeposit,
  inQuestion: RefundsInQuestion,
  readings: readonly Reading[],
): readonly Fact[] => {
  const { type } = inQuestion
  const deposit = paymentRef(recorded.intent)
  const ofOutcome = readings.filter((reading) => isOutcome(type, reading) && reading.money)
  const groups = groupBy(ofOutcome, ({ money }) => `${money?.value} ${money?.currency}`)
  return groups.flatMap((same): readonly Fact[] => {
    const [{ vendorId, money }] = same
    if (!money) return []
    const lists = same.filter(({ channel }) => channel === 'listed')
    const listed = listedOf(lists, money, () => true)
    const last = lists.at(-1)
    // The same second is the same notification, whatever optional fields it has.
    const callbacks = groupBy(
      same.filter(({ channel }) => channel === 'callback'),
      ({ vendorId: id, at, errorcode }) => `${id} ${at} ${errorcode}`,
    ).map(([first]) => first)
    const reports: readonly RefundReport[] = [
      ...callbacks.flatMap((reading) => toReport(reading, 'vendor')),
      ...(last && listed
        ? Array.from({ length: listed.count }, () => toReport({ ...last, type: listedMethod }, 'lookup')).flat()
        : []),
    ]
    const countCertain = (some: readonly RefundReport[]): number => (some[0]?.source === 'lookup' ? some.length : 1)
    const decided = decidedOf(own)
    const match = (some: readonly RefundReport[]) =>
      matchRefunds({ ...inQuestion, deposit, vendorId, reports: some, countCertain, decided })
    // A list is never a repetition itself, and includes every report up to its own time.
    const repetitions = match(reports.filter(({ source }) => source === 'vendor')).filter(
      (fact) => isRepetition(fact) && fact.at > (listed?.through ?? ''),
    )
    return [...withoutRepetitions(match(reports), money, same, listed?.through ?? ''), ...repetitions]
  })
}

const isRepetition = (fact: Fact): boolean => fact.type === 'review' && fact.reason === 'possible_duplicate'

const listedMethod = 'listed refund'

/**
 * All reports of this amount are evidence, once. Each refund of the list that no refund of ours explains is a case. Notifications that
 * the list does not include yet are one more case, however often they came, because they may repeat each other.
 */
const withoutRepetitions = (facts: readonly Fact[], money: Money, same: Readings, through: string): readonly Fact[] => {
  const evidence = [...new Set(same.map(({ id }) => id))].sort()
  const unexplained = facts.filter(isUnexplained)
  const explained = facts.filter((fact) => !isUnexplained(fact) && !isRepetition(fact))
  const [first] = unexplained
  const listed = unexplained.filter(({ source }) => source === 'lookup').length
  const hasLater = unexplained.some(({ source, at }) => source === 'vendor' && at > through)
  const cases = first ? Math.max(1, listed + (hasLater ? 1 : 0)) : 0
  return [
    ...explained.map((fact): Fact => ({ ...fact, evidence, ...(explained.length > 1 && { separate: true }) })),
    ...unexplained.slice(0, cases).map((fact, index): Fact => {
      const number = listed > 0 ? (index === 0 ? '' : `|${index + 1}`) : timesOf(same)
      return { ...fact, evidence, key: `${same[0].vendorId}|refund|${money.value} ${money.currency}${number}` }
    }),
  ]
}

const isUnexplained = (fact: Fact): boolean =>
  fact.type === 'review' && (fact.reason === 'unexpected_payout' || fact.reason === 'unexpected_credit')

const toReport = ({ id, at, type: method, money }: Reading, source: RefundReport['source']) =>
  money ? [{ id, at, method, amount: money, source }] : []

const sourceOf = (same: Readings): RefundReport['source'] =>
  same.some(({ channel }) => channel === 'callback') ? 'vendor' : 'lookup'

const decidedOf = ({ reports }: PaymentRecord): readonly PaymentRef[] =>
  reports.flatMap(({ method, intent }) => (method === ownMethods.personFailed && intent ? [intent] : []))
