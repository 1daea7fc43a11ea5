import type { UnownedLimits } from '../store.ts'
import { createMemoryRecords } from './records.ts'
import { createMemoryReports } from './reports.ts'
import { createMemoryVendorIds } from './vendor-ids.ts'

/** What the operations of the memory store work on: records, vendor ids and reports of one process, and its clock. */
export const createMemoryState = (now: () => Date, limits: UnownedLimits) => {
  const records = createMemoryRecords(now)
  return {
    records,
    vendorIds: createMemoryVendorIds(records),
    reports: createMemoryReports(records, limits, now),
    now,
  }
}

export type MemoryState = ReturnType<typeof createMemoryState>
