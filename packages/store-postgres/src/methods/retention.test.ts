import { type IncomingReport, paymentRef } from '@railswitch/core/store'
import { creditOf, depositOf, requestOf, rules } from '../__fixtures__/material.ts'
import { type EmbeddedStore, embeddedStore } from '../embedded.ts'

const dayMs = 86_400_000
const start = Date.parse('2026-01-01T00:00:00.000Z')
let days = 0
let store: EmbeddedStore

beforeAll(async () => {
  store = embeddedStore({ now: () => new Date(start + days * dayMs) })
  await store.migrate()
})
beforeEach(async () => (await store.database()).query('delete from railswitch.payments'))
afterAll(() => store.close())

const begin = (reference: string) => store.begin(requestOf(depositOf(reference)), rules)
/** As `sync` does when nothing is left to do. */
const finish = async (): Promise<void> => {
  const until = new Date(start + (days + 1) * dayMs).toISOString()
  const before = new Date(start + days * dayMs).toISOString()
  for (const { lease } of await store.leaseDue({ before, until, limit: 100 }, rules))
    await store.reschedule(lease, null)
}

test('sweep deletes what has been finished for 400 days, and neither open payments nor those that need a manual review', async () => {
  await begin('over')
  await finish()
  days = 1
  await begin('over-later')
  await begin('to-review')
  await store.claim(creditOf('n-1', 'to-review', '1.00'), 1_000, rules)
  await finish()
  await begin('open')
  days = 400.5
  expect(await store.sweep()).toBe(1)
  expect(await store.find('over')).toBeNull()
  days = 401.5
  expect(await store.sweep()).toBe(1)
  days = 4_000
  expect(await store.sweep()).toBe(0)
  for (const stored of ['to-review', 'open'])
    expect((await store.find(stored))?.intents.map(({ intent }) => paymentRef(intent))).toEqual([
      paymentRef(depositOf(stored)),
    ])
})

test('sweep keeps mandates, whatever their age, because a customer can revoke one years later', async () => {
  days = 0
  const mandate = { ...depositOf('mandate-1'), kind: 'mandate' as const }
  await store.begin(requestOf(mandate), rules)
  await begin('over')
  await finish()
  days = 4_000
  expect(await store.sweep()).toBe(1)
  expect(await store.find('mandate-1')).not.toBeNull()
})

test('sweep deletes a payment whose only review was a report that moved to another payment', async () => {
  days = 2_000
  await begin('order-2')
  await begin('order-1')
  const { report } = creditOf('n-2', 'order-1')
  const named: IncomingReport = {
    report,
    from: { type: 'callback', token: null, signs: 'everything', echo: 'order-2', transactions: 'many' },
  }
  expect((await store.claim(named, 1_000, rules)).record.intents[0]?.intent.reference).toBe('order-2')
  const payment = paymentRef(depositOf('order-1'))
  const started = { state: 'started', result: { payment, redirectUrl: '', expiresAt: null } } as const
  await store.conclude(depositOf('order-1'), started, { vendorIds: [report.vendorId], replaces: true }, rules)
  await finish()
  days = 2_401
  expect(await store.sweep()).toBe(2)
})

test('sweep accepts another number of days, and goes on until nothing is left to delete', async () => {
  days = 5_000
  const database = await store.database()
  await database.query(
    `insert into railswitch.payments (root_reference, updated_at) select 'many-' || i, $1::timestamptz from generate_series(1, 505) i`,
    [new Date(start + days * dayMs).toISOString()],
  )
  days = 5_029
  expect(await store.sweep({ days: 30 })).toBe(0)
  days = 5_031
  expect(await store.sweep({ days: 30 })).toBe(505)
})

test('an account is stored as long as the charges and payouts that use it', async () => {
  days = 6_000
  await begin('mandate')
  await finish()
  days = 6_390
  await store.begin(requestOf({ ...depositOf('charge'), account: paymentRef(depositOf('mandate')) }), rules)
  await finish()
  days = 6_500
  expect(await store.sweep()).toBe(0)
  expect(await store.find('mandate')).not.toBeNull()
  days = 6_800
  expect(await store.sweep()).toBe(2)
})

test.each([0, -1, 0.5, Number.NaN])('sweep refuses %p days, and deletes nothing', async (wrong) => {
  await begin('just-now')
  await finish()
  await expect(store.sweep({ days: wrong })).rejects.toMatchObject({
    code: 'invalid_input',
    issues: [{ field: 'days' }],
  })
  expect(await store.find('just-now')).not.toBeNull()
})
