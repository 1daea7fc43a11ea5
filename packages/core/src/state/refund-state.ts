import { type Fact, type FactOf, factsOf, type RefundMatch } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { type Money, sameMoney, toMinorUnits } from '../values/money.ts'
import { type PaymentRef, paymentRef } from '../values/payment-ref.ts'
import { compare, groupBy } from '../values/sort-and-group.ts'

/** `accepted` does not mean paid. `failed`: not sent. `returned`: it was confirmed and then came back. */
export type RefundState = 'accepted' | 'unknown' | 'confirmed' | 'failed' | 'returned'

/** A refund that was requested. A refund whose call was refused is not listed, unless the vendor confirms that it was sent all the same. */
export interface Refund {
  readonly ref: PaymentRef
  readonly reference: string
  /** The attempt of the deposit whose money it returns. */
  readonly of: PaymentRef
  readonly amount: Money
  readonly state: RefundState
  /** Whether the response to its call was a refusal. */
  readonly refused: boolean
}

/** A refund's money that was confirmed or came back. If the vendor does not report which of several equal refunds it is, `refund` is null. */
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
  /** Failures that a person decided and that the vendor has contradicted since. */
  readonly overruled: readonly FactOf<'refund.failed'>[]
}

/** The refunds of a record, with their confirmations and returns. */
export const deriveRefunds = (intents: readonly RecordedIntent[], facts: readonly Fact[]): DerivedRefunds => {
  const confirmed = factsOf(facts, 'refund.confirmed')
  const confirmedByVendor = refundsOf(outcomesOf(confirmed.filter(({ source }) => source !== 'person')))
  // A person may have checked too early and decided that a refund failed. Later confirmations take precedence.
  const isOverruled = ({ source, refund, at }: FactOf<'refund.failed'>): boolean =>
    source === 'person' &&
    refund !== null &&
    (confirmedByVendor.has(refund) ||
      confirmed.some((fact) => fact.source === 'person' && fact.refund === refund && fact.at > at))
  const failed = factsOf(facts, 'refund.failed')
  const confirmations = outcomesOf(confirmed)
  const confirmedRefs = refundsOf(confirmations)
  // While it is not known which of several refunds was sent, each of them counts as sent.
  const maybeSent = new Set(confirmations.flatMap(({ refund, candidates }) => (refund === null ? candidates : [])))
  const refused = new Set(
    intents.flatMap(({ intent, conclusion }) => (conclusion?.state === 'refused' ? [paymentRef(intent)] : [])),
  )
  // A refused call was already rejected: its refund is neither listed nor reported as failed.
  const isRejected = (ref: PaymentRef | null): boolean =>
    ref !== null && refused.has(ref) && !confirmedRefs.has(ref) && !maybeSent.has(ref)
  const returns = outcomesOf(failed.filter((fact) => !isOverruled(fact))).filter(({ refund }) => !isRejected(refund))
  const failedRefs = refundsOf(returns)
  const refunds = intents.flatMap(({ intent, conclusion }): Refund[] => {
    const ref = paymentRef(intent)
    if (intent.kind !== 'refund' || !intent.of || isRejected(ref)) return []
    const isFailed = failedRefs.has(ref)
    const state = confirmedRefs.has(ref) ? (isFailed ? 'returned' : 'confirmed') : isFailed ? 'failed' : null
    // A refused call is never repeated, so its refund is not `unknown`.
    const sent = conclusion?.state === 'accepted' || refused.has(ref) ? 'accepted' : 'unknown'
    const { reference, of, expect: amount } = intent
    return [{ ref, reference, of, amount, state: state ?? sent, refused: refused.has(ref) }]
  })
  return { refunds, confirmations, returns, overruled: failed.filter(isOverruled) }
}

type RefundFact = FactOf<'refund.confirmed' | 'refund.failed'>

/**
 * Several facts that name the same refund are one outcome. A refund that only a person named explains one outcome for which the vendor
 * did not name a refund.
 */
