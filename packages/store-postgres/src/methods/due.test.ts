import type { RecordRules } from '@railswitch/core/store'
import { creditOf, depositOf, requestOf, rules } from '../__fixtures__/material.ts'
import { type EmbeddedStore, embeddedStore } from '../embedded.ts'

const start = Date.parse('2026-01-01T00:00:00.000Z')
const minute = 60_000
let at = start
let store: EmbeddedStore

beforeAll(async () => {
  store = embeddedStore({ now: () => new Date(at) })
  await store.migrate()
})
beforeEach(async () => {
  at = start
  await (await store.database()).query('delete from railswitch.payments')
})
afterAll(() => store.close())

const of = (version: string, more: Partial<RecordRules> = {}): RecordRules => ({ ...rules, version, ...more })
const due = async (by: RecordRules, limit = 10): Promise<readonly string[]> => {
  const until = new Date(at + minute).toISOString()
  const found = await store.leaseDue({ before: new Date(at).toISOString(), until, limit }, by)
  return found.map(({ record }) => record.intents[0]?.intent.reference ?? '')
}
const finish = async (by: RecordRules): Promise<void> => {
  const until = new Date(at + minute).toISOString()
  const all = await store.leaseDue({ before: new Date(at).toISOString(), until, limit: 10 }, by)
  for (const { lease } of all) await store.reschedule(lease, null)
}
const listed = async (by: RecordRules): Promise<readonly string[]> => {
  const found: string[] = []
  for await (const { intents } of store.reviews(by)) found.push(intents[0]?.intent.reference ?? '')
  return found
}
/** Version 2 sees nothing to review; version 3 sees that 1.00 is not 100.00. */
const blind = of('2', { derive: (record) => ({ ...rules.derive(record), reviews: [] }) })
const seeing = of('3')

test.each([
  ['a newer version', '2', '10'],
  ['an older version', '10', '2'],
])('%s of the rules leases a finished payment once, and derives it again', async (_, before, now) => {
  await store.begin(requestOf(depositOf('order-1')), of(before))
  await finish(of(before))
  expect(await due(of(before))).toEqual([])
  expect(await due(of(now))).toEqual(['order-1'])
  at += minute
  expect(await due(of(now))).toEqual(['order-1'])
  await finish(of(now))
  at += 2 * minute
  await finish(of(now))
  at += 2 * minute
  expect(await due(of(now))).toEqual([])
})

test('due payments come before those that are only to be derived again, and both are limited', async () => {
  for (const reference of ['order-1', 'order-2', 'order-3']) await store.begin(requestOf(depositOf(reference)), of('2'))
  await finish(of('2'))
  await store.begin(requestOf(depositOf('order-4')), of('2'))
  expect(await due(of('3'), 2)).toEqual(['order-4', 'order-1'])
  expect(await due(of('3'), 2)).toEqual(['order-2', 'order-3'])
  expect(await due(of('3'), 2)).toEqual([])
})

test.each([
  ['older', '3', '2'],
  ['newer', '2', '3'],
])('a payment that is leased by the %s version is not derived again meanwhile', async (_, now, before) => {
  await store.begin(requestOf(depositOf('order-1')), of(before))
  expect(await due(of(before))).toEqual(['order-1'])
  at += minute - 1
  expect(await due(of(now))).toEqual([])
  at += 1
  expect(await due(of(now))).toEqual(['order-1'])
})

test('a review that only the newer version sees is listed at once, and found by its column afterwards', async () => {
  await store.begin(requestOf(depositOf('order-1')), blind)
  await store.claim(creditOf('n-1', 'order-1', '1.00'), 1_000, blind)
  expect(await listed(blind)).toEqual([])
  expect(await listed(seeing)).toEqual(['order-1'])
  await due(seeing)
  const { rows } = await (await store.database()).query(
    'select needs_review, derivation_version from railswitch.payments',
  )
  expect(rows).toEqual([{ needs_review: true, derivation_version: '3' }])
  expect(await listed(seeing)).toEqual(['order-1'])
})
