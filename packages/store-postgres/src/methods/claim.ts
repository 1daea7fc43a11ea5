import { randomUUID } from 'node:crypto'
import {
  type ClaimResult,
  type IncomingReport,
  type PaymentRecord,
  pendingEventsFor,
  type RecordRules,
} from '@railswitch/core/store'
import { idOfKey } from '../tables/records.ts'
import type { Session } from '../tables/tables.ts'
import { type Placement, place } from './place-report.ts'

interface LeaseTerms {
  readonly leaseMs: number
  readonly rules: RecordRules
}

/** Null: another transaction was quicker. */
export const claim = async <Tx>(
  placement: Placement<Tx>,
  arrival: IncomingReport,
  terms: LeaseTerms,
): Promise<ClaimResult | null> => {
  const { tx, tables } = placement
  const placed = await place(placement, arrival)
  if (placed === null) return null
  const { payment, leased, isLocked, reportId, isChanged, dropped } = placed
  const record = await tables.records.read(tx, payment)
  if (isChanged && isLocked) await tables.records.touch(tx, record, terms.rules)
  const claimed = await leaseIfPending(placement, { record, leased, reportId }, terms)
  return dropped > 0 ? { ...claimed, dropped } : claimed
}

export const claimRecord = async <Tx>(
  session: Session<Tx>,
  key: string,
  terms: LeaseTerms,
): Promise<ClaimResult | null> => {
  const { records } = session.tables
  const payment = idOfKey(key)
  const leased = (await records.lock(session.tx, [payment])).get(payment)
  if (leased === undefined) return null
  const record = await records.read(session.tx, payment)
  return leaseIfPending(session, { record, leased, reportId: null }, terms)
}

/** Leases the payment if an event waits to be handled and no other worker has a lease of it. */
const leaseIfPending = async <Tx>(
  { tx, tables }: Session<Tx>,
  { record, leased, reportId }: { record: PaymentRecord; leased: boolean; reportId: string | null },
  { leaseMs, rules }: LeaseTerms,
): Promise<ClaimResult> => {
  if (pendingEventsFor(rules.derive(record), reportId).length === 0) return { state: 'idle', record, reportId }
  if (leased) return { state: 'busy', record, reportId }
  const lease = `${record.key}.${randomUUID()}`
  await tables.leases.lease(tx, record.key, lease, leaseMs)
  return { state: 'leased', lease, record, reportId }
}
