import {
  type Fact,
  factsOf,
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
} from '@railswitch/core'
import type { Credit } from './credits.ts'
import { listedOf } from './listed.ts'
import {
  byContent,
  groupBy,
  isError,
  provenOf,
  type Reading,
  type Readings,
  toBase,
  unrecognised,
  unsigned,
} from './reading.ts'

/** A deposit with its refunds, and what was reported of its own transactions. */
export interface RefundedDeposit {
  readonly own: PaymentRecord
  readonly recorded: RecordedIntent
  readonly refunds: readonly RecordedIntent[]
  readonly credits: readonly Credit[]
  readonly captures: readonly Reading[]
}

/**
 * What the reports of refunds mean. The response to a refund may have taught an id of its own, which `security` covers; else the
 * amount must say which refund it is, which `security` does not cover.
 */
export const refundFacts = (deposit: RefundedDeposit, all: readonly Reading[]): readonly Fact[] => {
  const { recorded, refunds } = deposit
  const ref = paymentRef(recorded.intent)
  const depositIds = idsOf(deposit)
  const readings = all.filter(({ errorcode }) => errorcode !== '2000')
  const byId = refunds.map((refund) => {
    const ids = refund.vendorIds.filter((id) => !depositIds.has(id))
    return { refund, readings: readings.filter(({ vendorId }) => ids.includes(vendorId)) }
  })
  const named = byId.flatMap((one) => one.readings)
  const others = readings.filter((reading) => !named.includes(reading))
  const callbacks = byContent(others.filter(({ channel }) => channel === 'callback'))
  const believed = others.filter(({ proven }) => proven)
  const unnamed = byId.flatMap(({ refund, readings: own }) => (own.length === 0 ? [refund] : []))
  const refused = unnamed.filter(({ conclusion }) => conclusion?.state === 'refused')
  const open = unnamed.filter((refund) => !refused.includes(refund))
  const match = (asked: Asked): readonly Fact[] => [
    ...distinctRefunds(
      deposit,
      asked,
      believed.filter(({ vendorId }) => !depositIds.has(vendorId)),
    ),
    ...nameless(
      deposit,
      asked,
      believed.filter(({ vendorId }) => depositIds.has(vendorId)),
    ),
  ]
  const confirmed = match({ type: 'refund.confirmed', refunds: open, refused })
  const sent = factsOf(confirmed, 'refund.confirmed').flatMap(({ candidates }) => candidates)
  const sentAllTheSame = refused.filter(({ intent }) => sent.includes(paymentRef(intent)))
  return [
    ...byId.flatMap(({ refund, readings: own }) => namedFacts(ref, refund, own)),
    ...callbacks.filter((same) => !provenOf(same) && !isListed(same, others)).map((same) => unsigned(ref, same)),
    ...callbacks.filter((same) => provenOf(same) && !same[0].money).map((same) => unrecognised(ref, same)),
    ...confirmed,
    ...match({ type: 'refund.failed', refunds: [...open, ...sentAllTheSame], refused: [] }),
  ]
}

/** What reports without a refund's own id may be about. */
type Asked = Required<Pick<RefundsToMatch, 'type' | 'refunds' | 'refused'>>

/** All refunds of a deposit may come under its ids, whatever one of them was recorded with. */
const idsOf = ({ recorded, credits, captures }: RefundedDeposit): ReadonlySet<string> =>
  new Set([
    ...recorded.vendorIds,
    ...credits.map(({ vendorId }) => vendorId),
    ...captures.map(({ vendorId }) => vendorId),
  ])

/** payabl's own list shows what came without proof. */
const isListed = ([{ vendorId, errorcode, money }]: Readings, readings: readonly Reading[]): boolean => {
  const lists = readings.filter(({ channel }) => channel === 'listed')
  return errorcode === '0' && money !== null && listedOf(lists, money, (id) => id === vendorId) !== null
}

const outcomes = ['refund.confirmed', 'refund.failed'] as const
type Outcome = (typeof outcomes)[number]

const isOutcome = (type: Outcome, { errorcode }: Reading): boolean => isError(errorcode) === (type === 'refund.failed')

/** Of a refund that the reports name, in the amount that we asked for. */
const namedFacts = (deposit: PaymentRef, { intent }: RecordedIntent, readings: readonly Reading[]): readonly Fact[] => {
  const refund = paymentRef(intent)
  const differs = ({ proven, money }: Reading): boolean => proven && money !== null && !sameMoney(money, intent.expect)
  const agreeing = readings.filter((reading) => !differs(reading))
  return [
    ...outcomes.flatMap((type): readonly Fact[] => {
      const [first, ...others] = agreeing.filter((reading) => isOutcome(type, reading))
      if (!first) return []
      const base = { ...toBase(deposit, [first, ...others], ''), key: refund }
      return [{ ...base, type, amount: intent.expect, refund, candidates: [refund] }]
    }),
    ...byContent(readings.filter(differs)).map((same): Fact => {
      const [{ content, money }] = same
      const base = toBase(deposit, same, content)
      return { ...base, type: 'review', reason: 'amount_differs', ...(money && { money }) }
    }),
  ]
}

