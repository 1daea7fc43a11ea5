import type { Report } from '../../record/report.ts'
import { paymentRef } from '../../values/payment-ref.ts'
import { merchantReference } from '../../values/reference.ts'
import {
  type Arrival,
  type Candidates,
  namedReference,
  type Origin,
  type Ownership,
  ownerOf,
  reportIdFor,
} from '../ownership.ts'
import { sameReference } from '../stored-payment.ts'
import { type MemoryRecord, readRecord } from './records.ts'
import type { MemoryState } from './state.ts'

/** Where a report was stored. */
export interface Placed {
  readonly record: MemoryRecord
  readonly reportId: string
  /** How many older unowned reports were deleted. */
  readonly dropped: number
}

type Callback = Extract<Origin, { type: 'callback' }>
type Own = Extract<Origin, { type: 'own' }>
type Owned = Extract<Ownership, { type: 'owned' | 'named' }>

/** Stores reports with their owners. */
export const createPlacement = ({ records, vendorIds, reports, now }: MemoryState) => {
  return (arrival: Arrival): Placed => {
    const { report, from } = arrival
    switch (from.type) {
      case 'callback':
        return placeCallback(report, from)
      case 'own':
        return { record: placeOwn(report, from), reportId: report.id, dropped: 0 }
      case 'unowned': {
        const record = existing(from.record)
        if (reports.place(record, { ...report, intent: null, proof: 'person' })) records.touch(record)
        return { record, reportId: report.id, dropped: 0 }
      }
      default:
        return from satisfies never
    }
  }

  function placeCallback(report: Arrival['report'], callback: Callback): Placed {
    const { rail } = report
    const owner = ownerOf(rail, callback, candidatesFor(report, callback))
    if (owner.type === 'owned' || owner.type === 'named') return placeOwned(report, owner)
    const since = now().toISOString()
    const name = owner.type === 'foreign_order' ? since.slice(0, 10) : owner.name
    const key = `${owner.type} ${rail} ${name}`
    const record =
      reports.recordOf(report, { applied: owner.type === 'record_missing' }) ??
      records.get(key) ??
      records.add({ reason: owner.type, rail, name, since }, key)
    const placed: Report = { ...report, intent: null, proof: owner.proof }
    if (reports.place(record, placed, namedReference(callback, owner))) records.touch(record)
    return { record, reportId: report.id, dropped: reports.prune() }
  }

  function placeOwned(report: Arrival['report'], owner: Owned): Placed {
    const { rail, vendorId } = report
    const record = existing(owner.key)
    const intent = owner.type === 'owned' ? owner.intent : null
    const learns = owner.type === 'owned' && owner.learns
    if (learns) vendorIds.learn(record, { rail, vendorId, intent: owner.intent, byToken: true })
    const id = reportIdFor(report.id, owner)
    const applied = id === report.id ? undefined : reports.recordOf(report, { applied: true })
    if (applied) return { record: applied, reportId: report.id, dropped: 0 }
    if (reports.place(record, { ...report, id, intent, proof: owner.proof }) || learns) records.touch(record)
    return { record, reportId: id, dropped: 0 }
  }

  /** What a look-up shows of a transaction that belongs to another record is not applied. */
  function placeOwn(report: Arrival['report'], { intent, proof, learns }: Own): MemoryRecord {
    const { rail, vendorId } = report
    const record = records.byIntent((recorded) => paymentRef(recorded.intent) === intent)
    if (!record) throw new Error(`There is no intent ${intent}.`)
    const isOurs = !learns || vendorIds.learn(record, { rail, vendorId, intent, byToken: false })
    if (reports.place(record, { ...report, proof, intent: isOurs ? intent : null })) records.touch(record)
    return record
  }

  function candidatesFor(
    { rail, vendorId }: Pick<Report, 'rail' | 'vendorId'>,
    { token, echo, transactions }: Callback,
  ): Candidates {
    const owner = vendorIds.ownerOf(rail, vendorId)
    const byVendorId = owner && records.get(owner.key)
    const byToken =
      token && records.byIntent((one) => sameReference(one.intent, { ...one.intent, reference: token.reference }))
    const byEcho =
      echo === null || transactions === 'one'
        ? undefined
        : records.byIntent(({ intent }) => intent.rail === rail && merchantReference(intent) === echo)
    return {
      byVendorId: owner && byVendorId ? { record: readRecord(byVendorId), intent: owner.intent } : null,
      byToken: byToken ? readRecord(byToken) : null,
      byEcho: byEcho ? readRecord(byEcho) : null,
    }
  }

  function existing(key: string): MemoryRecord {
    const record = records.get(key)
    if (!record) throw new Error(`There is no record ${key}.`)
    return record
  }
}
