import { type Fact, type FactOf, factsOf, type RefundMatch } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { groupBy } from '../values/group-by.ts'
import { type Money, sameMoney, toMinorUnits } from '../values/money.ts'
import { type PaymentRef, paymentRef } from '../values/payment-ref.ts'

/** `accepted` is never "paid". `failed`: not sent; `returned`: confirmed, and then it came back. */
export type RefundState = 'accepted' | 'unknown' | 'confirmed' | 'failed' | 'returned'

/** A refund that was asked for. One whose call was refused is none, unless the vendor confirms that it was sent after all. */
export interface Refund {
  readonly ref: PaymentRef
  readonly reference: string
  /** The attempt at the deposit that it draws on. */
  readonly of: PaymentRef
  readonly amount: Money
  readonly state: RefundState
  /** Whether the response to its call was a refusal. */
  readonly refused: boolean
}

/** A refund's money that came back, or was confirmed. Of equal refunds a vendor may not say which: then `refund` is null. */
export interface RefundOutcome extends RefundMatch {
  readonly of: PaymentRef
  readonly vendorId: string
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
  const byVendor = meantBy(outcomesOf(confirmed.filter(({ source }) => source !== 'person')))
  // A person who saw nothing at the vendor may have looked too early: what the vendor or a person reports afterwards stands.
  const isOverruled = ({ source, refund, at }: FactOf<'refund.failed'>): boolean =>
    source === 'person' &&
    refund !== null &&
    (byVendor.has(refund) ||
      confirmed.some((fact) => fact.source === 'person' && fact.refund === refund && fact.at > at))
  const failed = factsOf(facts, 'refund.failed')
  const confirmations = outcomesOf(confirmed)
  const confirmedRefs = meantBy(confirmations)
  // While it is not known which of several was sent, the money of each stays taken.
  const maybeSent = new Set(confirmations.flatMap(({ refund, candidates }) => (refund === null ? candidates : [])))
  const refused = new Set(
    intents.flatMap(({ intent, conclusion }) => (conclusion?.state === 'refused' ? [paymentRef(intent)] : [])),
  )
  // The call that was refused has said so itself.
  const isKnown = (ref: PaymentRef | null): boolean =>
    ref !== null && refused.has(ref) && !confirmedRefs.has(ref) && !maybeSent.has(ref)
  const returns = outcomesOf(failed.filter((fact) => !isOverruled(fact))).filter(({ refund }) => !isKnown(refund))
  const failedRefs = meantBy(returns)
  const refunds = intents.flatMap(({ intent, conclusion }): Refund[] => {
    const ref = paymentRef(intent)
    if (intent.kind !== 'refund' || !intent.of || isKnown(ref)) return []
    const isFailed = failedRefs.has(ref)
    const state = confirmedRefs.has(ref) ? (isFailed ? 'returned' : 'confirmed') : isFailed ? 'failed' : null
    // A call that was refused is never repeated.
    const sent = conclusion?.state === 'accepted' || refused.has(ref) ? 'accepted' : 'unknown'
    const { reference, of, expect: amount } = intent
    return [{ ref, reference, of, amount, state: state ?? sent, refused: refused.has(ref) }]
  })
  return { refunds, confirmations, returns, overruled: failed.filter(isOverruled) }
}

type RefundFact = FactOf<'refund.confirmed' | 'refund.failed'>

/** The same refund named by several facts is one outcome. What a person names is one of those that the vendor did not name. */
const outcomesOf = (facts: readonly RefundFact[]): readonly RefundOutcome[] => {
  const ordered = [...facts].sort(byTime)
  const named = groupBy(
    ordered.filter(({ refund }) => refund !== null),
    ({ refund }) => refund ?? '',
  )
  let unnamed = ordered.filter(({ refund }) => refund === null)
  const explained: PaymentRef[] = []
  const outcomes = named.map((same): RefundOutcome => {
    const [{ refund }] = same
    const meant = same.every(({ source }) => source === 'person')
      ? unnamed.find((fact) => isOneOf(fact, same[0]))
      : undefined
    if (!meant || !refund) return toOutcome(same)
    unnamed = unnamed.filter((fact) => fact !== meant)
    explained.push(refund)
    return { ...toOutcome([meant, ...same]), refund, candidates: [refund] }
  })
  return [...outcomes, ...unnamed.map((fact) => without(explained, toOutcome([fact])))].sort(byTime)
}

const byTime = (a: RefundOutcome | RefundFact, b: RefundOutcome | RefundFact): number =>
  compare(a.at, b.at) || compare(a.key, b.key) || compare(a.vendorId, b.vendorId)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const isOneOf = ({ candidates, amount, intent }: RefundFact, named: RefundFact): boolean =>
  intent === named.intent &&
  named.refund !== null &&
  candidates.includes(named.refund) &&
  sameMoney(amount, named.amount)

const toOutcome = (same: readonly [RefundFact, ...RefundFact[]]): RefundOutcome => {
  const [{ intent: of, vendorId, at, key, amount, refund, candidates }] = same
  const evidence = [...new Set(same.flatMap((fact) => fact.evidence))]
  const isSeparate = same.some(({ separate }) => separate)
  return { of, vendorId, at, key, amount, refund, candidates, evidence, ...(isSeparate && { separate: true }) }
}

/** What a person has explained is not one of the others. */
const without = (explained: readonly PaymentRef[], outcome: RefundOutcome): RefundOutcome => {
  const candidates = outcome.candidates.filter((ref) => !explained.includes(ref))
  const [only] = candidates
  if (only === undefined) return outcome
  return { ...outcome, candidates, refund: candidates.length === 1 && explained.length > 0 ? only : null }
}

/** When as many outcomes came as there are candidates, each candidate is meant. */
const meantBy = (outcomes: readonly RefundOutcome[]): ReadonlySet<PaymentRef> =>
  new Set(
    outcomes.flatMap(({ refund, candidates, amount }) => {
      if (refund) return [refund]
      const alike = outcomes.filter(
        (other) => other.refund === null && sameMoney(other.amount, amount) && sameRefs(other.candidates, candidates),
      )
      return alike.length >= candidates.length ? candidates : []
    }),
  )

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
