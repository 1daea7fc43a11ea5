import {
  type IncomingReport,
  merchantReference,
  namedReference,
  type OwnerCandidates,
  type Ownership,
  ownerOf,
  type PaymentRecord,
  type Report,
  type ReportOrigin,
  reportIdFor,
  type UnownedLimits,
  withRaisedProof,
} from '@railswitch/core/store'
import { toJson } from '../connection/text-values.ts'
import { idOfKey } from '../tables/records.ts'
import type { CandidateIds, LockedCandidates } from '../tables/reports.ts'
import type { Session } from '../tables/tables.ts'
import { keyOfReference, keyOfVendorId } from '../tables/vendor-ids.ts'

/** Where a report was stored. */
export interface Placed {
  readonly payment: string
  readonly leased: boolean
  /** False where another transaction holds the payment's row: the next run of `sync` derives it again. */
  readonly isLocked: boolean
  readonly reportId: string
  /** False for a redelivery without new content. */
  readonly isChanged: boolean
  /** How many older unowned reports were deleted. */
  readonly dropped: number
  /** The payment with the report; null: it has to be read. */
  readonly record: PaymentRecord | null
}

export interface Placement<Tx> extends Session<Tx> {
  readonly limits: UnownedLimits
  readonly now: () => Date
}

type Arriving = IncomingReport['report']
type Callback = Extract<ReportOrigin, { type: 'callback' }>
type Own = Extract<ReportOrigin, { type: 'own' }>
type Owned = Extract<Ownership, { type: 'owned' }>
type Unknown = Extract<Ownership, { type: 'foreign_order' | 'record_missing' }>

/** Stores a report with its owner, under the locks that this takes. Null: another transaction was quicker. */
export const place = async <Tx>(placement: Placement<Tx>, { report, from }: IncomingReport): Promise<Placed | null> => {
  switch (from.type) {
    case 'callback':
      return placeCallback(placement, report, from)
    case 'own':
      return placeOwn(placement, report, from)
    case 'unowned': {
      const manual: Report = { ...report, intent: null, proof: 'person' }
      const placed = await store(placement, manual, { payment: idOfKey(from.record) })
      if (placed === null) throw new Error(`There is no record ${from.record}.`)
      return placed
    }
    default:
      return from satisfies never
  }
}

const placeCallback = async <Tx>(
  placement: Placement<Tx>,
  report: Arriving,
  callback: Callback,
): Promise<Placed | null> => {
  const { tx, tables, limits } = placement
  const { found, leased } = await lockCandidates(placement, report, callback)
  const payments = await readCandidates(placement, found)
  const owner = ownerOf(report.rail, callback, candidatesOf(payments, found))
  const id = reportIdFor(report.id, owner)
  const locked = (payment: string) => ({ payment, leased: leased[payment], before: payments.get(payment) })
  if (owner.type === 'owned')
    return placeOwned(placement, { ...report, id }, { owner, originalId: report.id, home: locked(owner.key) })
  const notApplied: Report = { ...report, id, intent: null, proof: owner.proof }
  if (owner.type === 'named') return store(placement, notApplied, locked(owner.key))
  const home = await unownedHome(placement, notApplied, owner)
  const placed = home && (await store(placement, notApplied, { ...home, named: namedReference(callback, owner) }))
  return placed?.isChanged ? { ...placed, dropped: await tables.reports.prune(tx, limits) } : placed
}

/** Locks the vendor id, then the references that the report names, then the payments that may own it. */
const lockCandidates = async <Tx>(
  { tx, tables: { vendorIds, reports } }: Session<Tx>,
  report: Arriving,
  { token, echo, transactions }: Callback,
): Promise<LockedCandidates> => {
  const { rail, vendorId } = report
  const isOurSecret = transactions === 'many'
  const named = isOurSecret ? [echo, token && merchantReference(token)].filter((name) => name !== null) : []
  const references = named.sort().map((reference) => keyOfReference(rail, reference))
  await vendorIds.lock(tx, [keyOfVendorId(rail, vendorId), ...references])
  return reports.lockCandidates(tx, report, { token, echo: isOurSecret || token ? echo : null })
}

type Payments = ReadonlyMap<string, PaymentRecord>

/** After they were locked, so that nothing changes them any more. */
const readCandidates = async <Tx>(
  { tx, tables: { records } }: Session<Tx>,
  { owner, token, echo }: CandidateIds,
): Promise<Payments> => {
  const payments = new Map<string, PaymentRecord>()
  for (const payment of [owner, token, echo])
    if (payment !== null && !payments.has(payment)) payments.set(payment, await records.read(tx, payment))
  return payments
}

