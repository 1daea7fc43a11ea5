import { deepEqual } from 'node:assert/strict'
import { deposit, refund } from '../harness/sample-payments.ts'
import type { CaseBody, StoreHarness } from '../harness/store-harness.ts'

const hourMs = 3_600_000

/** The references of the payments of which something happened, sorted. */
const happened = async ({ store }: StoreHarness, from: string, until: string): Promise<readonly string[]> => {
  const found: string[] = []
  for await (const { intents } of store.happenedBetween({ from, until })) found.push(intents[0]?.intent.reference ?? '')
  return found.sort()
}

/** What happened in a span of time, for the comparison with the vendor's books. The time of the store begins with 2026. */
export const happenedBetweenCases: Readonly<Record<string, CaseBody>> = {
  'SPAN-001 finds the payments of which an intent was begun, from the first time until before the last': async (
    harness,
  ) => {
    const { beginState, clock } = harness
    await beginState(deposit({ reference: 'order-1' }))
    clock.advance(hourMs)
    await beginState(deposit({ reference: 'order-2' }))
    clock.advance(hourMs)
    await beginState(deposit({ reference: 'order-3' }))
    deepEqual(await happened(harness, '2026-01-01T00:00:00.000Z', '2026-01-01T02:00:00.000Z'), ['order-1', 'order-2'])
    deepEqual(await happened(harness, '2026-01-01T01:00:00.000Z', '2026-01-02T00:00:00.000Z'), ['order-2', 'order-3'])
    deepEqual(await happened(harness, '2026-01-02T00:00:00.000Z', '2026-01-03T00:00:00.000Z'), [])
  },

  'SPAN-002 finds the payments of which a report has its time in the span, whenever it was received': async (
    harness,
  ) => {
    const { beginState, callback, clock } = harness
    await beginState(deposit())
    clock.advance(hourMs)
    await callback('n-1', { of: deposit(), at: '2026-02-03T12:00:00.000Z' })
    deepEqual(await happened(harness, '2026-02-03T12:00:00.000Z', '2026-02-04T00:00:00.000Z'), ['order-1'])
    deepEqual(await happened(harness, '2026-02-03T00:00:00.000Z', '2026-02-03T12:00:00.000Z'), [])
  },

  'SPAN-003 finds a payment once, with all that is stored of it': async (harness) => {
    const { payDeposit, beginState, callback, store } = harness
    await payDeposit()
    await beginState(refund('r-1', '10.00'))
    await callback('n-2', { at: '2026-01-01T03:00:00.000Z' })
    const found = []
    const span = { from: '2026-01-01T00:00:00.000Z', until: '2026-01-02T00:00:00.000Z' }
    for await (const record of store.happenedBetween(span)) found.push(record)
    deepEqual(found, [await store.find('order-1')])
  },

  'SPAN-004 finds many payments of one moment': async (harness) => {
    const { beginState } = harness
    const references = Array.from({ length: 230 }, (_, index) => `order-${1_000 + index}`)
    for (const reference of references) await beginState(deposit({ reference }))
    deepEqual(await happened(harness, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z'), references)
  },

  'SPAN-005 does not find reports that belong to no payment': async (harness) => {
    await harness.callback('n-1', { echo: null, vendorId: 'foreign' })
    deepEqual(await happened(harness, '2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'), [])
  },
}
