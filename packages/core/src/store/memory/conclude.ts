import { paymentRef } from '../../values/payment-ref.ts'
import { merchantReference } from '../../values/reference.ts'
import { sameIdempotencyKey, withConclusion } from '../record-rules.ts'
import type { Store } from '../store.ts'
import { readRecord } from './records.ts'
import { takeNamed } from './reports.ts'
import type { MemoryState } from './state.ts'

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
