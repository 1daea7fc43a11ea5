import { type Report, raised } from '../../record/report.ts'
import { dayMs } from '../../values/limits.ts'
import type { UnownedLimits } from '../store.ts'
import type { MemoryRecord, MemoryRecords } from './records.ts'

/** The reports of all records: each is stored once, in one of them. */
export const createMemoryReports = (records: MemoryRecords, limits: UnownedLimits, now: () => Date) => {
  return { recordOf, place, takeNamed, prune }

  /** The record that has this report; `applied`: only if the report is applied there. */
  function recordOf(
    { rail, id }: Pick<Report, 'rail' | 'id'>,
    { applied }: { readonly applied: boolean },
  ): MemoryRecord | undefined {
    return records
      .all()
      .find(({ reports }) =>
        reports.some(({ report }) => report.rail === rail && report.id === id && (!applied || report.intent !== null)),
      )
  }

  /** Stores a report in a record, or raises the proof of the one that is there; true when that changed anything. */
  function place(record: MemoryRecord, report: Report, named: string | null = null): boolean {
    const home = recordOf(report, { applied: false })
    const stored = home?.reports.find((one) => one.report.rail === report.rail && one.report.id === report.id)
    if (!home || !stored) {
      record.reports.push({ report, named, receivedAt: now().toISOString() })
      return true
    }
    const after = raised(stored.report, report)
    // A report that is applied stays where it is.
    if (home === record || stored.report.intent !== null) {
      const isChanged = after.proof !== stored.report.proof || after.intent !== stored.report.intent
      stored.report = after
      return isChanged
    }
    home.reports = home.reports.filter((one) => one !== stored)
    record.reports.push({ ...stored, report: after, named: named ?? stored.named })
    return true
  }

  /** Moves the unowned reports that name this payment to it, as unproven ones. */
  function takeNamed(record: MemoryRecord, rail: string, reference: string): void {
    for (const other of records.all()) {
      if (!other.unowned) continue
      const named = other.reports.filter((one) => one.report.rail === rail && one.named === reference)
      other.reports = other.reports.filter((one) => !named.includes(one))
      record.reports.push(...named.map((one) => ({ ...one, report: { ...one.report, proof: 'unproven' as const } })))
    }
  }

  /** Deletes the oldest unowned reports beyond the limits; returns how many. */
  function prune(): number {
    const oldest = new Date(now().getTime() - limits.days * dayMs).toISOString()
    const stored = records
      .all()
      .filter(({ unowned }) => unowned)
      .flatMap((record) => record.reports.map((one) => ({ record, one })))
      .filter(({ one }) => one.report.proof !== 'person')
      .sort((a, b) => (a.one.receivedAt < b.one.receivedAt ? -1 : 1))
    const surplus = stored.slice(0, Math.max(0, stored.length - limits.reports))
    const dropped = new Set([...surplus, ...stored.filter(({ one }) => one.receivedAt < oldest)])
    for (const { record, one } of dropped) record.reports = record.reports.filter((other) => other !== one)
    return dropped.size
  }
}
