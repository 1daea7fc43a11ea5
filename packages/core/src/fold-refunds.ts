import { groupBy } from './group-by.ts'
import type { RecordedIntent } from './intent.ts'
import { type Money, toMinorUnits } from './money.ts'
import type { Observation, RefundLeg } from './observation.ts'
import { type PaymentRef, paymentRef } from './payment-ref.ts'

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

/** A refund's money that came back. Of two equal refunds a vendor may not say which: then `refund` is null. */
export interface Return extends RefundLeg {
  readonly of: PaymentRef
  /** Counts the returns of one candidate set, from 1. */
  readonly nth: number
}

/** Refunds with their states, the returns, and whether a person's word was overruled; observations must be distinct. */
export const foldRefunds = (
  intents: readonly RecordedIntent[],
  observations: readonly Observation[],
): { readonly refunds: readonly Refund[]; readonly returns: readonly Return[]; readonly overruled: boolean } => {
  const asked = intents.filter(({ intent, conclusion }) => intent.kind === 'refund' && conclusion?.state !== 'refused')
  const confirmations = legsOf(observations, 'refund.confirmed')
  const confirmed = new Set(confirmations.flatMap(attributed))
  const byVendor = new Set(confirmations.filter(({ source }) => source !== 'person').flatMap(attributed))
  // A person who saw nothing at the vendor may have looked too early: what the vendor says afterwards stands.
  const isOverruled = ({ source, refund }: ObservedLeg): boolean =>
    source === 'person' && refund !== null && byVendor.has(refund)
  const failures = legsOf(observations, 'refund.failed')
  const returns = foldReturns(failures.filter((leg) => !isOverruled(leg)))
  const failed = new Set(returns.flatMap(refundsOf(returns)))
  const refunds = asked.flatMap(({ intent, conclusion }): Refund[] => {
    if (!intent.of) return []
    const ref = paymentRef(intent)
    return [{ ref, reference: intent.reference, of: intent.of, amount: intent.expect, state: stateOf(ref, conclusion) }]
  })
  return { refunds, returns, overruled: failures.some(isOverruled) }

  function stateOf(ref: PaymentRef, conclusion: RecordedIntent['conclusion']): RefundState {
    if (failed.has(ref)) return confirmed.has(ref) ? 'returned' : 'failed'
    if (confirmed.has(ref)) return 'confirmed'
    return conclusion?.state === 'accepted' ? 'accepted' : 'unknown'
  }
}

/**
 * What refunds of one attempt took, in minor units: all that may be with the customer. Of returns that name no refund, those
 * count that no failed candidate explains: too little comes back rather than too much.
 */
export const takenByRefunds = (of: PaymentRef, refunds: readonly Refund[], returns: readonly Return[]): bigint => {
  const own = refunds.filter((refund) => refund.of === of)
  const isBack = (ref: PaymentRef): boolean =>
    own.some((refund) => refund.ref === ref && (refund.state === 'failed' || refund.state === 'returned'))
  const sent = own.filter(({ ref }) => !isBack(ref)).reduce((sum, { amount }) => sum + toMinorUnits(amount), 0n)
  const unnamed = returns.filter((returned) => returned.refund === null && returned.of === of)
  const back = groupBy(unnamed, keyOf).reduce((sum, alike) => {
    const [{ amount, candidates }] = alike
    const unexplained = alike.length - candidates.filter(isBack).length
    return unexplained > 0 ? sum + toMinorUnits(amount) * BigInt(unexplained) : sum
  }, 0n)
  return sent > back ? sent - back : 0n
}

interface ObservedLeg extends RefundLeg {
  readonly source: Observation['source']
  readonly of: PaymentRef
  readonly method: string
}

const legsOf = (
  observations: readonly Observation[],
  type: 'refund.confirmed' | 'refund.failed',
): readonly ObservedLeg[] =>
  observations.flatMap(({ fact, subject, word, trust, source }) =>
    fact.type === type && subject && trust !== 'claimed' ? [{ ...fact, of: subject, method: word.method, source }] : [],
  )

const attributed = ({ refund }: RefundLeg): readonly PaymentRef[] => (refund ? [refund] : [])

/** One failure may be told by several methods (`payoutfailed`, then `credit`): per method they add up, over methods not. */
const foldReturns = (legs: readonly ObservedLeg[]): readonly Return[] =>
  [...groupBy(legs, keyOf)]
    .sort(([a], [b]) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .flatMap((alike) => {
      const [{ amount, refund, candidates, of }] = alike as [ObservedLeg, ...ObservedLeg[]]
      const perMethod = groupBy(alike, ({ method }) => method).map((told) => told.length)
      const times = refund ? 1 : Math.min(Math.max(...perMethod), candidates.length)
      const named = [...candidates].sort()
      return Array.from({ length: times }, (_, index) => ({ amount, refund, candidates: named, of, nth: index + 1 }))
    })

const keyOf = ({ refund, candidates, amount }: RefundLeg): string =>
  refund ?? `${amount.value} ${[...candidates].sort().join(' ')}`

/** When as many returns came as there are candidates, each candidate came back. */
const refundsOf =
  (returns: readonly Return[]) =>
  (returned: Return): readonly PaymentRef[] => {
    if (returned.refund) return [returned.refund]
    const times = returns.filter((other) => keyOf(other) === keyOf(returned)).length
    return times === returned.candidates.length ? returned.candidates : []
  }
