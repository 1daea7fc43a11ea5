import { depositRef, refOf, report, started } from '../../__fixtures__/records.ts'
import type { ReportOrigin } from '../ownership.ts'
import { leaseMs, order, storeWith, tokenOf } from './__fixtures__/store-with.ts'

const other = { ...order, reference: 'order-2' }
const otherRef = refOf({ intent: other } as Parameters<typeof refOf>[0])

const arriving = (id: string, vendorId: string) => {
  const { intent: _intent, proof: _proof, ...rest } = report(id, 'lookup', { vendorId })
  return rest
}
const own = (intent = depositRef, learns = true): ReportOrigin => ({ type: 'own', intent, proof: 'lookup', learns })

test('a foreign order stays in the record of its day, even when it is delivered again on another day', async () => {
  const { callback, clock } = storeWith()
  const first = await callback('n-1', { vendorId: 'tx-9' })
  clock.at += 86_400_000
  expect((await callback('n-1', { vendorId: 'tx-9' })).record.key).toBe(first.record.key)
  const second = await callback('n-2', { vendorId: 'tx-9' })
  expect([first, second].map(({ record }) => record.unowned?.name)).toEqual(['2026-01-01', '2026-01-02'])
})

test('a report with a genuine token of a lost intent moves to the record of this intent', async () => {
  const { callback } = storeWith()
  await callback('n-1', { vendorId: 'tx-9' })
  const { record } = await callback('n-1', { vendorId: 'tx-9' }, { token: tokenOf(order) })
  expect(record.unowned).toMatchObject({ reason: 'record_missing', name: 'order-1', count: 1 })
  expect((await callback('n-2', { vendorId: 'tx-9' })).record.unowned).toMatchObject({ count: 1 })
})

test('our own look-up teaches the vendor id of its intent, unless it belongs to another payment', async () => {
  const { begin, conclude, store, rules } = storeWith([])
  await begin()
  await conclude(order, started(order), ['tx-1'])
  await begin(other)
  await store.claim({ report: arriving('l-1', 'tx-2'), from: own(otherRef) }, leaseMs, rules)
  await store.claim({ report: arriving('l-2', 'tx-1'), from: own(otherRef) }, leaseMs, rules)
  expect((await store.find('order-2'))?.reports.map(({ id, intent, proof }) => [id, intent, proof])).toEqual([
    ['l-1', otherRef, 'lookup'],
    ['l-2', null, 'lookup'],
  ])
})

test('our own look-up that teaches nothing is applied to its intent, and its vendor id stays free', async () => {
  const { begin, callback, store, rules } = storeWith([])
  await begin()
  await store.claim({ report: arriving('l-1', 'tx-1'), from: own(depositRef, false) }, leaseMs, rules)
  expect((await store.find('order-1'))?.reports).toMatchObject([{ id: 'l-1', intent: depositRef }])
  expect((await callback('n-1')).record.unowned).toMatchObject({ reason: 'foreign_order' })
})

test("a person's decision about unowned reports is stored with them, and is not counted as one of them", async () => {
  const { callback, store, rules } = storeWith()
  const { record } = await callback('n-1', { vendorId: 'tx-9' })
  const decided = await store.claim(
    { report: arriving('p-1', ''), from: { type: 'unowned', record: record.key } },
    leaseMs,
    rules,
  )
  expect(decided.record).toMatchObject({
    key: record.key,
    unowned: { count: 1 },
    reports: [{ id: 'p-1', intent: null, proof: 'person' }],
  })
})
