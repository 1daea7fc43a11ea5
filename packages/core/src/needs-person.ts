import { isResolved } from './fold.ts'
import type { Thread } from './observation.ts'
import { standingOf } from './standing.ts'

/** Whether a person must decide something: there is a review, or news of a payment that is not known here. */
export const needsPerson = (thread: Thread): boolean => {
  const standing = standingOf(thread)
  if (standing) return standing.review.length > 0
  return thread.observations.some(({ id, fact }) => fact.type === 'unexplained' && !isResolved(id, thread.observations))
}
