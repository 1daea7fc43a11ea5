import { deepEqual, equal, rejects } from 'node:assert/strict'
import { dayMs } from '@railswitch/core'
import { paymentRef } from '@railswitch/core/store'
import { deposit, started } from '../harness/sample-payments.ts'
import type { CaseBody } from '../harness/store-harness.ts'

/** Reports that belong to no payment: one review for each rail and day, and a limited number of reports. */
export const unownedReportsCases: Readonly<Record<string, CaseBody>> = {
  'UNOWN-001 stores unowned reports by their rail and day, and returns their number instead of them': async ({
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
      latest: '2026-01-01T00:00:00.000Z',
    })
    deepEqual([first.record.intents, first.record.reports], [[], []])
    deepEqual(await handle(first), ['review.needed'])
    const second = await callback('n-2', { vendorId: 'y' })
    deepEqual([second.state, second.record.key, second.record.unowned?.count], ['idle', first.record.key, 2])
    await callback('n-3', { vendorId: 'x', rail: 'other' })
    clock.advance(dayMs)
    equal((await callback('n-4', { vendorId: 'x' })).record.unowned?.name, '2026-01-02')
    deepEqual(await reviews(), [
      'rail 2026-01-01 2 foreign_order',
      'other 2026-01-01 1 foreign_order',
      'rail 2026-01-02 1 foreign_order',
    ])
  },

  'UNOWN-002 counts an unowned report once, however often it is delivered': async ({ callback }) => {
    await callback('n-1', { vendorId: 'x' })
    equal((await callback('n-1', { vendorId: 'x' })).record.unowned?.count, 1)
  },

  'UNOWN-003 names the lost intent of a genuine token': async ({ callback, reviews }) => {
    const lost = deposit({ reference: 'lost-1', attempt: 2 })
    const claim = await callback('n-1', { vendorId: 'v-1', of: lost })
    equal(claim.state, 'leased')
    deepEqual(claim.record.unowned, {
      reason: 'record_missing',
      rail: 'rail',
      name: 'lost-1_2',
      since: '2026-01-01T00:00:00.000Z',
      count: 1,
      latest: '2026-01-01T00:00:00.000Z',
    })
    await callback('n-2', { vendorId: 'v-2', of: lost })
    deepEqual(await reviews(), ['rail lost-1_2 2 record_missing'])
  },

  'UNOWN-004 returns their manual reviews, and reopens a resolved day when more arrive': async ({
    callback,
    handle,
    resolveReview,
    reviews,
    rules,
  }) => {
    const { record } = await callback('n-1', { vendorId: 'x' })
    await callback('n-2', { vendorId: 'y' })
    const [review] = rules.derive(record).reviews
    const resolved = await resolveReview(record.key, 'p-1', { review: review?.id ?? '', by: 'Finance', count: '2' })
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

  'UNOWN-005 deletes the oldest of them beyond the limit, and returns how many': async ({
    callback,
    reviews,
    clock,
    beginState,
    conclude,
  }) => {
    for (let index = 1; index <= 5; index += 1) {
      clock.advance(1_000)
      equal((await callback(`n-${index}`, { vendorId: `x-${index}` })).dropped, undefined)
    }
    clock.advance(dayMs)
    const next = await callback('n-6', { vendorId: 'x-6' })
    deepEqual([next.dropped, next.record.unowned?.count], [1, 1])
    deepEqual(await reviews(), ['rail 2026-01-01 4 foreign_order', 'rail 2026-01-02 1 foreign_order'])
    await beginState(deposit())
    await conclude(deposit(), started(deposit()), ['x-2'])
    deepEqual(await reviews(), ['rail 2026-01-01 3 foreign_order', 'rail 2026-01-02 1 foreign_order'])
  },

  'UNOWN-006 deletes those that are older than sixty days': async ({ callback, clock, reviews }) => {
    await callback('n-1', { vendorId: 'x' })
    clock.advance(60 * dayMs)
    equal((await callback('n-2', { vendorId: 'y' })).dropped, undefined)
    clock.advance(1)
    equal((await callback('n-3', { vendorId: 'z' })).dropped, 1)
    deepEqual(await reviews(), ['rail 2026-03-02 2 foreign_order'])
  },

  'UNOWN-007 never deletes their manual reviews': async ({ callback, resolveReview, reviews, store, rules, clock }) => {
    const { record } = await callback('n-1', { vendorId: 'x' })
    await resolveReview(record.key, 'p-1', { review: 'another', by: 'Finance', count: '1' })
    clock.advance(61 * dayMs)
    for (let index = 1; index <= 7; index += 1) await callback(`later-${index}`, { vendorId: `x-${index}` })
    const claim = await store.claimRecord(record.key, 1_000, rules)
    deepEqual([claim?.record.unowned?.count, claim?.record.reports.map(({ id }) => id)], [0, ['p-1']])
    deepEqual(await reviews(), ['rail 2026-03-03 5 foreign_order'])
  },

  'UNOWN-008 rejects a report for a record that does not exist': async ({
    resolveReview,
    ownReport,
    beginState,
    store,
  }) => {
    for (const key of ['no-such-record', '999999', ''])
      await rejects(resolveReview(key, 'p-1', { review: 'r', by: 'Finance' }), /There is no record/)
    await rejects(ownReport({ id: 'l-1' }, paymentRef(deposit())), /There is no intent/)
    equal(await beginState(deposit()), 'new')
    equal((await store.find('order-1'))?.reports.length, 0)
  },

  'UNOWN-009 leaves an unowned report under the day on which it arrived first': async ({
    callback,
    reviews,
    due,
    clock,
  }) => {
    await callback('n-1', { vendorId: 'x' })
    clock.advance(dayMs)
    const again = await callback('n-1', { vendorId: 'x' })
    deepEqual([again.record.unowned?.name, again.record.unowned?.count], ['2026-01-01', 1])
    deepEqual(await reviews(), ['rail 2026-01-01 1 foreign_order'])
    deepEqual(await due(), ['rail 2026-01-01 1 1'])
  },

  'UNOWN-010 never deletes a report of a payment': async ({ payDeposit, callback, record, clock }) => {
    await payDeposit()
    clock.advance(61 * dayMs)
    for (let index = 1; index <= 7; index += 1) await callback(`n-${index}`, { vendorId: `x-${index}` })
    equal((await record('order-1')).reports.length, 1)
  },
}
