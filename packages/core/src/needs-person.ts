import { fold, isResolved } from './fold.ts'
import type { Thread } from './observation.ts'

/** Whether a person must decide something: there is a review, or news of a payment that is not known here. */
export const needsPerson = (thread: Thread): boolean => {
  const payment = fold(thread)
  if (payment) return payment.review.length > 0
  return thread.observations.some(({ id, fact }) => fact.type === 'unexplained' && !isResolved(id, thread.observations))
}
