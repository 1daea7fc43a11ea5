import type { Store } from '@railswitch/core'

/** A store whose payments can be put aside: comparisons of books still find them, and everything else is faster without them. */
export const archivingStore = (create: () => Store<void>): Store<void> & { readonly archive: () => void } => {
  const archived: Store<void>[] = []
  let current = create()
  const all = (): readonly Store<void>[] => [...archived, current]
  return {
    durable: false,
    archive: () => {
      archived.push(current)
      current = create()
    },
    begin: (...given) => current.begin(...given),
    conclude: (...given) => current.conclude(...given),
    claim: (...given) => current.claim(...given),
    claimRecord: (...given) => current.claimRecord(...given),
    complete: (...given) => current.complete(...given),
    release: (...given) => current.release(...given),
    leaseDue: (...given) => current.leaseDue(...given),
    reschedule: (...given) => current.reschedule(...given),
    find: (...given) => current.find(...given),
    findByVendorId: (...given) => current.findByVendorId(...given),
    erasePersonalData: (...given) => current.erasePersonalData(...given),
    reviews: (...given) => current.reviews(...given),
    async *happenedBetween(span) {
      for (const store of all()) yield* store.happenedBetween(span)
    },
  }
}