const candidatesOf = (payments: Payments, found: CandidateIds): OwnerCandidates => {
  const recordOf = (payment: string | null) => (payment === null ? null : (payments.get(payment) ?? null))
  const owner = recordOf(found.owner)
  return {
    byVendorId: owner && found.ownerIntent ? { record: owner, intent: found.ownerIntent } : null,
    byToken: recordOf(found.token),
    byEcho: recordOf(found.echo),
  }
}

const placeOwned = async <Tx>(
  placement: Placement<Tx>,
  report: Arriving,
  { owner, originalId, home }: { readonly owner: Owned; readonly originalId: string; readonly home: Home },
): Promise<Placed | null> => {
  const { tx, tables } = placement
  const { rail, vendorId } = report
  const { key: payment, intent, proof, learns } = owner
  const applied = report.id === originalId ? null : await tables.reports.stored(tx, rail, originalId)
  if (applied?.report.intent) return store(placement, applied.report, { payment: applied.payment })
  const learned = learns && (await tables.vendorIds.learn(tx, payment, { rail, vendorId, intent, byToken: true }))
  return store(placement, { ...report, intent, proof }, { ...home, isLearned: Boolean(learned) })
}

/** A foreign order stays in the record in which it was stored first; a lost intent takes over reports that are not applied. */
const unownedHome = async <Tx>(
  { tx, tables, now }: Placement<Tx>,
  { id, rail }: Report,
  owner: Unknown,
): Promise<Home | null> => {
  const stored = await tables.reports.stored(tx, rail, id)
  if (stored && (owner.type === 'foreign_order' || stored.report.intent !== null)) return stored
  const since = now().toISOString()
  const name = owner.type === 'foreign_order' ? since.slice(0, 10) : owner.name
  const key = `${owner.type} ${rail} ${name}`
  const payment = await tables.records.enterUnowned(tx, key, { reason: owner.type, rail, name, since })
  return payment === null ? null : { payment, isUnowned: true }
}

/** What a look-up shows of a transaction that belongs to another payment is not applied. */
const placeOwn = async <Tx>(
  placement: Placement<Tx>,
  report: Arriving,
  { intent, proof, learns }: Own,
): Promise<Placed | null> => {
  const { tx, tables } = placement
  const { rail, vendorId } = report
  if (learns) await tables.vendorIds.lock(tx, [keyOfVendorId(rail, vendorId)])
  const payment = await tables.records.byIntent(tx, intent)
  if (payment === null) throw new Error(`There is no intent ${intent}.`)
  const leased = (await tables.records.lock(tx, [payment])).get(payment)
  const isOurs =
    !learns || (await tables.vendorIds.learn(tx, payment, { rail, vendorId, intent, byToken: false })) !== null
  const isLearned = learns && isOurs
  return store(placement, { ...report, proof, intent: isOurs ? intent : null }, { payment, leased, isLearned })
}

interface Home {
  readonly payment: string
  /** Whether a payment that is locked already is leased. */
  readonly leased?: boolean | undefined
  /** The payment as it was read after it was locked. */
  readonly before?: PaymentRecord | undefined
  /** The row of unowned reports is not waited for. */
  readonly isUnowned?: boolean
  /** See `namedReference`. */
  readonly named?: string | null
  readonly isLearned?: boolean
}

/** Stores a report, or raises the proof of the same one that is stored. */
const store = async <Tx>(
  { tx, tables: { records, reports, changed } }: Session<Tx>,
  report: Report,
  { payment, leased: known, before: read, isUnowned = false, named = null, isLearned = false }: Home,
): Promise<Placed | null> => {
  const leased = isUnowned
    ? await records.tryLock(tx, payment)
    : (known ?? (await records.lock(tx, [payment])).get(payment))
  if (leased === undefined) return null
  const isLocked = leased !== null
  if (!isLocked) await changed.mark(tx, payment)
  const placed = { payment, leased: leased ?? true, isLocked, reportId: report.id, dropped: 0, record: null }
  // What a newly assigned vendor id moved into the payment has to be read.
  if (await reports.insert(tx, payment, report, named))
    return { ...placed, isChanged: true, record: read && !isLearned ? withReport(read, report) : null }
  const stored = await reports.stored(tx, report.rail, report.id)
  if (!stored) return null
  const before = stored.report
  const after = withRaisedProof(before, report)
  // A report that is applied stays where it is.
  const home = before.intent === null ? payment : stored.payment
  const isChanged = home !== stored.payment || after.proof !== before.proof || after.intent !== before.intent
  if (isChanged) await reports.update(tx, home, after, named)
  if (home !== stored.payment) await changed.mark(tx, stored.payment)
  return { ...placed, isChanged: isChanged || isLearned }
}

const withReport = (record: PaymentRecord, report: Report): PaymentRecord => ({
  ...record,
  reports: [...record.reports, JSON.parse(toJson(report))],
})
