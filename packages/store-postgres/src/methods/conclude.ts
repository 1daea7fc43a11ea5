import {
  type Conclusion,
  type Intent,
  type LearnedVendorIds,
  merchantReference,
  paymentRef,
  type RecordedIntent,
  type RecordRules,
  sameIdempotencyKey,
  withConclusion,
} from '@railswitch/core/store'
import type { Session } from '../tables/tables.ts'

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
  const taken = await takenOf(session, recorded, { payment, vendorIds: learned.vendorIds })
  if (learned.onlyIfFree && taken.length > 0) return { taken }
  if (!(await releaseReplaced(session, recorded, { payment, learned, locked }))) return null
  const own = learned.vendorIds.filter((vendorId) => !taken.includes(vendorId))
  await learn(session, recorded, { payment, vendorIds: own })
  if (conclusion !== 'not_sent')
    await tables.reports.takeNamed(tx, payment, recorded.intent.rail, merchantReference(intent))
  const after = withConclusion(recorded, conclusion, { vendorIds: own, record: before })
  if (after) await tables.intents.update(tx, after)
  else await tables.intents.remove(tx, intent)
  await touchOrRemove(session, payment, rules)
  return { taken }
}

/** Locks the vendor ids to learn and those to release, in one order, and then the intent's reference at the vendor. */
const lockIds = async <Tx>(
  { tx, tables }: Session<Tx>,
  { intent, conclusion, learned }: ConcludedCall,
  payment: string | null,
): Promise<ReadonlySet<string>> => {
  const replaced = payment === null ? [] : await replacedBy({ tx, tables }, intent, { payment, learned })
  const locked = new Set([...learned.vendorIds, ...replaced])
  for (const vendorId of [...locked].sort()) await tables.vendorIds.lock(tx, intent.rail, vendorId)
  if (conclusion !== 'not_sent') await tables.vendorIds.lockReference(tx, intent.rail, merchantReference(intent))
  return locked
}

interface Replacement {
  readonly payment: string
  readonly learned: LearnedVendorIds
}

/** The ids that only a token has assigned to the intent, if the response replaces them. */
const replacedBy = async <Tx>(
  { tx, tables }: Session<Tx>,
  intent: Intent,
  { payment, learned }: Replacement,
): Promise<readonly string[]> =>
  learned.replaces && learned.vendorIds.length > 0
    ? tables.vendorIds.learnedByToken(tx, payment, paymentRef(intent))
    : []

/** False: one of them is not locked, because a token has just assigned it. */
const releaseReplaced = async <Tx>(
  { tx, tables }: Session<Tx>,
  { intent }: RecordedIntent,
  { payment, learned, locked }: Replacement & { readonly locked: ReadonlySet<string> },
): Promise<boolean> => {
  const byToken = await replacedBy({ tx, tables }, intent, { payment, learned })
  const replaced = byToken.filter((vendorId) => !learned.vendorIds.includes(vendorId))
  if (replaced.some((vendorId) => !locked.has(vendorId))) return false
  for (const vendorId of replaced) await tables.vendorIds.release(tx, payment, intent.rail, vendorId)
  return true
}

interface VendorIdsOfPayment {
  readonly payment: string
  readonly vendorIds: readonly string[]
}

/** Which of the vendor ids belong to another payment. */
const takenOf = async <Tx>(
  { tx, tables }: Session<Tx>,
  { intent: { rail } }: RecordedIntent,
  { payment, vendorIds }: VendorIdsOfPayment,
): Promise<readonly string[]> => {
  const taken: string[] = []
  for (const vendorId of vendorIds) {
    const owner = await tables.vendorIds.ownerOf(tx, rail, vendorId)
    if (owner !== null && owner !== payment) taken.push(vendorId)
  }
  return taken
}

const learn = async <Tx>(
  { tx, tables }: Session<Tx>,
  { intent }: RecordedIntent,
  { payment, vendorIds }: VendorIdsOfPayment,
): Promise<void> => {
  for (const vendorId of vendorIds)
    await tables.vendorIds.learn(tx, payment, {
      rail: intent.rail,
      vendorId,
      intent: paymentRef(intent),
      byToken: false,
    })
}

/** A payment is deleted with its last intent. */
const touchOrRemove = async <Tx>({ tx, tables }: Session<Tx>, payment: string, rules: RecordRules): Promise<void> => {
  const record = await tables.records.read(tx, payment)
  if (record.intents.length === 0) await tables.records.remove(tx, payment)
  else await tables.records.touch(tx, record, rules)
}
