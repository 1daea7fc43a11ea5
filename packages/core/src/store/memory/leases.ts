import type { Store } from '../store.ts'
import { withTimeout } from '../with-timeout.ts'
import type { MemoryRecord } from './records.ts'
import type { MemoryState } from './state.ts'

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
