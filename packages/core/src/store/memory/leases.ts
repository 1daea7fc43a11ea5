import { randomUUID } from 'node:crypto'
import { pendingFor } from '../../record/derive-record.ts'
import type { RecordRules } from '../record-rules.ts'
import type { Claim, Store } from '../store.ts'
import { withinTime } from '../within-time.ts'
import { type MemoryRecord, readRecord } from './records.ts'
import type { MemoryState } from './state.ts'

type LeaseMethods = Pick<Store<void>, 'claimRecord' | 'complete' | 'release'>

export const createLeases = ({ records, now }: MemoryState): LeaseMethods => {
  const byLease = (lease: string): MemoryRecord | undefined => records.all().find((one) => one.lease?.token === lease)

  return {
    async claimRecord(key, leaseMs, rules) {
      const record = records.get(key)
      return record ? leaseIfPending({ record, reportId: null }, { leaseMs, rules, now }) : null
    },

    async complete(lease, { emitted, isLast, write, timeoutMs }) {
      const record = byLease(lease)
      if (!record?.lease) return false
      // A lease that ended while `write` runs would let another worker handle the same event.
      record.lease.until = Number.POSITIVE_INFINITY
      try {
        if (write) await withinTime(write(), timeoutMs)
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

/** Leases the record if an event waits to be handled and nobody else has a lease of it. */
export const leaseIfPending = (
  { record, reportId }: { readonly record: MemoryRecord; readonly reportId: string | null },
  { leaseMs, rules, now }: { readonly leaseMs: number; readonly rules: RecordRules; readonly now: () => Date },
): Claim => {
  const claimed = { record: readRecord(record), reportId }
  if (pendingFor(rules.derive(claimed.record), reportId).length === 0) return { state: 'idle', ...claimed }
  if (record.lease && record.lease.until > now().getTime()) return { state: 'busy', ...claimed }
  const lease = randomUUID()
  record.lease = { token: lease, until: now().getTime() + leaseMs }
  return { state: 'leased', lease, ...claimed }
}
