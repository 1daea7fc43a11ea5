import {
  type Conclusion,
  type Intent,
  type LearnedVendorIds,
  merchantReference,
  type PaymentRecord,
  paymentRef,
  type RecordedIntent,
  type RecordRules,
  sameIdempotencyKey,
  withConclusion,
} from '@railswitch/core/store'
import type { Session } from '../tables/tables.ts'
import { keyOfReference, keyOfVendorId } from '../tables/vendor-ids.ts'

/** The end of a call, with the vendor ids that its response contained. */
export interface ConcludedCall {
  readonly intent: Intent
  readonly conclusion: Conclusion | 'not_sent'
  readonly learned: LearnedVendorIds
}

interface Taken {
  readonly taken: readonly string[]
}

/** Null: a token has just assigned another vendor id to the intent. */
export const conclude = async <Tx>(
  session: Session<Tx>,
  call: ConcludedCall,
  rules: RecordRules,
): Promise<Taken | null> => {
  const { tx, tables } = session
  const { intent, conclusion, learned } = call
  const payment = await tables.records.byReference(tx, intent.reference)
  const locked = await lockIds(session, call, payment)
  if (payment === null || !(await tables.records.lock(tx, [payment])).has(payment)) return { taken: [] }
  const before = await tables.records.read(tx, payment)
  const recorded = before.intents.find((candidate) => sameIdempotencyKey(candidate.intent, intent))
  if (!recorded) return { taken: [] }
  const { ofOthers: taken, byToken } = await idsOf(session, call, payment)
  if (learned.onlyIfFree && taken.length > 0) return { taken }
  const replaced = replaces(learned) ? byToken.filter((vendorId) => !learned.vendorIds.includes(vendorId)) : []
  if (replaced.some((vendorId) => !locked.has(vendorId))) return null
  for (const vendorId of replaced) await tables.vendorIds.release(tx, payment, intent.rail, vendorId)
  const own = learned.vendorIds.filter((vendorId) => !taken.includes(vendorId))
  const applied = await learn(session, recorded, { payment, vendorIds: own })
  const named = conclusion === 'not_sent' ? 0 : await takeNamed(session, recorded, payment)
  const after = withConclusion(recorded, conclusion, { vendorIds: own, record: before })
  if (after) await tables.intents.update(tx, after)
  else await tables.intents.remove(tx, intent)
  const isMoved = replaced.length + applied + named > 0
  const record = isMoved ? await tables.records.read(tx, payment) : withIntent(before, recorded, after)
  // A payment is deleted with its last intent.
  if (record.intents.length === 0) await tables.records.remove(tx, payment)
  else await tables.records.touch(tx, record, rules)
  return { taken }
}

/**
 * Locks the vendor ids to learn and those to release, in one order, and then the intent's reference at the vendor. Returns the vendor ids.
 */
const lockIds = async <Tx>(
  session: Session<Tx>,
  call: ConcludedCall,
  payment: string | null,
): Promise<ReadonlySet<string>> => {
  const { intent, conclusion, learned } = call
  const replaced = payment !== null && replaces(learned) ? (await idsOf(session, call, payment)).byToken : []
  const locked = new Set([...learned.vendorIds, ...replaced])
  const keys = [...locked].sort().map((vendorId) => keyOfVendorId(intent.rail, vendorId))
  if (conclusion !== 'not_sent') keys.push(keyOfReference(intent.rail, merchantReference(intent)))
  if (keys.length > 0) await session.tables.vendorIds.lock(session.tx, keys)
  return locked
}

/** Whether the response releases the ids that only a token has assigned to the intent. */
const replaces = (learned: LearnedVendorIds): boolean => learned.replaces && learned.vendorIds.length > 0

const idsOf = <Tx>({ tx, tables }: Session<Tx>, { intent, learned }: ConcludedCall, payment: string) =>
  tables.vendorIds.ofOthersAndByToken(tx, payment, {
    rail: intent.rail,
    vendorIds: learned.vendorIds,
    intent: paymentRef(intent),
  })

interface VendorIdsOfPayment {
  readonly payment: string
  readonly vendorIds: readonly string[]
}

/** Returns how many reports that were stored under the vendor ids are applied now. */
const learn = async <Tx>(
  { tx, tables }: Session<Tx>,
  { intent }: RecordedIntent,
  { payment, vendorIds }: VendorIdsOfPayment,
): Promise<number> => {
  let applied = 0
  for (const vendorId of vendorIds) {
    const id = { rail: intent.rail, vendorId, intent: paymentRef(intent), byToken: false }
    applied += (await tables.vendorIds.learn(tx, payment, id))?.applied ?? 0
  }
  return applied
}

/** Returns how many unowned reports that name the intent are the payment's now. */
const takeNamed = async <Tx>(
  { tx, tables }: Session<Tx>,
  { intent }: RecordedIntent,
  payment: string,
): Promise<number> => (await tables.reports.takeNamed(tx, payment, intent.rail, merchantReference(intent))).length

const withIntent = (
  record: PaymentRecord,
  recorded: RecordedIntent,
  after: RecordedIntent | null | undefined,
): PaymentRecord => ({
  ...record,
  intents: record.intents.flatMap((one) => (one === recorded ? (after ?? []) : one)),
})
