import { type Fact, type FactOf, type FactType, factsOf } from '../record/fact.ts'
import type { Conclusion, RecordedIntent } from '../record/intent.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import { type Money, sameMoney } from '../values/money.ts'
import { type PaymentRef, paymentRef } from '../values/payment-ref.ts'

/**
 * `pending`, `requested`: a withdrawal's customer is choosing, and waits for a decision. `accepted` is never "paid".
 * `failed`: it was not sent, or was not known to be paid when it came back; `returned`: confirmed, and then it came back.
 */
export type PayoutState = 'pending' | 'requested' | 'accepted' | 'unknown' | 'confirmed' | 'failed' | 'returned'

export interface PayoutAttempt {
  readonly ref: PaymentRef
  readonly kind: 'payout' | 'withdrawal'
  readonly state: PayoutState
  /** What was asked for; a withdrawal's customer may have asked for something else. */
  readonly amount: Money
  /** Who said that it was paid; `elapsed`: nobody, but the time in which it could fail has passed. */
  readonly confirmedBy: 'vendor' | 'lookup' | 'elapsed' | null
  /** Whether the response to the call was a refusal. */
  readonly refused: boolean
  /** The customer's request for a withdrawal's money, where one was reported. */
  readonly request: FactOf<'withdrawal.requested'> | null
  readonly confirmations: readonly FactOf<'payout.confirmed'>[]
  /** Reports that all of it is back, or that it was denied. */
  readonly failures: readonly FactOf<'payout.failed' | 'withdrawal.denied'>[]
  /** The answer of the application's handler to `withdrawal.requested`; null: not asked so far. */
  readonly reserved: boolean | null
  /** The decision that the vendor has taken. */
  readonly decision: 'approved' | 'denied' | null
}

/** Money out that is no refund: a payout or a withdrawal. Derived from a record, never set. */
export interface Payout {
  readonly kind: 'payout' | 'withdrawal'
  /** Of the attempt that counts: the furthest one, the newest among equals. */
  readonly ref: PaymentRef
  readonly reference: string
  readonly state: PayoutState
  readonly amount: Money
  readonly attempts: readonly PayoutAttempt[]
  /** ISO 8601: the newest report, or the first intent. */
  readonly at: string
}

const rank: Record<PayoutState, number> = {
  failed: 0,
  pending: 1,
  requested: 2,
  returned: 3,
  unknown: 4,
  accepted: 5,
  confirmed: 6,
}

/** Pure, and the same for any order of the reports. Null for a record without a payout or withdrawal. */
export const derivePayout = (record: PaymentRecord, facts: readonly Fact[]): Payout | null => {
  const roots = record.intents.filter(({ intent }) => intent.kind === 'payout' || intent.kind === 'withdrawal')
  const [first] = roots
  if (!first) return null
  const attempts = roots.map((recorded) => deriveAttempt(record, recorded, facts))
  const counting = attempts.reduce((a, b) => (rank[b.state] >= rank[a.state] ? b : a))
  return {
    kind: counting.kind,
    ref: counting.ref,
    reference: first.intent.reference,
    state: counting.state,
    amount: counting.amount,
    attempts,
    at: [first.begunAt, ...record.reports.map(({ at }) => at)].sort().at(-1) ?? first.begunAt,
  }
}

const deriveAttempt = (
  { emitted }: PaymentRecord,
  { intent, conclusion }: RecordedIntent,
  facts: readonly Fact[],
): PayoutAttempt => {
  const ref = paymentRef(intent)
  const own = facts.filter((fact) => fact.intent === ref)
  const has = (type: FactType): boolean => own.some((fact) => fact.type === type)
  const [request = null] = factsOf(own, 'withdrawal.requested')
  const amount = request?.amount ?? intent.expect
  const confirmations = factsOf(own, 'payout.confirmed').filter((fact) => sameMoney(fact.amount, amount))
  const confirmedBy = confirmerOf(confirmations)
  const failures = factsOf(own, 'payout.failed', 'withdrawal.denied').filter(
    (fact) =>
      fact.type === 'withdrawal.denied' ||
      ((fact.amount === null || sameMoney(fact.amount, amount)) && !isOverruled(fact, confirmations)),
  )
  const refused = conclusion?.state === 'refused'
  const asked = emitted.find(({ type, payment }) => type === 'withdrawal.requested' && payment === ref)
  return {
    ref,
    kind: intent.kind === 'withdrawal' ? 'withdrawal' : 'payout',
    state: stateOf(),
    amount,
    confirmedBy,
    refused,
    request,
    confirmations,
    failures,
    reserved: asked && asked.answer !== 'ok' && 'reserved' in asked.answer ? asked.answer.reserved : null,
    decision: has('withdrawal.approved') ? 'approved' : has('withdrawal.denied') ? 'denied' : null,
  }

  function stateOf(): PayoutState {
    // A refusal is not the last word: what the vendor shows afterwards was sent all the same.
    const isSent = has('payout.accepted') || has('payout.confirmed')
    const isAlive = request !== null || isSent || has('withdrawal.approved')
    if (refused && !isAlive) return 'failed'
    if (failures.length > 0) return confirmedBy ? 'returned' : 'failed'
    if (confirmedBy) return 'confirmed'
    if (has('withdrawal.approved') || isSent) return 'accepted'
    if (request) return 'requested'
    return intent.kind === 'withdrawal' ? 'pending' : sentState(conclusion)
  }
}

/** A person who saw nothing at the vendor may have looked too early: what is reported afterwards stands. */
export const isOverruled = (
  { source, at }: FactOf<'payout.failed'>,
  confirmations: readonly FactOf<'payout.confirmed'>[],
): boolean =>
  source === 'person' &&
  confirmations.some(
    (fact) => fact.source === 'vendor' || fact.source === 'lookup' || (fact.source === 'person' && fact.at > at),
  )

const sentState = (conclusion: Conclusion | null): PayoutState =>
  conclusion?.state === 'accepted' ? 'accepted' : 'unknown'

/** A vendor's own report outranks a look-up's, and that the mere passing of time. */
const confirmerOf = (confirmations: readonly FactOf<'payout.confirmed'>[]): PayoutAttempt['confirmedBy'] => {
  const sources = new Set(confirmations.map(({ source }) => source))
  if (sources.has('vendor') || sources.has('person')) return 'vendor'
  if (sources.has('lookup')) return 'lookup'
  return sources.has('elapsed') ? 'elapsed' : null
}
