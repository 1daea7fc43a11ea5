import { pendingEventsFor } from '../../derivation/derive-record.ts'
import { compare } from '../../values/sort-and-group.ts'
import type { RecordRules } from '../record-rules.ts'
import type { ClaimResult, Store } from '../store.ts'
import { withTimeout } from '../write-timeout.ts'
import { type MemoryState, place } from './place-report.ts'
import { type MemoryRecord, readRecord } from './records.ts'

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

export const createLeases = (state: MemoryState): Pick<Store<void>, 'complete' | 'release'> => {
  const { records, now } = state
  const byLease = (lease: string): MemoryRecord | undefined => records.all().find((one) => one.lease?.token === lease)

  return {
    async complete(lease, { emitted, isLast, write, timeoutMs }) {
      const record = byLease(lease)
      if (!record?.lease) return false
      // A lease that ended while `write` runs would let another worker handle the same event.
      record.lease.until = Number.POSITIVE_INFINITY
      try {
        if (write) await withTimeout(write(), timeoutMs, state)
      } catch (error) {
        if (record.lease?.token === lease) record.lease = null
        throw error
      }
      record.emitted.push(emitted)
      records.touch(record)
      if (isLast) record.lease = null
      else record.lease.until = now().getTime() + timeoutMs * 2
      return true
    },

    async release(lease) {
      const record = byLease(lease)
      if (record) record.lease = null
    },
  }
}

export const createDue = ({ records, randomUUID }: MemoryState): Pick<Store, 'leaseDue' | 'reschedule'> => ({
  async leaseDue({ before, until, limit }) {
    const due = records.all().filter((record) => record.due !== null && record.due <= before)
    const first = due.sort((a, b) => compare(a.due ?? '', b.due ?? '')).slice(0, limit)
    return first.map((record) => {
      const lease = randomUUID()
      Object.assign(record, { due: until, dueLease: lease })
      return { lease, record: readRecord(record) }
    })
  },

  async reschedule(lease, due) {
    const record = records.all().find((one) => one.dueLease === lease)
    if (record) Object.assign(record, { due, dueLease: null })
  },
})
