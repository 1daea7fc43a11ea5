import { type PaymentRecord, pendingEventsFor } from '@railswitch/core/store'
import { emittedOf } from '../harness/payment-calls.ts'
import { leaseMs } from '../harness/store-context.ts'
import type { StoreHarness } from '../harness/store-harness.ts'
import type { DatabaseUnderTest } from './database-under-test.ts'

export type CrashHarness = StoreHarness & Pick<DatabaseUnderTest, 'rows'>

/** Everything that a store shows, without the keys of its records and the times of its intents. */
export interface Snapshot {
  readonly payments: readonly (RecordWithoutTimes | null)[]
  readonly vendorIds: readonly (string | null)[]
  readonly reviews: readonly string[]
  /** How many events are marked as emitted, and how many rows of the application were written with them. */
  readonly emitted: number
  readonly rows: number
}

type RecordWithoutTimes = ReturnType<typeof withoutTimes>

const references = ['order-1', 'order-2', 'r-1']

export const snapshotOf = async ({ store, reviews, rows }: CrashHarness): Promise<Snapshot> => {
  const payments: (RecordWithoutTimes | null)[] = []
  for (const reference of references) {
    const record = await store.find(reference)
    payments.push(record && withoutTimes(record))
  }
  const vendorIds: (string | null)[] = []
  for (const vendorId of ['v-1', 'v-2']) {
    const found = await store.findByVendorId({ rail: 'rail', vendorId, merchantReference: null })
    vendorIds.push(found?.intents[0]?.intent.reference ?? null)
  }
  const ids = payments.flatMap((record) => record?.emitted.map(({ id }) => id) ?? [])
  return {
    payments,
    vendorIds,
    reviews: await reviews(),
    emitted: new Set(ids).size,
    rows: await rows.count(),
  }
}

const withoutTimes = ({ intents, reports, emitted }: PaymentRecord) => ({
  intents: intents.map(({ begunAt: _begunAt, ...recorded }) => recorded),
  reports,
  emitted,
})

/** What happens after a crash: the leases end, the call is repeated, and a run of `sync` handles what waits. */
export const recover = async (harness: CrashHarness, call: () => Promise<unknown>): Promise<void> => {
  const { clock, leaseDue, store, rules } = harness
  clock.advance(3 * leaseMs)
  for (const _again of [1, 2]) await call()
  clock.advance(3 * leaseMs)
  for (const { lease, record } of await leaseDue()) {
    const claim = await store.claimRecord(record.key, leaseMs, rules)
    if (claim?.state === 'leased') await handleAll(harness, claim.lease, claim.record)
    await store.reschedule(lease, null)
  }
}

/** Handles all events that wait, each event of a payment with a row of the application. */
export const handleAll = async (
  { store, rules, rows }: CrashHarness,
  lease: string,
  record: PaymentRecord,
): Promise<void> => {
  const pending = pendingEventsFor(rules.derive(record), null)
  for (const [index, event] of pending.entries()) {
    const isLast = index === pending.length - 1
    const completion = { emitted: emittedOf(event), isLast, timeoutMs: 1_000 }
    const write = record.unowned ? {} : { write: rows.add }
    await store.complete(lease, { ...completion, ...write }, rules)
  }
}