const outcomesOf = (facts: readonly RefundFact[]): readonly RefundOutcome[] => {
  const ordered = [...facts].sort(byTime)
  const named = groupBy(
    ordered.filter(({ refund }) => refund !== null),
    ({ refund }) => refund ?? '',
  )
  let unnamed = ordered.filter(({ refund }) => refund === null)
  const explained: PaymentRef[] = []
  const outcomes = named.map((group): RefundOutcome => {
    const [{ refund }] = group
    const explainedFact = group.every(({ source }) => source === 'person')
      ? unnamed.find((fact) => isOneOf(fact, group[0]))
      : undefined
    if (!explainedFact || !refund) return toOutcome(group)
    unnamed = unnamed.filter((fact) => fact !== explainedFact)
    explained.push(refund)
    return { ...toOutcome([explainedFact, ...group]), refund, candidates: [refund] }
  })
  return [...outcomes, ...unnamed.map((fact) => without(explained, toOutcome([fact])))].sort(byTime)
}

const byTime = (a: RefundOutcome | RefundFact, b: RefundOutcome | RefundFact): number =>
  compare(a.at, b.at) || compare(a.key, b.key) || compare(a.vendorId, b.vendorId)

const isOneOf = ({ candidates, amount, intent }: RefundFact, named: RefundFact): boolean =>
  intent === named.intent &&
  named.refund !== null &&
  candidates.includes(named.refund) &&
  sameMoney(amount, named.amount)

const toOutcome = (facts: readonly [RefundFact, ...RefundFact[]]): RefundOutcome => {
  const [{ intent: of, vendorId, at, key, amount, refund, candidates }] = facts
  const evidence = [...new Set(facts.flatMap((fact) => fact.evidence))]
  const isSeparate = facts.some(({ separate }) => separate)
  return { of, vendorId, at, key, amount, refund, candidates, evidence, ...(isSeparate && { separate: true }) }
}

/** Removes the candidates that a person's decision explains. */
const without = (explained: readonly PaymentRef[], outcome: RefundOutcome): RefundOutcome => {
  const candidates = outcome.candidates.filter((ref) => !explained.includes(ref))
  const [only] = candidates
  if (only === undefined) return outcome
  return { ...outcome, candidates, refund: candidates.length === 1 && explained.length > 0 ? only : null }
}

/** The refunds that these outcomes are about. If there are as many outcomes as candidates, they are about all candidates. */
const refundsOf = (outcomes: readonly RefundOutcome[]): ReadonlySet<PaymentRef> =>
  new Set(
    outcomes.flatMap(({ refund, candidates, amount }) => {
      if (refund) return [refund]
      const equal = outcomes.filter(
        (other) => other.refund === null && sameMoney(other.amount, amount) && sameRefs(other.candidates, candidates),
      )
      return equal.length >= candidates.length ? candidates : []
    }),
  )

const sameRefs = (a: readonly PaymentRef[], b: readonly PaymentRef[]): boolean =>
  a.length === b.length && a.every((ref) => b.includes(ref))

/**
 * The sum of the refunds of one attempt in minor units: all money that may have reached the customer. Returns that name no refund are
 * subtracted only if at least one of their candidates is not known to have failed, so that no money is subtracted twice.
 */
export const takenByRefunds = (of: PaymentRef, { refunds, returns, confirmations }: DerivedRefunds): bigint => {
  const own = refunds.filter((refund) => refund.of === of)
  const isBack = (ref: PaymentRef): boolean =>
    own.some((refund) => refund.ref === ref && (refund.state === 'failed' || refund.state === 'returned'))
  const isRefused = (ref: PaymentRef): boolean => own.some((refund) => refund.ref === ref && isMaybeSent(refund))
  const sent = sumOf(own.filter((refund) => !isBack(refund.ref) && !isMaybeSent(refund)))
  // Of several refused calls only as many have moved money as the vendor has confirmed.
  const sentAllTheSame = sumOf(
    confirmations.filter(({ refund, candidates }) => refund === null && candidates.some(isRefused)),
  )
  const back = sumOf(
    returns.filter((returned) => returned.refund === null && returned.of === of && !returned.candidates.every(isBack)),
  )
  const taken = sent + sentAllTheSame - back
  return taken > 0n ? taken : 0n
}

/** A refused call of which the vendor may have confirmed the money. */
const isMaybeSent = ({ refused, state }: Refund): boolean => refused && state === 'accepted'

const sumOf = (amounts: readonly { readonly amount: Money }[]): bigint =>
  amounts.reduce((sum, { amount }) => sum + toMinorUnits(amount), 0n)
