import { type Fact, type FactOf, factsOf, type MandateEnding, type MandateState } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import { type PaymentRef, paymentRef } from '../values/payment-ref.ts'
import { compare } from '../values/sort-and-group.ts'

/** A customer's permission to charge a bank account. Derived from a record, never set. */
export interface Mandate {
  readonly kind: 'mandate'
  /** The ref of the attempt that counts: the furthest one, the newest among equals. */
  readonly ref: PaymentRef
  readonly reference: string
  /** `pending`: not signed, or not registered yet. Charges are allowed only while it is `active`. */
  readonly state: MandateState
  /** The vendor's id of the account that is charged; null unless it is known and `pending` or `active`. */
  readonly account: string | null
  /** Why it is `revoked`; otherwise null. `refused`: the response to its call was a refusal. */
  readonly reason: MandateEnding | 'refused' | null
  readonly attempts: readonly MandateAttempt[]
  /** ISO 8601: the newest report, or the first intent. */
  readonly at: string
}

export interface MandateAttempt extends Pick<Mandate, 'ref' | 'state' | 'account' | 'reason'> {
  /** The vendor reported an account of it, so that the customer has signed it. */
  readonly isSigned: boolean
  /** ISO 8601: when it was last reported that it may not be charged; null unless it is `revoked` or `moved`. */
  readonly inactiveSince: string | null
}

const rank: Record<MandateState, number> = { revoked: 0, pending: 1, moved: 2, active: 3 }

/** Null for a record without a mandate. Pure, and independent of the order of the reports. */
export const deriveMandate = ({ intents, reports }: PaymentRecord, facts: readonly Fact[]): Mandate | null => {
  const mandates = intents.filter(({ intent }) => intent.kind === 'mandate')
  const [first] = mandates
  if (!first) return null
  const attempts = mandates.map((recorded) => deriveAttempt(recorded, facts))
  const { ref, state, account, reason } = attempts.reduce((a, b) => (rank[b.state] >= rank[a.state] ? b : a))
  return {
    kind: 'mandate',
    ref,
    reference: first.intent.reference,
    state,
    account,
    reason,
    attempts,
    at: [first.begunAt, ...reports.map(({ at }) => at)].sort().at(-1) ?? first.begunAt,
  }
}

export const mandateFacts = ['mandate.pending', 'mandate.active', 'mandate.moved', 'mandate.revoked'] as const
export type MandateFact = FactOf<(typeof mandateFacts)[number]>

const deriveAttempt = ({ intent, conclusion }: RecordedIntent, facts: readonly Fact[]): MandateAttempt => {
  const ref = paymentRef(intent)
  const own = factsOf(facts, ...mandateFacts).filter((fact) => fact.intent === ref)
  const isSigned = own.some(({ type }) => type !== 'mandate.revoked')
  const [ending] = byTime(factsOf(own, 'mandate.revoked'))
  if (ending || conclusion?.state === 'refused')
    return {
      ref,
      state: 'revoked',
      account: null,
      reason: ending?.reason ?? 'refused',
      isSigned,
      inactiveSince: ending?.at ?? null,
    }
  const [active] = byKey(factsOf(own, 'mandate.active')).slice(-1)
  if (active) return { ref, state: 'active', account: active.account, reason: null, isSigned, inactiveSince: null }
  const [moved] = byTime(factsOf(own, 'mandate.moved')).slice(-1)
  if (moved) return { ref, state: 'moved', account: null, reason: null, isSigned, inactiveSince: moved.at }
  const [pending] = byKey(factsOf(own, 'mandate.pending')).slice(-1)
  return { ref, state: 'pending', account: pending?.account ?? null, reason: null, isSigned, inactiveSince: null }
}

const byTime = <F extends MandateFact>(facts: readonly F[]): readonly F[] =>
  [...facts].sort((a, b) => compare(a.at, b.at) || compare(a.key, b.key))

/** Whatever the order in which they were received. */
const byKey = <F extends MandateFact>(facts: readonly F[]): readonly F[] =>
  [...facts].sort((a, b) => compare(a.key, b.key))
