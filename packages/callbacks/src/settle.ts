import type { Store } from '@railswitch/core'
import type { Pipeline } from './pipeline.ts'

/** What one run of `settle` did. */
export interface NewsSettled {
  /** News that handlers had not finished with, and now have. */
  readonly handled: number
  /** Tried again and failed again; the log says why. */
  readonly failed: number
}

/** Handles the news that was kept but not handled, without the vendor. Safe in several processes at once. */
export const settleNews = async <Tx>(store: Store<Tx>, pipeline: Pipeline, before: string): Promise<NewsSettled> => {
  let handled = 0
  let failed = 0
  for await (const { unhandled } of store.open(before))
    for (const { rail, observation } of unhandled) {
      const outcome = await pipeline.handleAgain({
        rail,
        id: observation.id,
        vendorIds: [observation.vendorId],
        merchantReference: null,
        observe: () => observation,
      })
      if (outcome === 'handled') handled += 1
      if (outcome === 'failed') failed += 1
    }
  return { handled, failed }
}
