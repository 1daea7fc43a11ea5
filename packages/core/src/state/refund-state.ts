import { groupBy } from '../group-by.ts'
import type { RecordedIntent } from '../intent.ts'
import { type Money, sameMoney, toMinorUnits } from '../money.ts'
import { type PaymentRef, paymentRef } from '../payment-ref.ts'
import { type Fact, type FactOf, factsOf, type RefundMatch } from '../record/fact.ts'

/** `accepted` is never "paid". `failed`: not sent; `returned`: confirmed, and then it came back. */
export type RefundState = 'accepted' | 'unknown' | 'confirmed' | 'failed' | 'returned'

/** A refund that was asked for and not refused. */
export interface Refund {
  readonly ref: PaymentRef
  readonly reference: string
  /** The attempt at the deposit that it draws on. */
  readonly of: PaymentRef
  readonly amount: Money
  readonly state: RefundState
}

/** A refund's money that came back, or was confirmed. Of equal refunds a vendor may not say which: then `refund` is null. */
export interface RefundOutcome extends RefundMatch {
  readonly of: PaymentRef
  readonly at: string
  readonly key: string
  readonly evidence: readonly string[]
  readonly separate?: true
}

export interface DerivedRefunds {
  readonly refunds: readonly Refund[]
  readonly confirmations: readonly RefundOutcome[]
  readonly returns: readonly RefundOutcome[]
  /** Failures by a person's word that the vendor has contradicted since. */
  readonly overruled: readonly FactOf<'refund.failed'>[]
}

/** The refunds of a record, with what came back. */
export const deriveRefunds = (intents: readonly RecordedIntent[], facts: readonly Fact[]): DerivedRefunds => {
  const confirmed = factsOf(facts, 'refund.confirmed')
  const byVendor = new Set(confirmed.flatMap(({ source, refund }) => (source === 'person' ? [] : [refund])))
  // A person who saw nothing at the vendor may have looked too early: what the vendor reports afterwards stands.
  const isOverruled = ({ source, refund }: FactOf<'refund.failed'>): boolean =>
    source === 'person' && refund !== null && byVendor.has(refund)
  const failed = factsOf(facts, 'refund.failed')
  const confirmations = merged(confirmed)
  const returns = merged(failed.filter((fact) => !isOverruled(fact)))
  const failedRefs = new Set(returns.flatMap(refundsOf(returns)))
  const confirmedRefs = new Set(confirmations.flatMap(refundsOf(confirmations)))
  const refunds = intents.flatMap(({ intent, conclusion }): Refund[] => {
    if (intent.kind !== 'refund' || !intent.of || conclusion?.state === 'refused') return []
    const ref = paymentRef(intent)
    const isFailed = failedRefs.has(ref)
    const state = confirmedRefs.has(ref) ? (isFailed ? 'returned' : 'confirmed') : isFailed ? 'failed' : null
    const sent = conclusion?.state === 'accepted' ? 'accepted' : 'unknown'
    return [{ ref, reference: intent.reference, of: intent.of, amount: intent.expect, state: state ?? sent }]
  })
  return { refunds, confirmations, returns, overruled: failed.filter(isOverruled) }
}

/** The same refund named by several facts is one outcome. */
const merged = (facts: readonly FactOf<'refund.confirmed' | 'refund.failed'>[]): readonly RefundOutcome[] =>
  groupBy(facts, ({ refund, key, intent, vendorId }) => refund ?? `${intent} ${vendorId} ${key}`).map((same) => {
    const [{ intent: of, at, key, amount, refund, candidates, separate }] = same
    const evidence = [...new Set(same.flatMap((fact) => fact.evidence))]
    return { of, at, key, amount, refund, candidates, evidence, ...(separate && { separate }) }
  })

/** When as many outcomes came as there are candidates, each candidate is meant. */
const refundsOf =
  (outcomes: readonly RefundOutcome[]) =>
  ({ refund, candidates, amount }: RefundOutcome): readonly PaymentRef[] => {
    if (refund) return [refund]
    const alike = outcomes.filter(
      (other) => other.refund === null && sameMoney(other.amount, amount) && sameRefs(other.candidates, candidates),
    )
    return alike.length >= candidates.length ? candidates : []
  }

const sameRefs = (a: readonly PaymentRef[], b: readonly PaymentRef[]): boolean =>
  a.length === b.length && a.every((ref) => b.includes(ref))

/**
 * What refunds of one attempt took, in minor units: all that may be with the customer. Of returns that name no refund, those
 * count that no failed candidate explains: too little comes back rather than too much.
 */
export const takenByRefunds = (of: PaymentRef, { refunds, returns }: DerivedRefunds): bigint => {
  const own = refunds.filter((refund) => refund.of === of)
  const isBack = (ref: PaymentRef): boolean =>
    own.some((refund) => refund.ref === ref && (refund.state === 'failed' || refund.state === 'returned'))
  const sent = own.filter(({ ref }) => !isBack(ref)).reduce((sum, { amount }) => sum + toMinorUnits(amount), 0n)
  const unnamed = returns.filter(
    (returned) => returned.refund === null && returned.of === of && !returned.candidates.every(isBack),
  )
  const back = unnamed.reduce((sum, { amount }) => sum + toMinorUnits(amount), 0n)
  return sent > back ? sent - back : 0n
}
