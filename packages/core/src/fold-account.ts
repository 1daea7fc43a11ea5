import { isResolved } from './fold.ts'
import type { RecordedIntent } from './intent.ts'
import type { Observation, Reason, Thread } from './observation.ts'
import { type PaymentRef, paymentRef } from './payment-ref.ts'

/** An account that a customer was asked to choose. Folded from a thread, never set. */
export interface Account {
  readonly kind: 'account'
  /** Of the attempt that counts: the one that was answered, else the newest. */
  readonly ref: PaymentRef
  readonly reference: string
  readonly state: 'pending' | 'received' | 'not_received'
  /** The vendor's id of it. */
  readonly account: string | null
  /** Whether charges of it are allowed. */
  readonly mandate: boolean
  /** Why a person must look, unless one has. */
  readonly review: readonly Reason[]
  /** Names what is to be looked at, for `resolve`. */
  readonly reviewId: string
  /** ISO 8601: the newest observation, or the first intent. */
  readonly at: string
}

const rank = { not_received: 0, pending: 1, received: 2 }

/** Null for a thread in which no account was asked for. Pure, idempotent. */
export const foldAccount = ({ intents, observations }: Thread): Account | null => {
  const roots = intents.filter(({ intent }) => intent.kind === 'account')
  const [first] = roots
  if (!first) return null
  const distinct = [...new Map(observations.map((observation) => [observation.id, observation])).values()]
  const attempts = roots.map((recorded) => foldAttempt(recorded, distinct))
  const counting = attempts.reduce((a, b) => (rank[b.state] >= rank[a.state] ? b : a))
  const reasons = distinct.flatMap(({ fact }) => (fact.type === 'unexplained' ? [fact.reason] : []))
  const review = [...new Set(reasons)].sort()
  const reviewId = `${counting.ref}:review.needed:${review.join('+')}`
  return {
    kind: 'account',
    ...counting,
    reference: first.intent.reference,
    review: isResolved(reviewId, distinct) ? [] : review,
    reviewId,
    at: [first.begunAt, ...distinct.map(({ at }) => at)].sort().at(-1) ?? first.begunAt,
  }
}

const foldAttempt = (
  { intent, conclusion }: RecordedIntent,
  observations: readonly Observation[],
): Pick<Account, 'ref' | 'state' | 'account' | 'mandate'> => {
  const ref = paymentRef(intent)
  const told = observations.filter(({ subject, trust }) => subject === ref && trust !== 'claimed')
  const received = told.flatMap(({ fact }) => (fact.type === 'account.received' ? [fact] : []))
  const ended = conclusion?.state === 'refused' || told.some(({ fact }) => fact.type === 'account.not_received')
  return {
    ref,
    state: received.length > 0 ? 'received' : ended ? 'not_received' : 'pending',
    account: received.at(-1)?.account ?? null,
    mandate: received.some(({ mandate }) => mandate === true),
  }
}
