import { pendingFor } from '@railswitch/core'
import { waitAgain } from './schedule.ts'
import type { SyncPart } from './sync-part.ts'

/** Events that no handler has finished with are handled without the vendor. */
export const handlePending: SyncPart = async ({ pipeline, rules, now }, record) => {
  const [first] = pendingFor(rules.derive(record), null)
  if (!first) return { next: null }
  const outcome = await pipeline.handlePending(record.key)
  if (outcome === 'handled') return { handled: 1, next: null }
  return { failed: outcome === 'busy' ? 0 : 1, next: waitAgain(now(), first.event.at) }
}
