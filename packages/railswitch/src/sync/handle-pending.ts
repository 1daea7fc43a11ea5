import { pendingEventsFor } from '@railswitch/core'
import { retryAt, type SyncStep } from './sync-step.ts'

/** Handles pending events. No call to the vendor is needed. */
export const handlePending: SyncStep = async ({ pipeline, rules, now }, record) => {
  const [first] = pendingEventsFor(rules.derive(record), null)
  if (!first) return { next: null }
  const outcome = await pipeline.handlePending(record.key)
  if (outcome === 'handled') return { handled: 1, next: null }
  return { failed: outcome === 'busy' ? 0 : 1, next: retryAt(now(), first.event.at) }
}
