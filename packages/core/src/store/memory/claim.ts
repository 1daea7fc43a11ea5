import { pendingEventsFor } from '../../derivation/derive-record.ts'
import type { RecordRules } from '../record-rules.ts'
import type { ClaimResult, Store } from '../store.ts'
import { place } from './placement.ts'
import { type MemoryRecord, readRecord } from './records.ts'
import type { MemoryState } from './state.ts'

export const createClaim = (state: MemoryState): Pick<Store, 'claim' | 'claimRecord'> => ({
  async claim(arrival, leaseMs, rules) {
    const { dropped, ...placed } = place(state, arrival)
    return { ...leaseIfPending(state, placed, { leaseMs, rules }), ...(dropped > 0 && { dropped }) }
  },

  async claimRecord(key, leaseMs, rules) {
    const record = state.records.get(key)
    return record ? leaseIfPending(state, { record, reportId: null }, { leaseMs, rules }) : null
  },
})

/** Leases the record if an event waits to be handled and no other worker has a lease of it. */
const leaseIfPending = (
  { now, randomUUID }: MemoryState,
  { record, reportId }: { readonly record: MemoryRecord; readonly reportId: string | null },
  { leaseMs, rules }: { readonly leaseMs: number; readonly rules: RecordRules },
): ClaimResult => {
  const claimed = { record: readRecord(record), reportId }
  if (pendingEventsFor(rules.derive(claimed.record), reportId).length === 0) return { state: 'idle', ...claimed }
  if (record.lease && record.lease.until > now().getTime()) return { state: 'busy', ...claimed }
  const lease = randomUUID()
  record.lease = { token: lease, until: now().getTime() + leaseMs }
  return { state: 'leased', lease, ...claimed }
}
