import type { RecordedIntent } from '../../record/intent.ts'
import type { EmittedEvent, PaymentRecord, Unowned } from '../../record/payment-record.ts'
import type { Report } from '../../record/report.ts'
import { wireReference } from '../../values/reference.ts'

/** A record in the memory store. */
export interface MemoryRecord {
  readonly key: string
  intents: readonly RecordedIntent[]
  reports: MemoryReport[]
  emitted: EmittedEvent[]
  /** ISO 8601: when `sync` has to look at the record; null: not before something happens to it. */
  due: string | null
  /** The lease of `leaseDue`; null once something has happened to the record. */
  dueLease: string | null
  /** The lease of a worker that handles the record's events. */
  lease: { readonly token: string; until: number } | null
  readonly unowned?: Omit<Unowned, 'count'>
}

export interface MemoryReport {
  report: Report
  /** See `namedReference`. */
  readonly named: string | null
  readonly receivedAt: string
}

/** The records of one process, found by their key, an intent or a reference. */
export const createMemoryRecords = (now: () => Date) => {
  const records = new Map<string, MemoryRecord>()
  let count = 0

  const all = (): readonly MemoryRecord[] => [...records.values()]
  const byIntent = (matches: (recorded: RecordedIntent) => boolean): MemoryRecord | undefined =>
    all().find(({ intents }) => intents.some(matches))

  return {
    all,
    byIntent,
    get: (key: string) => records.get(key),
    byReference: (reference: string) =>
      byIntent(({ intent }) => wireReference(intent.reference) === wireReference(reference)),
    add,
    remove: (record: MemoryRecord) => records.delete(record.key),
    /** Makes the record due now, and ends the lease of `leaseDue`. */
    touch: (record: MemoryRecord) => Object.assign(record, { due: now().toISOString(), dueLease: null }),
  }

  function add(unowned?: MemoryRecord['unowned'], key = `record-${++count}`): MemoryRecord {
    const record: MemoryRecord = {
      key,
      intents: [],
      reports: [],
      emitted: [],
      due: null,
      dueLease: null,
      lease: null,
      ...(unowned && { unowned }),
    }
    records.set(key, record)
    return record
  }
}

export type MemoryRecords = ReturnType<typeof createMemoryRecords>

/** The record as `Store` returns it. Of unowned reports, it contains only those of a manual review and the number of the others. */
export const readRecord = ({ key, intents, reports, emitted, unowned }: MemoryRecord): PaymentRecord => {
  const stored = reports.map(({ report }) => report)
  if (!unowned) return { key, intents, reports: stored, emitted: [...emitted] }
  const manual = stored.filter(({ proof }) => proof === 'person')
  const received = reports.flatMap(({ report, receivedAt }) => (report.proof === 'person' ? [] : [receivedAt])).sort()
  const latest = received.at(-1)
  const counted = { ...unowned, count: received.length, ...(latest !== undefined && { latest }) }
  return { key, intents, reports: manual, emitted: [...emitted], unowned: counted }
}
