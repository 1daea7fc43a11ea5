import type { IncomingReport } from '@railswitch/core/store'
import { creditOf, depositOf, requestOf, rules } from '../__fixtures__/material.ts'
import { type EmbeddedStore, embeddedStore } from '../embedded.ts'

let store: EmbeddedStore
beforeAll(async () => {
  store = embeddedStore()
  await store.migrate()
})
afterAll(() => store.close())

const unowned = (id: string): IncomingReport => {
  const { report, from } = creditOf(id, id)
  return from.type === 'callback' ? { report, from: { ...from, token: null } } : { report, from }
}

test('at most ten thousand unowned reports are stored, under one review, and those of a payment are not affected', async () => {
  const { record } = await store.claim(unowned('first'), 10_000, rules)
  const database = await store.database()
  await database.query(
    `insert into railswitch.reports (payment_id, rail, report_id, vendor_id, proof, report, is_unowned, received_at)
      select $1::text::bigint, 'rail', 's-' || i, 's-' || i, 'signature', '{}', true, now() from generate_series(1, 9999) i`,
    [record.key],
  )
  const next = await store.claim(unowned('next'), 10_000, rules)
  expect([next.dropped, next.record.unowned?.count, next.record.reports]).toEqual([1, 10_000, []])
  expect(rules.derive(next.record).reviews).toMatchObject([{ reason: 'foreign_order', count: 10_000 }])
  const { rows } = await database.query(`select from railswitch.reports where report_id = 'first'`)
  expect(rows).toEqual([])

  await store.begin(requestOf(depositOf('order-1')), rules)
  const claim = await store.claim(creditOf('n-1', 'order-1'), 10_000, rules)
  expect([claim.state, claim.dropped, claim.record.reports.length]).toEqual(['leased', undefined, 1])
})
