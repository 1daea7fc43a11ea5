import { randomUUID } from 'node:crypto'
import { pendingEventsFor } from '../../derivation/derive-record.ts'
import type { RecordRules } from '../record-rules.ts'
import type { ClaimResult, Store } from '../store.ts'
import { place } from './placement.ts'
import { type MemoryRecord, readRecord } from './records.ts'
import type { MemoryState } from './state.ts'

export const createClaim = (state: MemoryState): Pick<Store, 'claim' | 'claimRecord'> => ({
  async claim(arrival, leaseMs, rules) {
    const { dropped, ...placed } = place(state, arrival)
    return { ...leaseIfPending(placed, { leaseMs, rules, now: state.now }), ...(dropped > 0 && { dropped }) }
  },

  async claimRecord(key, leaseMs, rules) {
    const record = state.records.get(key)
    return record ? leaseIfPending({ record, reportId: null }, { leaseMs, rules, now: state.now }) : null
  },
})

/** Leases the record if an event waits to be handled and no other worker has a lease of it. */
const leaseIfPending = (
  { record, reportId }: { readonly record: MemoryRecord; readonly reportId: string | null },
  { leaseMs, rules, now }: { readonly leaseMs: number; readonly rules: RecordRules; readonly now: () => Date },
): ClaimResult => {
  const claimed = { record: readRecord(record), reportId }
  if (pendingEventsFor(rules.derive(claimed.record), reportId).length === 0) return { state: 'idle', ...claimed }
  if (record.lease && record.lease.until > now().getTime()) return { state: 'busy', ...claimed }
  const lease = randomUUID()
  record.lease = { token: lease, until: now().getTime() + leaseMs }
  return { state: 'leased', lease, ...claimed }
}
