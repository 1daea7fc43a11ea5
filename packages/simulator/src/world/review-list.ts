import type { PaymentRef, Review } from '@railswitch/core'

type Listed = Pick<Review, 'id' | 'reason' | 'reference' | 'money'>

/** What a person has found out in the vendor's books. */
export interface Decision {
  readonly payment: PaymentRef
  readonly reference: string
  readonly as: 'credited' | 'confirmed' | 'failed'
}

/** Every review that was open at some time, and what people have decided. */
export interface ReviewList {
  readonly add: (review: Review) => void
  /** The reviews of the payment with this reference, each once. */
  readonly of: (reference: string) => readonly Listed[]
  readonly all: () => readonly Listed[]
  readonly decide: (decision: Decision) => void
  readonly decisions: () => readonly Decision[]
  /** A restored backup may lack them. */
  readonly forgetDecisions: () => void
}

export const createReviewList = (): ReviewList => {
  const reviews = new Map<string, Listed>()
  const decisions: Decision[] = []
  return {
    add: (review) => void reviews.set(review.id, review),
    of: (reference) => [...reviews.values()].filter((review) => review.reference === reference),
    all: () => [...reviews.values()],
    decide: (decision) => void decisions.push(decision),
    decisions: () => decisions,
    forgetDecisions: () => {
      decisions.length = 0
    },
  }
}
