import { type Fact, factsOf } from '../record/fact.ts'
import type { ReviewReason } from '../record/review-reason.ts'
import { isDepositState, isWithoutMoney, type PaymentState } from '../state/payment-state.ts'
import type { RefundState } from '../state/refund-state.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import type { Case } from './review.ts'

/** Reviews that close when the payment is no longer open, with the states of a refund that is open in this sense. */
const closedWithPayment: ReadonlyMap<ReviewReason, readonly RefundState[]> = new Map([
  ['overdue', ['unknown', 'accepted']],
  ['outcome_unknown', ['unknown']],
])

/** Cases that the providers could not decide. */
export const factCases = (state: PaymentState, facts: readonly Fact[]): readonly Case[] => {
  return factsOf(facts, 'review').flatMap(({ reason, intent: payment, vendorId, at, key, money }) => {
    const openRefunds = closedWithPayment.get(reason)
    return openRefunds && !openRefs(state, openRefunds).has(payment)
      ? []
      : [{ reason, payment, vendorId, at, cause: key, ...(money && { money }) }]
  })
}

const openRefs = (state: PaymentState, openRefunds: readonly RefundState[]): ReadonlySet<PaymentRef> => {
  if (!isDepositState(state)) {
    if (isWithoutMoney(state)) return new Set()
    return new Set(state.attempts.flatMap(({ ref, state: one }) => (one === 'unknown' ? [ref] : [])))
  }
  return new Set([
    ...state.attempts.flatMap(({ ref, state: one }) => (one === 'pending' || one === 'not_credited_yet' ? [ref] : [])),
    ...state.refunds.flatMap(({ ref, state: one }) => (openRefunds.includes(one) ? [ref] : [])),
  ])
}
