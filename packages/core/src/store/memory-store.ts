import { createBegin } from './memory/begin.ts'
import { createConclude } from './memory/conclude.ts'
import { createDue } from './memory/due.ts'
import { createLeases, leaseIfPending } from './memory/leases.ts'
import { createPlacement } from './memory/placement.ts'
import { type MemoryRecord, readRecord } from './memory/records.ts'
import { createMemoryState } from './memory/state.ts'
import { type Store, type UnownedLimits, unownedLimits } from './store.ts'
import { withoutPersonalData } from './stored-payment.ts'

/** Stores payments in this process only: for tests and demonstrations. `live` refuses it. `now`, `unowned`: for tests. */
export const memoryStore = ({
  now = () => new Date(),
  unowned = unownedLimits,
}: {
  readonly now?: () => Date
  readonly unowned?: UnownedLimits
} = {}): Store<void> => {
  const state = createMemoryState(now, unowned)
  const { records } = state
  const place = createPlacement(state)
  return {
    durable: false,
    begin: createBegin(state),
    conclude: createConclude(state),
    ...createLeases(state),
    ...createDue(state),

    async claim(arrival, leaseMs, rules) {
      const { dropped, ...placed } = place(arrival)
      return { ...leaseIfPending(placed, { leaseMs, rules, now }), ...(dropped > 0 && { dropped }) }
    },

    async find(reference) {
      const record = records.byReference(reference)
      return record ? readRecord(record) : null
    },

    async erasePersonalData(reference) {
      const record = records.byReference(reference)
      if (record) erase(record)
      return record !== undefined
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
