import { type Runtime, systemRuntime } from '../../runtime/runtime.ts'
import { withoutPersonalData } from '../record-rules.ts'
import { type Store, type UnownedLimits, unownedLimits } from '../store.ts'
import { createBegin, createConclude } from './intents.ts'
import { createClaim, createDue, createLeases } from './leases.ts'
import { type MemoryState, recordOfBooking } from './place-report.ts'
import { createMemoryRecords, type MemoryRecord, readRecord } from './records.ts'
import { createMemoryVendorIds } from './vendor-ids.ts'

/** Stores payments in this process only: for tests and demonstrations. `live` refuses it. `runtime`, `unowned`: for tests. */
export const memoryStore = ({
  runtime = systemRuntime,
  unowned = unownedLimits,
}: {
  readonly runtime?: Runtime
  readonly unowned?: UnownedLimits
} = {}): Store<void> => {
  const records = createMemoryRecords(runtime.now)
  const state: MemoryState = { ...runtime, records, vendorIds: createMemoryVendorIds(records), limits: unowned }
  return {
    durable: false,
    begin: createBegin(state),
    conclude: createConclude(state),
    ...createClaim(state),
    ...createLeases(state),
    ...createDue(state),

    async find(reference) {
      const record = records.byReference(reference)
      return record ? readRecord(record) : null
    },

    async findByVendorId(booking) {
      const record = recordOfBooking(state, booking)
      return record ? readRecord(record) : null
    },

    async erasePersonalData(reference) {
      const record = records.byReference(reference)
      if (record) erase(record)
      return record !== undefined
    },

    async *happenedBetween({ from, until }) {
      const isWithin = (at: string): boolean => at >= from && at < until
      for (const { intents, reports, key } of records.all()) {
        const happened =
          intents.some(({ begunAt }) => isWithin(begunAt)) || reports.some(({ report }) => isWithin(report.at))
        const stored = intents.length > 0 && happened ? records.get(key) : undefined
        if (stored) yield readRecord(stored)
      }
    },

    async *reviews(rules) {
      for (const stored of records.all()) {
        const record = readRecord(stored)
        if (rules.derive(record).reviews.length > 0) yield record
      }
    },
  }
}

const erase = (record: MemoryRecord): void => {
  const { intents, reports } = withoutPersonalData(readRecord(record))
  record.intents = intents
  record.reports = record.reports.map((one, index) => ({ ...one, report: reports[index] ?? one.report }))
}
