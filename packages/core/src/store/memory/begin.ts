import type { Intent, RecordedIntent } from '../../record/intent.ts'
import { emptyRecord } from '../../record/payment-record.ts'
import { checkIntent } from '../intent-rules.ts'
import { rootReference, sameIdempotencyKey, sameReference } from '../record-rules.ts'
import type { Store } from '../store.ts'
import { type MemoryRecord, type MemoryRecords, readRecord } from './records.ts'
import type { MemoryState } from './state.ts'

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
