import type { RecordedIntent } from '../../record/intent.ts'
import type { EmittedEvent, PaymentRecord, Unowned } from '../../record/payment-record.ts'
import { type Report, withRaisedProof } from '../../record/report.ts'
import type { Runtime } from '../../runtime/runtime.ts'
import { wireReference } from '../../values/reference.ts'
import { compare } from '../../values/sort-and-group.ts'
import { dayMs } from '../../values/time-limits.ts'
import type { UnownedLimits } from '../store.ts'

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

/**
 * The record as `Store` returns it. Of unowned reports, it contains only those of a manual review and the number of the others. While
 * nothing changes it is the same object, so that its meaning is derived once.
 */
export const readRecord = (stored: MemoryRecord): PaymentRecord => {
  const record = toRecord(stored)
  const before = lastRead.get(stored)
  if (before && isUnchanged(before, record)) return before
  lastRead.set(stored, record)
  return record
}

const lastRead = new WeakMap<MemoryRecord, PaymentRecord>()

const isUnchanged = (before: PaymentRecord, now: PaymentRecord): boolean =>
  sameItems(before.intents, now.intents) &&
  sameItems(before.reports, now.reports) &&
  sameItems(before.emitted, now.emitted) &&
  before.unowned?.count === now.unowned?.count &&
  before.unowned?.latest === now.unowned?.latest

const sameItems = (before: readonly unknown[], now: readonly unknown[]): boolean =>
  before.length === now.length && before.every((item, index) => item === now[index])

const toRecord = ({ key, intents, reports, emitted, unowned }: MemoryRecord): PaymentRecord => {
  const stored = reports.map(({ report }) => report)
  if (!unowned) return { key, intents, reports: stored, emitted: [...emitted] }
  const manual = stored.filter(({ proof }) => proof === 'person')
  const received = reports.flatMap(({ report, receivedAt }) => (report.proof === 'person' ? [] : [receivedAt])).sort()
  const latest = received.at(-1)
  const counted = { ...unowned, count: received.length, ...(latest !== undefined && { latest }) }
  return { key, intents, reports: manual, emitted: [...emitted], unowned: counted }
}

type RecordsAndTime = Pick<Runtime, 'now'> & { readonly records: MemoryRecords }
type ReportId = Pick<Report, 'rail' | 'id'>

/** The record that has this report; `applied`: only if the report is applied there. */
export const recordOf = (
  records: MemoryRecords,
  wanted: ReportId,
  { applied }: { readonly applied: boolean },
): MemoryRecord | undefined =>
  records
    .all()
    .find(({ reports }) => reports.some(({ report }) => isSame(report, wanted) && (!applied || report.intent !== null)))

/** Stores a report, or raises the proof of the same one that is stored; makes the record due if that changed anything. */
export const storeReport = (
  { records, now }: RecordsAndTime,
  record: MemoryRecord,
  { report, named = null, isLearned = false }: { report: Report; named?: string | null; isLearned?: boolean },
): void => {
  const home = recordOf(records, report, { applied: false })
  const stored = home?.reports.find((one) => isSame(one.report, report))
  if (!home || !stored) {
    record.reports.push({ report, named, receivedAt: now().toISOString() })
    records.touch(record)
    return
  }
  const before = stored.report
  stored.report = withRaisedProof(before, report)
  // A report that is applied stays where it is.
  const moves = home !== record && before.intent === null
  if (moves) {
    home.reports = home.reports.filter((one) => one !== stored)
    record.reports.push({ ...stored, named: named ?? stored.named })
  }
  const isRaised = stored.report.proof !== before.proof || stored.report.intent !== before.intent
  if (moves || isRaised || isLearned) records.touch(record)
}

/** Moves the unowned reports that name this payment to it, as unproven ones. */
export const takeNamed = (records: MemoryRecords, record: MemoryRecord, rail: string, reference: string): void => {
  for (const other of records.all()) {
    if (!other.unowned) continue
    const named = other.reports.filter((one) => one.report.rail === rail && one.named === reference)
    other.reports = other.reports.filter((one) => !named.includes(one))
    record.reports.push(...named.map((one) => ({ ...one, report: { ...one.report, proof: 'unproven' as const } })))
  }
}

/** Deletes the oldest reports of foreign orders beyond the limit, and unowned reports that are too old; returns how many. */
export const prune = ({ records, limits, now }: RecordsAndTime & { readonly limits: UnownedLimits }): number => {
  const oldest = new Date(now().getTime() - limits.days * dayMs).toISOString()
  const stored = records
    .all()
    .filter(({ unowned }) => unowned)
    .flatMap((record) => record.reports.map((one) => ({ record, one })))
    .filter(({ one }) => one.report.proof !== 'person')
    .sort((a, b) => compare(a.one.receivedAt, b.one.receivedAt))
  // Anybody can send reports of foreign orders; those with a genuine token of ours show that data was lost.
  const foreign = stored.filter(({ record }) => record.unowned?.reason === 'foreign_order')
  const surplus = foreign.slice(0, Math.max(0, foreign.length - limits.reports))
  const dropped = new Set([...surplus, ...stored.filter(({ one }) => one.receivedAt < oldest)])
  for (const { record, one } of dropped) record.reports = record.reports.filter((other) => other !== one)
  return dropped.size
}

const isSame = (report: ReportId, other: ReportId): boolean => report.rail === other.rail && report.id === other.id
