import { isResolved } from './fold.ts'
import type { Conclusion, RecordedIntent } from './intent.ts'
import { type Money, sameMoney } from './money.ts'
import type { Observation, Reason, Thread } from './observation.ts'
import { type PaymentRef, paymentRef } from './payment-ref.ts'

/**
 * `pending`, `requested`: a withdrawal's customer is choosing, and waits for a decision. `accepted` is never "paid".
 * `failed`: it was not sent, or was not known to be paid when it came back; `returned`: confirmed, and then it came back.
 */
export type PayoutState = 'pending' | 'requested' | 'accepted' | 'unknown' | 'confirmed' | 'failed' | 'returned'

export interface PayoutAttempt {
  readonly ref: PaymentRef
  readonly state: PayoutState
  /** What was asked for; a withdrawal's customer may have asked for something else. */
  readonly amount: Money
  /** Who said that it was paid; `elapsed`: nobody, but the time in which it could fail has passed. */
  readonly confirmedBy: 'vendor' | 'lookup' | 'elapsed' | null
  /** Whether a withdrawal's customer has asked for the money. */
  readonly requested: boolean
  /** False where the application said that it could not reserve the money. */
  readonly reserved: boolean
  /** Whether the answer to the call was a refusal. */
  readonly refused: boolean
  /** Whether anything was said of it beyond the answer to the call. */
  readonly told: boolean
}

/** Money out that is no refund: a payout or a withdrawal. Folded from a thread, never set. */
export interface Payout {
  readonly kind: 'payout' | 'withdrawal'
  /** Of the attempt that counts: the furthest one, the newest among equals. */
  readonly ref: PaymentRef
  readonly reference: string
  readonly state: PayoutState
  readonly amount: Money
  readonly attempts: readonly PayoutAttempt[]
  /** Why a person must look, unless one has. */
  readonly review: readonly Reason[]
  /** Names what is to be looked at, for `resolve`. */
  readonly reviewId: string
  /** ISO 8601: the newest observation, or the first intent. */
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

/** Null for a thread without a payout or withdrawal. Pure, idempotent, the same for any order of the observations. */
export const foldPayout = ({ intents, observations }: Thread): Payout | null => {
  const roots = intents.filter(({ intent }) => intent.kind === 'payout' || intent.kind === 'withdrawal')
  const [first] = roots
  if (!first) return null
  const distinct = [...new Map(observations.map((observation) => [observation.id, observation])).values()]
  const attempts = roots.map((recorded) => foldAttempt(recorded, distinct))
  const counting = attempts.reduce((a, b) => (rank[b.state] >= rank[a.state] ? b : a))
  const reasons = reasonsOf(attempts, distinct)
  const reviewId = `${counting.ref}:review.needed:${reasons.join('+')}`
  return {
    kind: first.intent.kind === 'payout' ? 'payout' : 'withdrawal',
    ref: counting.ref,
    reference: first.intent.reference,
    state: counting.state,
    amount: counting.amount,
    attempts,
    review: isResolved(reviewId, distinct) ? [] : reasons,
    reviewId,
    at: [first.begunAt, ...distinct.map(({ at }) => at)].sort().at(-1) ?? first.begunAt,
  }
}

const foldAttempt = ({ intent, conclusion }: RecordedIntent, observations: readonly Observation[]): PayoutAttempt => {
  const ref = paymentRef(intent)
  const told = observations.filter(({ subject, trust }) => subject === ref && trust !== 'claimed')
  const said = (type: Observation['fact']['type']): boolean => told.some(({ fact }) => fact.type === type)
  const amount =
    told.flatMap(({ fact }) => (fact.type === 'withdrawal.requested' ? [fact.amount] : []))[0] ?? intent.expect
  const confirmedBy = confirmerOf(told)
  const isPaid = told.some(({ fact, source }) => fact.type === 'payout.confirmed' && isVendor(source))
  // A person who saw nothing at the vendor may have looked too early: what the vendor says afterwards stands.
  const failed = told.some(
    ({ fact, source }) =>
      fact.type === 'payout.failed' && sameMoney(fact.amount, amount) && (source !== 'person' || !isPaid),
  )
  const requested = said('withdrawal.requested')
  return {
    ref,
    state: stateOf(),
    amount,
    confirmedBy,
    requested,
    reserved: !said('withdrawal.not_reserved'),
    refused: conclusion?.state === 'refused',
    told: told.length > 0,
  }

  function stateOf(): PayoutState {
    if (conclusion?.state === 'refused' && !confirmedBy) return 'failed'
    if (failed) return confirmedBy ? 'returned' : 'failed'
    if (confirmedBy) return 'confirmed'
    if (said('withdrawal.denied')) return 'failed'
    if (said('withdrawal.approved') || said('payout.accepted')) return 'accepted'
    if (requested) return 'requested'
    return intent.kind === 'withdrawal' ? 'pending' : sentState(conclusion)
  }
}

const isVendor = (source: Observation['source']): boolean => source !== 'person' && source !== 'elapsed'

const sentState = (conclusion: Conclusion | null): PayoutState =>
  conclusion?.state === 'accepted' ? 'accepted' : 'unknown'

/** A vendor's own word outranks a look-up's, and that the mere passing of time. */
const confirmerOf = (told: readonly Observation[]): PayoutAttempt['confirmedBy'] => {
  const sources = new Set(told.flatMap(({ fact, source }) => (fact.type === 'payout.confirmed' ? [source] : [])))
  if (sources.size === 0) return null
  if (sources.has('elapsed') && sources.size === 1) return 'elapsed'
  return sources.has('callback') || sources.has('report') || sources.has('person') ? 'vendor' : 'lookup'
}

const reasonsOf = (attempts: readonly PayoutAttempt[], observations: readonly Observation[]): readonly Reason[] => {
  const unknown = new Set<PaymentRef | null>(attempts.flatMap(({ ref, state }) => (state === 'unknown' ? [ref] : [])))
  const reasons = observations.flatMap(({ fact, subject, trust, source }): Reason[] => {
    if (fact.type === 'unexplained')
      return fact.reason !== 'outcome_unknown' || unknown.has(subject) ? [fact.reason] : []
    if ((fact.type !== 'payout.failed' && fact.type !== 'payout.confirmed') || trust === 'claimed') return []
    const attempt = attempts.find(({ ref }) => ref === subject)
    if (!attempt) return []
    const differs: Reason[] = sameMoney(attempt.amount, fact.amount) ? [] : ['amount_differs']
    if (fact.type === 'payout.failed' && source === 'person' && attempt.state === 'confirmed')
      return [...differs, 'person_overruled']
    return attempt.refused && fact.type === 'payout.confirmed' ? [...differs, 'unexpected_payout'] : differs
  })
  return [...new Set(reasons)].sort()
}
