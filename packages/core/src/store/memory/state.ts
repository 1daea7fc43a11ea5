import type { Runtime } from '../../runtime/runtime.ts'
import type { UnownedLimits } from '../store.ts'
import type { MemoryRecords } from './records.ts'
import type { MemoryVendorIds } from './vendor-ids.ts'

/** What the operations of the memory store work on: the records and vendor ids of one process, its limits, its time and its randomness. */
export interface MemoryState extends Runtime {
  readonly records: MemoryRecords
  readonly vendorIds: MemoryVendorIds
  readonly limits: UnownedLimits
}
