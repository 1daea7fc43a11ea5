import { type Fact, type FactOf, type FactType, factsOf } from '../record/fact.ts'
import type { Conclusion, RecordedIntent } from '../record/intent.ts'
import type { HandlerAnswer } from '../record/payment-event.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import { type Money, sameMoney } from '../values/money.ts'
import { type PaymentRef, paymentRef } from '../values/payment-ref.ts'

/**
 * `pending`: the customer of a withdrawal is choosing the account. `requested`: the customer waits for a decision. `accepted` does not
 * mean paid. `failed`: not sent, or it came back without having been confirmed. `returned`: it was confirmed and then came back.
 */
export type PayoutState = 'pending' | 'requested' | 'accepted' | 'unknown' | 'confirmed' | 'failed' | 'returned'

export interface PayoutAttempt {
  readonly ref: PaymentRef
  readonly kind: 'payout' | 'withdrawal'
  readonly state: PayoutState
  /** The expected amount or, for a withdrawal, the amount that the customer requested, which may differ. */
  readonly amount: Money
  /** The source of the confirmation. `elapsed`: no report, but the time in which it could fail has passed. */
  readonly confirmedBy: 'vendor' | 'lookup' | 'elapsed' | null
  /** Whether the response to the call was a refusal. */
  readonly refused: boolean
  /** The customer's request for the money of a withdrawal, if one was reported. */
  readonly request: FactOf<'withdrawal.requested'> | null
  readonly confirmations: readonly FactOf<'payout.confirmed'>[]
  /** Reports that the whole amount came back, or that the withdrawal was denied. */
  readonly failures: readonly FactOf<'payout.failed' | 'withdrawal.denied'>[]
  /** The answer of the application's handler to `withdrawal.requested`; null: no answer yet. */
  readonly reserved: boolean | null
  /** The decision that the vendor has accepted. */
  readonly decision: 'approved' | 'denied' | null
}

/** Money out that is not a refund: a payout or a withdrawal. Derived from a record, never set. */
export interface Payout {
  readonly kind: 'payout' | 'withdrawal'
  /** The ref of the attempt that counts: the furthest one, the newest among equals. */
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

/** Pure, and independent of the order of the reports. Null for a record without a payout or withdrawal. */
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
  const confirmedBy = sourceOf(confirmations)
  const failures = factsOf(own, 'payout.failed', 'withdrawal.denied').filter(
    (fact) =>
      fact.type === 'withdrawal.denied' ||
      ((fact.amount === null || sameMoney(fact.amount, amount)) && !isOverruled(fact, confirmations)),
  )
  const refused = conclusion?.state === 'refused'
  const emittedRequest = emitted.find(({ type, payment }) => type === 'withdrawal.requested' && payment === ref)
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
    reserved: reservedIn(emittedRequest?.answer),
    decision: has('withdrawal.approved') ? 'approved' : has('withdrawal.denied') ? 'denied' : null,
  }

  function stateOf(): PayoutState {
    // A refused call may have been executed all the same: later reports of the vendor take precedence.
    const isSent = has('payout.accepted') || has('payout.confirmed')
    const isReported = request !== null || isSent || has('withdrawal.approved')
    if (refused && !isReported) return 'failed'
    if (failures.length > 0) return confirmedBy ? 'returned' : 'failed'
    if (confirmedBy) return 'confirmed'
    if (has('withdrawal.approved') || isSent) return 'accepted'
    if (request) return 'requested'
    return intent.kind === 'withdrawal' ? 'pending' : sentState(conclusion)
  }
}

const reservedIn = (answer: HandlerAnswer | undefined): boolean | null =>
  answer !== undefined && answer !== 'ok' && 'reserved' in answer ? answer.reserved : null

/** A person may have checked too early and decided that a payout failed. Later confirmations take precedence. */
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

/** A vendor's own report takes precedence over a look-up, and a look-up over elapsed time. */
const sourceOf = (confirmations: readonly FactOf<'payout.confirmed'>[]): PayoutAttempt['confirmedBy'] => {
  const sources = new Set(confirmations.map(({ source }) => source))
  if (sources.has('vendor') || sources.has('person')) return 'vendor'
  if (sources.has('lookup')) return 'lookup'
  return sources.has('elapsed') ? 'elapsed' : null
}
