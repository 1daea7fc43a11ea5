import { type Fact, type FactOf, factsOf } from '../record/fact.ts'
import type { ReviewReason } from '../record/review-reason.ts'
import { isOverruled, type Payout, type PayoutAttempt } from '../state/payout-state.ts'
import { sameMoney } from '../values/money.ts'
import type { Case } from './review.ts'

/** Money out that differs from what was sent, or from the response to its call. */
export const payoutCases = ({ attempts }: Payout, facts: readonly Fact[]): readonly Case[] =>
  attempts.flatMap((attempt) =>
    factsOf(facts, 'payout.failed', 'payout.confirmed', 'payout.accepted')
      .filter(({ intent }) => intent === attempt.ref)
      .flatMap((fact) =>
        payoutReasons(attempt, fact).map((reason): Case => {
          const money = fact.type === 'payout.accepted' ? attempt.amount : fact.amount
          const cause = reason === 'amount_differs' ? fact.type : ''
          return { reason, payment: attempt.ref, vendorId: fact.vendorId, at: fact.at, cause, ...(money && { money }) }
        }),
      ),
  )

const payoutReasons = (
  { amount, refused, state, confirmations }: PayoutAttempt,
  fact: FactOf<'payout.failed' | 'payout.confirmed' | 'payout.accepted'>,
): readonly ReviewReason[] => {
  const isSentThoughRefused = refused && (state === 'accepted' || state === 'confirmed')
  if (fact.type === 'payout.accepted') return isSentThoughRefused ? ['unexpected_payout'] : []
  const differs: ReviewReason[] = fact.amount !== null && !sameMoney(fact.amount, amount) ? ['amount_differs'] : []
  if (fact.type === 'payout.confirmed') return isSentThoughRefused ? [...differs, 'unexpected_payout'] : differs
  return isOverruled(fact, confirmations) ? [...differs, 'person_overruled'] : differs
}
