/** Every review that was open at some time, by the payment that it is about. */
export interface ReviewList {
  readonly add: (reason: string, reference: string | null) => void
  readonly of: (reference: string) => readonly string[]
  readonly all: () => readonly string[]
}

export const createReviewList = (): ReviewList => {
  const reasons = new Map<string, Set<string>>()
  const of = (reference: string): readonly string[] => [...(reasons.get(reference) ?? [])]
  return {
    add: (reason, reference) => {
      const key = reference ?? 'no payment'
      reasons.set(key, (reasons.get(key) ?? new Set()).add(reason))
    },
    of,
    all: () => [...reasons.keys()].flatMap((reference) => of(reference).map((reason) => `${reason} of ${reference}`)),
  }
}
