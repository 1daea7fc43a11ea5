import type { OpenWork } from '@railswitch/core'
import { waitAgain } from './schedule.ts'
import type { Part, Settling } from './settling.ts'

/** News that no handler has finished with is handled without the vendor. */
export const handleNews = async <Tx>({ pipeline, now }: Settling<Tx>, { unhandled }: OpenWork): Promise<Part> => {
  let handled = 0
  let failed = 0
  // Who the customer is was never kept: only the vendor's own redelivery brings it.
  const again = unhandled.filter(({ observation }) => observation.fact.type !== 'kyc.received')
  for (const { rail, observation } of again) {
    const outcome = await pipeline.handleAgain({
      rail,
      id: observation.id,
      vendorIds: [observation.vendorId],
      merchantReference: null,
      observe: () => observation,
    })
    if (outcome === 'handled') handled += 1
    if (outcome === 'failed' || outcome === 'not_kept') failed += 1
  }
  const isLeftOver = handled < again.length
  return { handled, failed, next: isLeftOver ? waitAgain(now(), again.at(-1)?.observation.at) : null }
}