/** Reports under ids that nothing taught: each id is another refund, however often and by whatever way it is reported. */
const distinctRefunds = (
  { own, recorded }: RefundedDeposit,
  asked: Asked,
  readings: readonly Reading[],
): readonly Fact[] => {
  const { type } = asked
  const groups = groupBy(
    readings.filter((reading) => isOutcome(type, reading) && reading.money),
    ({ vendorId, money }) => `${vendorId} ${money?.value} ${money?.currency}`,
  )
  const byFirst = new Map(groups.map((same) => [same[0].id, same]))
  const deposit = paymentRef(recorded.intent)
  const reports = groups.flatMap((same) => toReport(same[0], type, sourceOf(same)))
  return matchRefunds({ ...asked, deposit, vendorId: '', reports, decided: decidedOf(own) }).map((fact): Fact => {
    const same = byFirst.get(fact.evidence[0] ?? '')
    if (!same) return fact
    const evidence = same.map(({ id }) => id).sort()
    const key = fact.type === 'review' ? `${same[0].vendorId}|${same[0].content}` : fact.key
    return { ...fact, vendorId: same[0].vendorId, evidence, key }
  })
}

/**
 * Reports under the deposit's id. Of several refunds of one amount each may be meant, and each report may repeat another: one is
 * certain, and as many as payabl's list shows.
 */
const nameless = ({ own, recorded }: RefundedDeposit, asked: Asked, readings: readonly Reading[]): readonly Fact[] => {
  const { type } = asked
  const deposit = paymentRef(recorded.intent)
  const ofOutcome = readings.filter((reading) => isOutcome(type, reading) && reading.money)
  const groups = groupBy(ofOutcome, ({ vendorId, money }) => `${vendorId} ${money?.value} ${money?.currency}`)
  return groups.flatMap((same): readonly Fact[] => {
    const [{ vendorId, money }] = same
    if (!money) return []
    const lists = same.filter(({ channel }) => channel === 'listed')
    const listed = listedOf(lists, money, () => true)
    const last = lists.at(-1)
    // The same second is the same notification, whatever optional fields come with it.
    const callbacks = groupBy(
      same.filter(({ channel }) => channel === 'callback'),
      ({ at, errorcode }) => `${at} ${errorcode}`,
    ).map(([first]) => first)
    const reports: readonly RefundReport[] = [
      ...callbacks.flatMap((reading) => toReport(reading, type, 'vendor')),
      ...(last && listed
        ? Array.from({ length: listed.count }, () => toReport({ ...last, type: listedMethod }, type, 'lookup')).flat()
        : []),
    ]
    const countCertain = (some: readonly RefundReport[]): number => (some[0]?.source === 'lookup' ? some.length : 1)
    const decided = decidedOf(own)
    const match = (some: readonly RefundReport[]) =>
      matchRefunds({ ...asked, deposit, vendorId, reports: some, countCertain, decided })
    // A list is never a repetition itself; it accounts for every report up to its own time.
    const repetitions = match(reports.filter(({ source }) => source === 'vendor')).filter(
      (fact) => isRepetition(fact) && fact.at > (listed?.through ?? ''),
    )
    return [...withoutRepetitions(match(reports), money, same), ...repetitions]
  })
}

const isRepetition = (fact: Fact): boolean => fact.type === 'review' && fact.reason === 'possible_duplicate'

const listedMethod = 'listed refund'

/** All reports of this amount are evidence, once; what no refund explains is one case, however often it was reported. */
const withoutRepetitions = (facts: readonly Fact[], money: Money, same: Readings): readonly Fact[] => {
  const evidence = [...new Set(same.map(({ id }) => id))].sort()
  const unexplained = (fact: Fact): boolean =>
    fact.type === 'review' && (fact.reason === 'unexpected_payout' || fact.reason === 'unexpected_credit')
  const [first] = facts.filter(unexplained)
  const explained = facts.filter((fact) => !unexplained(fact) && !isRepetition(fact))
  return [
    ...explained.map((fact): Fact => ({ ...fact, evidence, ...(explained.length > 1 && { separate: true }) })),
    ...(first ? [{ ...first, evidence, key: `${same[0].vendorId}|refund|${money.value} ${money.currency}` }] : []),
  ]
}

const toReport = ({ id, at, type, money, errorcode }: Reading, outcome: Outcome, source: RefundReport['source']) =>
  money ? [{ id, at, method: `${type} ${outcome === 'refund.failed' ? errorcode : '0'}`, amount: money, source }] : []

const sourceOf = (same: Readings): RefundReport['source'] =>
  same.some(({ channel }) => channel === 'callback') ? 'vendor' : 'lookup'

const decidedOf = ({ reports }: PaymentRecord): readonly PaymentRef[] =>
  reports.flatMap(({ method, intent }) => (method === ownMethods.personFailed && intent ? [intent] : []))
