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
  const { payment, isLocked, isChanged, dropped } = placed
  const record = placed.record ?? (await tables.records.read(tx, payment))
  const claimed = await leaseIfPending(placement, { ...placed, record, touches: isChanged && isLocked }, terms)
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
  return leaseIfPending(session, { record, leased, reportId: null, touches: false }, terms)
}

interface Claimed {
  readonly record: PaymentRecord
  readonly leased: boolean
  readonly reportId: string | null
  /** The record has changed. */
  readonly touches: boolean
}

/** Leases the payment if an event waits to be handled and no other worker has a lease of it. */
const leaseIfPending = async <Tx>(
  { tx, tables }: Session<Tx>,
  { record, leased, reportId, touches }: Claimed,
  { leaseMs, rules }: LeaseTerms,
): Promise<ClaimResult> => {
  const isPending = pendingEventsFor(rules.derive(record), reportId).length > 0
  const lease = isPending && !leased ? { token: `${record.key}.${randomUUID()}`, ms: leaseMs } : null
  if (touches) await tables.records.touch(tx, record, rules, lease)
  else if (lease) await tables.leases.lease(tx, record.key, lease)
  if (lease) return { state: 'leased', lease: lease.token, record, reportId }
  return { state: isPending ? 'busy' : 'idle', record, reportId }
}
