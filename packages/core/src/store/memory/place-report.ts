import type { Report } from '../../record/report.ts'
import type { Runtime } from '../../runtime/runtime.ts'
import { paymentRef } from '../../values/payment-ref.ts'
import { merchantReference } from '../../values/reference.ts'
import {
  type IncomingReport,
  namedReference,
  type OwnerCandidates,
  type Ownership,
  ownerOf,
  type ReportOrigin,
  reportIdFor,
} from '../ownership.ts'
import { sameReference } from '../record-rules.ts'
import type { BookingIdentity, UnownedLimits } from '../store.ts'
import { type MemoryRecord, type MemoryRecords, prune, readRecord, recordOf, storeReport } from './records.ts'
import type { MemoryVendorIds } from './vendor-ids.ts'

/** What the operations of the memory store work on: the records and vendor ids of one process, its limits, its time and its randomness. */
export interface MemoryState extends Runtime {
  readonly records: MemoryRecords
  readonly vendorIds: MemoryVendorIds
  readonly limits: UnownedLimits
}

/** Where a report was stored. */
export interface Placed {
  readonly record: MemoryRecord
  readonly reportId: string
  /** How many older unowned reports were deleted. */
  readonly dropped: number
}

type Arriving = IncomingReport['report']
type Callback = Extract<ReportOrigin, { type: 'callback' }>
type Own = Extract<ReportOrigin, { type: 'own' }>
type Known = Extract<Ownership, { type: 'owned' | 'named' }>
type Unknown = Exclude<Ownership, Known>

/** Stores a report with its owner. */
export const place = (state: MemoryState, { report, from }: IncomingReport): Placed => {
  switch (from.type) {
    case 'callback':
      return placeCallback(state, report, from)
    case 'own':
      return placeOwn(state, report, from)
    case 'unowned': {
      const record = existing(state, from.record)
      storeReport(state, record, { report: { ...report, intent: null, proof: 'person' } })
      return { record, reportId: report.id, dropped: 0 }
    }
    default:
      return from satisfies never
  }
}

const placeCallback = (state: MemoryState, report: Arriving, callback: Callback): Placed => {
  const owner = ownerOf(report.rail, callback, candidatesFor(state, report, callback))
  if (owner.type === 'owned' || owner.type === 'named') return placeKnown(state, report, owner)
  const record = unownedRecord(state, report, owner)
  const placed: Report = { ...report, intent: null, proof: owner.proof }
  storeReport(state, record, { report: placed, named: namedReference(callback, owner) })
  return { record, reportId: report.id, dropped: prune(state) }
}

const placeKnown = (state: MemoryState, report: Arriving, owner: Known): Placed => {
  const { rail, vendorId } = report
  const record = existing(state, owner.key)
  const isLearned = owner.type === 'owned' && owner.learns
  if (isLearned) state.vendorIds.learn(record, { rail, vendorId, intent: owner.intent, byToken: true })
  const id = reportIdFor(report.id, owner)
  const applied = id === report.id ? undefined : recordOf(state.records, report, { applied: true })
  if (applied) return { record: applied, reportId: report.id, dropped: 0 }
  const intent = owner.type === 'owned' ? owner.intent : null
  storeReport(state, record, { report: { ...report, id, intent, proof: owner.proof }, isLearned })
  return { record, reportId: id, dropped: 0 }
}

/** A foreign order stays in the record in which it was stored first; a lost intent takes over reports that are not applied. */
const unownedRecord = ({ records, now }: MemoryState, report: Arriving, owner: Unknown): MemoryRecord => {
  const stored = recordOf(records, report, { applied: owner.type === 'record_missing' })
  if (stored) return stored
  const { rail } = report
  const since = now().toISOString()
  const name = owner.type === 'foreign_order' ? since.slice(0, 10) : owner.name
  const key = `${owner.type} ${rail} ${name}`
  return records.get(key) ?? records.add({ reason: owner.type, rail, name, since }, key)
}

/** What a look-up shows of a transaction that belongs to another record is not applied. */
const placeOwn = (state: MemoryState, report: Arriving, { intent, proof, learns }: Own): Placed => {
  const { rail, vendorId } = report
  const record = state.records.byIntent((recorded) => paymentRef(recorded.intent) === intent)
  if (!record) throw new Error(`There is no intent ${intent}.`)
  const isOurs = !learns || state.vendorIds.learn(record, { rail, vendorId, intent, byToken: false })
  storeReport(state, record, { report: { ...report, proof, intent: isOurs ? intent : null } })
  return { record, reportId: report.id, dropped: 0 }
}

const candidatesFor = (
  { records, vendorIds }: MemoryState,
  { rail, vendorId }: Arriving,
  { token, echo, transactions }: Callback,
): OwnerCandidates => {
  const owner = vendorIds.ownerOf(rail, vendorId)
  const byVendorId = owner && records.get(owner.key)
  const byToken =
    token && records.byIntent((one) => sameReference(one.intent, { ...one.intent, reference: token.reference }))
  const byEcho = echo === null || (transactions === 'one' && !token) ? undefined : named(records, rail, echo)
  return {
    byVendorId: owner && byVendorId ? { record: readRecord(byVendorId), intent: owner.intent } : null,
    byToken: byToken ? readRecord(byToken) : null,
    byEcho: byEcho ? readRecord(byEcho) : null,
  }
}

/** The record that the vendor id belongs to, otherwise the one that the merchant reference names. */
export const recordOfBooking = (
  { records, vendorIds }: MemoryState,
  { rail, vendorId, merchantReference: reference }: BookingIdentity,
): MemoryRecord | undefined => {
  const owner = vendorIds.ownerOf(rail, vendorId)
  return owner ? records.get(owner.key) : reference === null ? undefined : named(records, rail, reference)
}

const named = (records: MemoryState['records'], rail: string, reference: string): MemoryRecord | undefined =>
  records.byIntent(({ intent }) => intent.rail === rail && merchantReference(intent) === reference)

const existing = ({ records }: MemoryState, key: string): MemoryRecord => {
  const record = records.get(key)
  if (!record) throw new Error(`There is no record ${key}.`)
  return record
}
