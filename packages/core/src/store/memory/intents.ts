import type { Intent, RecordedIntent } from '../../record/intent.ts'
import { emptyRecord } from '../../record/payment-record.ts'
import { paymentRef } from '../../values/payment-ref.ts'
import { merchantReference } from '../../values/reference.ts'
import { checkIntent } from '../intent-rules.ts'
import { rootReference, sameIdempotencyKey, sameReference, withConclusion } from '../record-rules.ts'
import type { Store } from '../store.ts'
import type { MemoryState } from './place-report.ts'
import { type MemoryRecord, type MemoryRecords, readRecord, takeNamed } from './records.ts'

export const createBegin =
  ({ records, now }: MemoryState): Store['begin'] =>
  async ({ intent, fingerprints }, rules) => {
    const root = rootReference(intent)
    const existing = records.byIntent((recorded) => rootReference(recorded.intent) === root)
    const before = existing ? readRecord(existing) : emptyRecord
    const recordedIntent = recordedUnder(records, intent, existing)
    const checked = checkIntent({ intent, fingerprints }, recordedIntent, before, rules.derive(before))
    if (checked.state === 'resume' && existing)
      existing.intents = existing.intents.map((one) =>
        sameIdempotencyKey(one.intent, intent) ? { ...one, resumed: true } : one,
      )
    if (checked.state !== 'new') return checked
    const recorded: RecordedIntent = {
      intent,
      fingerprint: fingerprints[0],
      begunAt: now().toISOString(),
      resumed: false,
      conclusion: null,
      vendorIds: [],
    }
    const record = existing ?? records.add()
    record.intents = [...record.intents, recorded]
    records.touch(record)
    return { state: 'new', recorded, record: readRecord(record) }
  }

/** The intent recorded under this key in any payment, or else under this reference in another payment. */
const recordedUnder = (
  records: MemoryRecords,
  intent: Intent,
  payment: MemoryRecord | undefined,
): RecordedIntent | null => {
  const everywhere = records.all().flatMap((record) => record.intents.map((recorded) => ({ record, recorded })))
  const same = everywhere.find(({ recorded }) => sameIdempotencyKey(recorded.intent, intent))
  const other = everywhere.find(({ record, recorded }) => record !== payment && sameReference(recorded.intent, intent))
  return same?.recorded ?? other?.recorded ?? null
}

export const createConclude =
  ({ records, vendorIds }: MemoryState): Store['conclude'] =>
  async (intent, conclusion, learned) => {
    const record = records.byIntent((one) => sameIdempotencyKey(one.intent, intent))
    const before = record?.intents.find((one) => sameIdempotencyKey(one.intent, intent))
    if (!record || !before) return { taken: [] }
    const ref = paymentRef(before.intent)
    const { rail } = before.intent
    const isTaken = (vendorId: string): boolean => vendorIds.isTaken(record, rail, vendorId)
    const taken = learned.vendorIds.filter(isTaken)
    if (learned.onlyIfFree && taken.length > 0) return { taken }
    if (learned.replaces && learned.vendorIds.length > 0)
      for (const vendorId of vendorIds.learnedByToken(record, ref))
        if (!learned.vendorIds.includes(vendorId)) vendorIds.release(record, rail, vendorId)
    const own = learned.vendorIds.filter((vendorId) => !taken.includes(vendorId))
    for (const vendorId of own) vendorIds.learn(record, { rail, vendorId, intent: ref, byToken: false })
    if (conclusion !== 'not_sent') takeNamed(records, record, rail, merchantReference(before.intent))
    const after = withConclusion(before, conclusion, { vendorIds: own, record: readRecord(record) })
    record.intents = record.intents.flatMap((recorded) => (recorded === before ? (after ?? []) : recorded))
    if (record.intents.length === 0) records.remove(record)
    else records.touch(record)
    return { taken }
  }
