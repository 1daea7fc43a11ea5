import { type Report, withRaisedProof } from '../../record/report.ts'
import { dayMs } from '../../values/limits.ts'
import { compare } from '../../values/sort-and-group.ts'
import type { MemoryRecord, MemoryRecords } from './records.ts'
import type { MemoryState } from './state.ts'

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
  { records, now }: MemoryState,
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
export const prune = ({ records, limits, now }: MemoryState): number => {
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
