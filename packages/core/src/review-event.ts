import type { PaymentEvent } from './payment-event.ts'
import type { Standing } from './standing.ts'

/** `review.needed`, when a reason has come that was not there before. */
export const reviewEvent = (before: Standing | null, after: Standing): readonly PaymentEvent[] => {
  const { ref: payment, reference, at, review, reviewId: id } = after
  const [first, ...rest] = review
  const grown = review.some((reason) => !before?.review.includes(reason))
  return grown && first ? [{ type: 'review.needed', id, payment, reference, at, reasons: [first, ...rest] }] : []
}
