import type { Store } from '@railswitch/core'

export interface Failing {
  /** The call, counted from the next one, that fails once; null: none. */
  nth: number | null
  /** Whether it has failed. */
  hasFailed: boolean
  readonly error: unknown
}

export const failingOnce = (error: unknown = Object.assign(new Error('marked-driver'), { code: '57P01' })): Failing & { count(): void } => {
  const failing: Failing & { count(): void } = {
    nth: null,
    hasFailed: false,
    error,
    count() {
      if (failing.nth === null) return
      failing.nth -= 1
      if (failing.nth > 0) return
      failing.nth = null
      failing.hasFailed = true
      throw failing.error
    },
  }
  return failing
}

/** The store with `count` before each call of a method. */
export const countedStore = <Tx>(store: Store<Tx>, count: () => void): Store<Tx> => ({
  ...store,
  begin: async (...given) => (count(), store.begin(...given)),
  conclude: async (...given) => (count(), store.conclude(...given)),
  find: async (...given) => (count(), store.find(...given)),
  claim: async (...given) => (count(), store.claim(...given)),
  claimRecord: async (...given) => (count(), store.claimRecord(...given)),
  complete: async (...given) => (count(), store.complete(...given)),
  release: async (...given) => (count(), store.release(...given)),
  leaseDue: async (...given) => (count(), store.leaseDue(...given)),
  reschedule: async (...given) => (count(), store.reschedule(...given)),
  erasePersonalData: async (...given) => (count(), store.erasePersonalData(...given)),
  async *reviews(...given) {
    count()
    yield* store.reviews(...given)
  },
})
