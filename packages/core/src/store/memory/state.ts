import type { UnownedLimits } from '../store.ts'
import type { MemoryRecords } from './records.ts'
import type { MemoryVendorIds } from './vendor-ids.ts'

/** What the operations of the memory store work on: the records and vendor ids of one process, its limits and its clock. */
export interface MemoryState {
  readonly records: MemoryRecords
  readonly vendorIds: MemoryVendorIds
  readonly limits: UnownedLimits
  readonly now: () => Date
}
