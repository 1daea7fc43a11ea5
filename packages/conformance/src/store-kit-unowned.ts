import { deepEqual, equal } from 'node:assert/strict'
import type { Body } from './store-kit-bench.ts'
import { deposit, started } from './store-kit-material.ts'

const dayMs = 86_400_000

/** Reports that belong to no payment of ours: one review per rail and day, and never more than so many of them. */
export const unownedCases: Readonly<Record<string, Body>> = {
  'stores reports of strangers under their rail and day, and gives their number instead of them': async ({
    callback,
    handle,
    reviews,
    clock,
  }) => {
    const first = await callback('n-1', { vendorId: 'x' })
    deepEqual(first.record.unowned, {
      reason: 'foreign_order',
      rail: 'rail',
      name: '2026-01-01',
      since: '2026-01-01T00:00:00.000Z',
      count: 1,
    })
    deepEqual([first.record.intents, first.record.reports], [[], []])
    deepEqual(await handle(first), ['review.needed'])
    const second = await callback('n-2', { vendorId: 'y' })
    deepEqual([second.state, second.record.key, second.record.unowned?.count], ['idle', first.record.key, 2])
    await callback('n-3', { vendorId: 'x', rail: 'other' })
    clock.pass(dayMs)
    equal((await callback('n-4', { vendorId: 'x' })).record.unowned?.name, '2026-01-02')
    deepEqual(await reviews(), [
      'rail 2026-01-01 2 foreign_order',
      'other 2026-01-01 1 foreign_order',
      'rail 2026-01-02 1 foreign_order',
    ])
  },

  'counts a report of a stranger once, however often it is delivered': async ({ callback }) => {
    await callback('n-1', { vendorId: 'x' })
    equal((await callback('n-1', { vendorId: 'x' })).record.unowned?.count, 1)
  },

  'names the intent that a genuine token proves to be lost': async ({ callback, reviews }) => {
    const lost = deposit({ reference: 'lost-1', attempt: 2 })
    const claim = await callback('n-1', { vendorId: 'v-1', of: lost })
    equal(claim.state, 'leased')
    deepEqual(claim.record.unowned, {
      reason: 'record_missing',
      rail: 'rail',
      name: 'lost-1_2',
      since: '2026-01-01T00:00:00.000Z',
      count: 1,
    })
    await callback('n-2', { vendorId: 'v-2', of: lost })
    deepEqual(await reviews(), ['rail lost-1_2 2 record_missing'])
  },

  'shows what persons said of them, and opens a resolved day again when more come': async ({
    callback,
    handle,
    resolve,
    reviews,
    rules,
  }) => {
    const { record } = await callback('n-1', { vendorId: 'x' })
    await callback('n-2', { vendorId: 'y' })
    const [review] = rules.derive(record).reviews
    const resolved = await resolve(record.key, 'p-1', { review: review?.id ?? '', by: 'Finance', count: '2' })
    deepEqual(
      resolved.record.reports.map(({ id, method, proof, intent }) => [id, method, proof, intent]),
      [['p-1', 'resolved', 'person', null]],
    )
    equal(resolved.record.unowned?.count, 2)
    deepEqual(await handle(resolved), [])
    deepEqual(await reviews(), [])
    await callback('n-3', { vendorId: 'z' })
    deepEqual(await reviews(), ['rail 2026-01-01 3 foreign_order'])
  },

  'takes from the day what turns out to be ours, and closes its review when nothing is left': async ({
    begun,
    conclude,
    callback,
    reviews,
    stateOf,
    store,
    rules,
  }) => {
    await begun(deposit())
    const { record } = await callback('n-1', { vendorId: 'x' })
    await callback('n-2', { vendorId: 'v-1' })
    await conclude(deposit(), started(deposit()), ['v-1'])
    equal(await stateOf('order-1'), 'credited')
    deepEqual(await reviews(), ['rail 2026-01-01 1 foreign_order'])
    equal((await store.claimRecord(record.key, 1_000, rules))?.record.unowned?.count, 1)
    const other = deposit({ reference: 'order-2' })
    await begun(other)
    await conclude(other, started(other), ['x'])
    deepEqual(await reviews(), [])
  },

  'drops the oldest of them beyond the limit, and says how many': async ({
    callback,
    reviews,
    clock,
    begun,
    conclude,
  }) => {
    for (let index = 1; index <= 5; index += 1) {
      clock.pass(1_000)
      equal((await callback(`n-${index}`, { vendorId: `x-${index}` })).dropped, undefined)
    }
    clock.pass(dayMs)
    const next = await callback('n-6', { vendorId: 'x-6' })
    deepEqual([next.dropped, next.record.unowned?.count], [1, 1])
    deepEqual(await reviews(), ['rail 2026-01-01 4 foreign_order', 'rail 2026-01-02 1 foreign_order'])
    await begun(deposit())
    await conclude(deposit(), started(deposit()), ['x-2'])
    deepEqual(await reviews(), ['rail 2026-01-01 3 foreign_order', 'rail 2026-01-02 1 foreign_order'])
  },

  'drops those that are older than sixty days': async ({ callback, clock, reviews }) => {
    await callback('n-1', { vendorId: 'x' })
    clock.pass(60 * dayMs)
    equal((await callback('n-2', { vendorId: 'y' })).dropped, undefined)
    clock.pass(1)
    equal((await callback('n-3', { vendorId: 'z' })).dropped, 1)
    deepEqual(await reviews(), ['rail 2026-03-02 2 foreign_order'])
  },

  'never drops a report of a payment': async ({ paid, callback, record, clock }) => {
    await paid()
    clock.pass(61 * dayMs)
    for (let index = 1; index <= 7; index += 1) await callback(`n-${index}`, { vendorId: `x-${index}` })
    equal((await record('order-1')).reports.length, 1)
  },
}
