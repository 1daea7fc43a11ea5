import {
  type Fact,
  groupBy,
  type Money,
  merchantReference,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  type RecordedIntent,
  sameMoney,
  toMinorUnits,
} from '@railswitch/core/provider'
import { captureFacts } from './capture-facts.ts'
import { chargebackFacts } from './chargeback.ts'
import { creditsOf, decisionsOf, importsOf } from './credits.ts'
import {
  byContent,
  followUps,
  type Reading,
  type Readings,
  readingsOf,
  timesOf,
  toBase,
  unrecognised,
} from './reading.ts'
import { refundFacts } from './refunds.ts'
import { unreportedEndFacts } from './unreported-ends.ts'

/** The facts of a deposit, its chargebacks and its refunds. */
export const depositFacts = (own: PaymentRecord, recorded: RecordedIntent): readonly Fact[] => {
  const deposit = paymentRef(recorded.intent)
  const refunds = own.intents.filter(({ intent }) => intent.kind === 'refund' && intent.of === deposit)
  const refs = new Set([deposit, ...refunds.map(({ intent }) => paymentRef(intent))])
  const all = readingsOf(own, refs, recorded)
  const foreign = all.filter(({ members }) => members.foreign !== undefined)
  const readings = all.filter((reading) => !foreign.includes(reading))
  const captures = readings.filter(isCapture)
  const credits = creditsOf(own, deposit, captures)
  const ofType = (type: string): readonly Reading[] =>
    readings.filter(
      (reading) => reading.type === type && (reading.channel === 'callback' || reading.channel === 'listed'),
    )
  const unknownTypes = readings.filter(({ channel, type }) => channel === 'callback' && !knownTypes.has(type))
  const checks = readings.filter(({ channel }) => channel === 'check')
  return [
    ...captureFacts(
      { deposit, credits, decisions: decisionsOf(own, deposit), imports: importsOf(own, deposit) },
      captures,
    ),
    ...unreportedEndFacts({ deposit, captures, credits }, readings),
    ...chargebackFacts(deposit, ofType('chb'), credits),
    ...refundFacts({ own, recorded, refunds, credits, captures }, ofType('refund')),
    ...unexpectedPayouts(deposit, ofType('cft')),
    ...groupBy(checks, checkKey).map((same) => checkFact(recorded, same)),
    ...byContent(unknownTypes).map((same) => unrecognised(deposit, same)),
    ...byContent(foreign).map((same) => foreignOrder(deposit, same)),
  ]
}

const knownTypes: ReadonlySet<string> = new Set(['capture', 'refund', 'chb', 'cft'])

const isCapture = ({ channel, type }: Reading): boolean =>
  (channel === 'callback' && type === 'capture') || (channel === 'diagnose' && !followUps.has(type))

/** A payout made in payabl's back office, or one of ours that payabl reported to the deposit's address: its look-up will report it. */
const unexpectedPayouts = (deposit: PaymentRef, payouts: readonly Reading[]): readonly Fact[] =>
  byContent(payouts).map((same): Fact => {
    const [{ content, money }] = same
    const base = toBase(deposit, same, `${content}${timesOf(same)}`)
    return { ...base, type: 'review', reason: 'unexpected_payout', ...(money && { money }) }
  })

/** A booking in payabl's list that names our order id and belongs to another order, for example of another program of the account. */
const foreignOrder = (deposit: PaymentRef, same: Readings): Fact => {
  const [{ content, money }] = same
  return { ...toBase(deposit, same, content), type: 'review', reason: 'foreign_order', ...(money && { money }) }
}

const checkKey = ({ vendorId, content, members }: Reading): string =>
  `${vendorId}|check|${content}|${members.order_id ?? ''}`

/** Whether a diagnosis of a credited transaction has our order id and our amount. A missing value contradicts nothing. */
const checkFact = ({ intent }: RecordedIntent, same: Readings): Fact => {
  const [reading] = same
  const { errorcode, money, members } = reading
  const base = toBase(paymentRef(intent), same, checkKey(reading))
  // An import has another reference, and its amount is what was not refunded.
  const isOurs = intent.imported || members.order_id === undefined || members.order_id === merchantReference(intent)
  const hasOurMoney =
    money === null || (intent.imported ? isAtLeast(money, intent.expect) : sameMoney(money, intent.expect))
  return errorcode === '0' && isOurs && hasOurMoney
    ? { ...base, type: 'deposit.checked' }
    : { ...base, type: 'review', reason: 'lookup_differs', ...(money && { money }) }
}

const isAtLeast = (money: Money, least: Money): boolean =>
  money.currency === least.currency && toMinorUnits(money) >= toMinorUnits(least)
