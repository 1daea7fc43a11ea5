import type { Report } from '../../record/report.ts'
import type { PaymentRef } from '../../values/payment-ref.ts'
import type { MemoryRecord, MemoryRecords } from './records.ts'

export interface LearnedId {
  readonly rail: string
  readonly vendorId: string
  readonly intent: PaymentRef
  /** True if only a token has assigned it: the id of a response replaces it. */
  readonly byToken: boolean
}

export interface KnownId extends LearnedId {
  /** Of the record that it belongs to. */
  readonly key: string
}

/** Which record each vendor id of a rail belongs to: one at most. */
export const createMemoryVendorIds = (records: MemoryRecords) => {
  const known = new Map<string, KnownId>()

  return {
    ownerOf: (rail: string, vendorId: string) => known.get(idOf(rail, vendorId)),
    isTaken: ({ key }: MemoryRecord, rail: string, vendorId: string): boolean => {
      const owner = known.get(idOf(rail, vendorId))
      return owner !== undefined && owner.key !== key
    },
    learnedByToken: ({ key }: MemoryRecord, intent: PaymentRef): readonly string[] =>
      [...known.values()].flatMap((one) =>
        one.key === key && one.intent === intent && one.byToken ? [one.vendorId] : [],
      ),
    learn,
    release,
  }

  /** Assigns the vendor id to the intent and applies what was stored under it. False: it belongs to another record. */
  function learn(record: MemoryRecord, learned: LearnedId): boolean {
    const { rail, vendorId, intent, byToken } = learned
    const owner = known.get(idOf(rail, vendorId))
    if (owner) {
      const isOurs = owner.key === record.key
      if (isOurs && !byToken) known.set(idOf(rail, vendorId), { ...owner, byToken })
      return isOurs
    }
    known.set(idOf(rail, vendorId), { ...learned, key: record.key })
    for (const other of records.all()) {
      const waiting = other.reports.filter(({ report }) => isWaiting(report, rail, vendorId))
      if (waiting.length === 0) continue
      other.reports = other.reports.filter((one) => !waiting.includes(one))
      record.reports.push(...waiting.map((one) => ({ ...one, report: { ...one.report, intent } })))
    }
    return true
  }

  /** Frees the vendor id. Its reports stay with the record, and are no longer applied. */
  function release(record: MemoryRecord, rail: string, vendorId: string): void {
    known.delete(idOf(rail, vendorId))
    for (const one of record.reports)
      if (isOf(one.report, rail, vendorId) && one.report.proof !== 'person')
        one.report = { ...one.report, intent: null }
  }
}

export type MemoryVendorIds = ReturnType<typeof createMemoryVendorIds>

const idOf = (rail: string, vendorId: string): string => `${rail} ${vendorId}`

const isOf = (report: Report, rail: string, vendorId: string): boolean =>
  report.rail === rail && report.vendorId === vendorId

const isWaiting = (report: Report, rail: string, vendorId: string): boolean =>
  isOf(report, rail, vendorId) && report.intent === null && report.proof !== 'person'
