import type { PaymentRef, Review } from '@railswitch/core'

type Listed = Pick<Review, 'id' | 'reason' | 'reference' | 'money' | 'vendorId'>

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
  /** A person has read the review at this time, in milliseconds since 1970, and resolved it. */
  readonly resolve: (id: string, readAt: number) => void
  /** When the review that was resolved was read last; undefined: it was not resolved. */
  readonly readAt: (id: string) => number | undefined
  readonly decide: (decision: Decision) => void
  readonly decisions: () => readonly Decision[]
  /** A restored backup may lack them. */
  readonly forgetDecisions: () => void
}

export const createReviewList = (): ReviewList => {
  const reviews = new Map<string, Listed>()
  const decisions: Decision[] = []
  const resolved = new Map<string, number>()
  return {
    add: (review) => void reviews.set(review.id, review),
    of: (reference) => [...reviews.values()].filter((review) => review.reference === reference),
    all: () => [...reviews.values()],
    resolve: (id, readAt) => void resolved.set(id, readAt),
    readAt: (id) => resolved.get(id),
    decide: (decision) => void decisions.push(decision),
    decisions: () => decisions,
    forgetDecisions: () => {
      decisions.length = 0
    },
  }
}
