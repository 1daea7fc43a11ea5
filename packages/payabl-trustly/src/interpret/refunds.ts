import { type Fact, type PaymentRef, paymentRef, type RecordedIntent, sameMoney } from '@railswitch/core/provider'
import { listedOf } from './listed-count.ts'
import {
  byContent,
  followUps,
  provenOf,
  type Reading,
  type Readings,
  shownMethod,
  toBase,
  unrecognised,
  unsigned,
} from './reading.ts'
import { isOutcome, outcomes, type RefundedDeposit, unnamedFacts } from './unnamed-refunds.ts'

/**
 * The facts of a deposit's refunds. The response to a refund can have an id of its own, which `security` covers; otherwise the amount,
 * which `security` does not cover, must identify the refund.
 */
export const refundFacts = (deposit: RefundedDeposit, all: readonly Reading[]): readonly Fact[] => {
  const ref = paymentRef(deposit.recorded.intent)
  const { byId, unnamed, others } = assign(deposit, all)
  const callbacks = byContent(others.filter(({ channel }) => channel === 'callback'))
  return [
    ...byId.flatMap(({ refund, readings }) => namedFacts(ref, refund, readings)),
    ...callbacks.filter((same) => !provenOf(same) && !isListed(same, others)).map((same) => unsigned(ref, same)),
    ...byContent(others.filter(({ money }) => money === null)).flatMap((same) =>
      provenOf(same) ? [unrecognised(ref, same)] : [],
    ),
    ...unnamedFacts(deposit, unnamed, {
      others: others.filter(({ proven }) => proven),
      depositIds: idsOf(deposit),
    }),
  ]
}

/** The readings under each refund's own id, the refunds without such readings, and the readings that name no refund. */
const assign = (deposit: RefundedDeposit, all: readonly Reading[]) => {
  const depositIds = idsOf(deposit)
  const readings = all.filter(({ errorcode }) => errorcode !== '2000')
  const byId = deposit.refunds.map((refund) => {
    const ids = refund.vendorIds.filter((id) => !depositIds.has(id))
    return { refund, readings: readings.filter(({ vendorId }) => ids.includes(vendorId)) }
  })
  const named = byId.flatMap((one) => one.readings)
  return {
    byId,
    unnamed: byId.flatMap(({ refund, readings: own }) => (own.length === 0 ? [refund] : [])),
    others: readings.filter((reading) => !named.includes(reading)),
  }
}

/**
 * The ids of the deposit's own transactions. Reports of any of its refunds can have them, whatever id the refund was recorded with. A
 * look-up that assigns the id of a refund or a chargeback to the deposit stores a report of this type.
 */
const idsOf = ({ own, recorded, credits, captures }: RefundedDeposit): ReadonlySet<string> => {
  const ofFollowUps = new Set(
    own.reports.flatMap(({ method, vendorId }) => (followUpMethods.has(method) ? [vendorId] : [])),
  )
  return new Set([
    ...recorded.vendorIds.filter((id) => !ofFollowUps.has(id)),
    ...credits.map(({ vendorId }) => vendorId),
    ...captures.map(({ vendorId }) => vendorId),
    ...own.reports.flatMap(({ method, intent, vendorId }) =>
      method === listedCapture && intent === paymentRef(recorded.intent) ? [vendorId] : [],
    ),
  ])
}

const listedCapture = shownMethod('listed', 'capture')

const followUpMethods: ReadonlySet<string> = new Set([...followUps].map((type) => shownMethod('diagnose', type)))

/** Whether payabl's list has an unproven report. */
const isListed = ([{ vendorId, errorcode, money }]: Readings, readings: readonly Reading[]): boolean => {
  const lists = readings.filter(({ channel }) => channel === 'listed')
  return errorcode === '0' && money !== null && listedOf(lists, money, (id) => id === vendorId) !== null
}

/** The facts of a refund that the reports name by its own id, with the requested amount. */
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
