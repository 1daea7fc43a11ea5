import { deepEqual, equal, rejects } from 'node:assert/strict'
import { paymentRef } from '@railswitch/core'
import { deposit, started } from './sample-payments.ts'
import type { Body } from './store-under-test.ts'

const dayMs = 86_400_000
/** As payabl's callbacks are. */
const ours = { transactions: 'many', signs: 'identity' } as const

/** Reports that belong to no payment of ours: one review per rail and day, and never more than so many of them. */
export const unownedCases: Readonly<Record<string, Body>> = {
  'stores unowned reports by their rail and day, and returns their number instead of them': async ({
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

  'counts an unowned report once, however often it is delivered': async ({ callback }) => {
    await callback('n-1', { vendorId: 'x' })
    equal((await callback('n-1', { vendorId: 'x' })).record.unowned?.count, 1)
  },

  'names the lost intent of a genuine token': async ({ callback, reviews }) => {
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

  'returns their manual reviews, and reopens a resolved day when more arrive': async ({
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

  'moves reports of the day that turn out to be ours, and closes its review when none is left': async ({
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

  'deletes the oldest of them beyond the limit, and returns how many': async ({
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

  'deletes those that are older than sixty days': async ({ callback, clock, reviews }) => {
    await callback('n-1', { vendorId: 'x' })
    clock.pass(60 * dayMs)
    equal((await callback('n-2', { vendorId: 'y' })).dropped, undefined)
    clock.pass(1)
    equal((await callback('n-3', { vendorId: 'z' })).dropped, 1)
    deepEqual(await reviews(), ['rail 2026-03-02 2 foreign_order'])
  },

  'never deletes their manual reviews': async ({ callback, resolve, reviews, store, rules, clock }) => {
    const { record } = await callback('n-1', { vendorId: 'x' })
    await resolve(record.key, 'p-1', { review: 'another', by: 'Finance', count: '1' })
    clock.pass(61 * dayMs)
    for (let index = 1; index <= 7; index += 1) await callback(`later-${index}`, { vendorId: `x-${index}` })
    const claim = await store.claimRecord(record.key, 1_000, rules)
    deepEqual([claim?.record.unowned?.count, claim?.record.reports.map(({ id }) => id)], [0, ['p-1']])
    deepEqual(await reviews(), ['rail 2026-03-03 5 foreign_order'])
  },

  'rejects a report for a record that does not exist': async ({ resolve, own, begun, store }) => {
    for (const key of ['no-such-record', '999999', ''])
      await rejects(resolve(key, 'p-1', { review: 'r', by: 'Finance' }), /There is no record/)
    await rejects(own({ id: 'l-1' }, paymentRef(deposit())), /There is no intent/)
    equal(await begun(deposit()), 'new')
    equal((await store.find('order-1'))?.reports.length, 0)
  },

  'leaves an unowned report under the day on which it arrived first': async ({ callback, reviews, due, clock }) => {
    await callback('n-1', { vendorId: 'x' })
    clock.pass(dayMs)
    const again = await callback('n-1', { vendorId: 'x' })
    deepEqual([again.record.unowned?.name, again.record.unowned?.count], ['2026-01-01', 1])
    deepEqual(await reviews(), ['rail 2026-01-01 1 foreign_order'])
    deepEqual(await due(), ['rail 2026-01-01 1 1'])
  },

  'moves an unowned report to the payment that it names, when it arrives again after the payment': async ({
    begun,
    callback,
    record,
    reviews,
  }) => {
    const more = { vendorId: 'x', transactions: 'many', signs: 'identity' } as const
    equal((await callback('n-1', more)).record.unowned?.count, 1)
    await begun(deposit())
    equal((await callback('n-1', more)).record.intents.length, 1)
    deepEqual(await reviews(), [])
    for (let index = 1; index <= 7; index += 1) await callback(`x-${index}`, { vendorId: `x-${index}` })
    deepEqual(
      (await record('order-1')).reports.map(({ id }) => id),
      ['n-1'],
    )
  },

  'moves reports that named a payment before it was stored to it, as unproven ones, where the secret is ours': async ({
    begun,
    conclude,
    callback,
    own,
    record,
    reviews,
    stateOf,
    due,
  }) => {
    await callback('by-echo', { ...ours, vendorId: 'v-7', method: 'debit' })
    await callback('by-token', { ...ours, vendorId: 'v-8', of: deposit() })
    await callback('of-another', { ...ours, vendorId: 'v-9', echo: 'order-2' })
    await due()
    await begun(deposit())
    await conclude(deposit(), started(deposit()), ['v-1'])
    deepEqual(
      (await record('order-1')).reports.map(({ id, intent, proof }) => [id, intent, proof]),
      [
        ['by-echo', null, 'unproven'],
        ['by-token', null, 'unproven'],
      ],
    )
    deepEqual([await stateOf('order-1'), await due()], ['pending', ['order-1 0']])
    deepEqual(await reviews(), ['rail 2026-01-01 1 foreign_order'])
    await own({ id: 'l-1', vendorId: 'v-8' }, paymentRef(deposit()), { learns: true })
    await callback('by-token', { ...ours, vendorId: 'v-8', of: deposit() })
    deepEqual(
      (await record('order-1')).reports.map(({ id, proof }) => [id, proof]),
      [
        ['by-echo', 'unproven'],
        ['by-token', 'token'],
        ['l-1', 'lookup'],
      ],
    )
  },

  'moves no report to a payment that named another rail or attempt, or that the vendor’s own key signed': async ({
    begun,
    conclude,
    callback,
    record,
    reviews,
  }) => {
    await callback('n-1', { ...ours, vendorId: 'x', rail: 'other' })
    await callback('n-2', { ...ours, vendorId: 'x', of: deposit({ attempt: 2 }) })
    await callback('n-3', { ...ours, vendorId: 'x', signs: 'everything' })
    await callback('n-4', { ...ours, vendorId: 'x', transactions: 'one' })
    await callback('n-5', { ...ours, vendorId: 'x', echo: null })
    await begun(deposit())
    await conclude(deposit(), started(deposit()), ['v-1'])
    equal((await record('order-1')).reports.length, 0)
    deepEqual(await reviews(), [
      'other 2026-01-01 1 foreign_order',
      'rail order-1_2 1 record_missing',
      'rail 2026-01-01 3 foreign_order',
    ])
  },

  'leaves reports that named a refused import unowned, and moves them to the next one': async ({
    paid,
    store,
    rules,
    begun,
    conclude,
    callback,
    record,
    reviews,
  }) => {
    await paid('order-2')
    await callback('n-1', { ...ours, vendorId: 'v-7' })
    const imported = deposit({ adopted: true })
    await begun(imported)
    const learned = { vendorIds: ['order-2-v'], replaces: false, onlyIfFree: true }
    deepEqual(await store.conclude(imported, started(imported), learned, rules), { taken: ['order-2-v'] })
    await conclude(imported, 'not_sent')
    equal(await store.find('order-1'), null)
    deepEqual(await reviews(), ['rail 2026-01-01 1 foreign_order'])
    await begun(imported)
    await conclude(imported, started(imported), ['v-1'])
    equal((await record('order-1')).reports.length, 1)
  },

  'moves an unowned report to the lost intent whose genuine token arrives with it later': async ({
    callback,
    reviews,
  }) => {
    await callback('n-1', { vendorId: 'x' })
    await callback('n-1', { vendorId: 'x', of: deposit({ reference: 'lost-1' }) })
    deepEqual(await reviews(), ['rail lost-1 1 record_missing'])
    await callback('n-1', { vendorId: 'x' })
    deepEqual(await reviews(), ['rail lost-1 1 record_missing'])
  },

  'leaves a report of a replaced vendor id with its payment, however often it arrives': async ({
    begun,
    conclude,
    callback,
    record,
    reviews,
  }) => {
    await begun(deposit())
    await callback('n-1', { vendorId: 'by-token', signs: 'identity', of: deposit() })
    await conclude(deposit(), started(deposit()), ['by-response'])
    const again = await callback('n-1', { vendorId: 'by-token' })
    equal(again.record.intents.length, 1)
    deepEqual(
      (await record('order-1')).reports.map(({ id, proof, intent }) => [id, proof, intent]),
      [['n-1', 'signature', null]],
    )
    deepEqual(await reviews(), ['order-1 vendor_id_differs'])
    for (let index = 1; index <= 7; index += 1) await callback(`x-${index}`, { vendorId: 'x' })
    equal((await record('order-1')).reports.length, 1)
  },

  'never deletes a report of a payment': async ({ paid, callback, record, clock }) => {
    await paid()
    clock.pass(61 * dayMs)
    for (let index = 1; index <= 7; index += 1) await callback(`n-${index}`, { vendorId: `x-${index}` })
    equal((await record('order-1')).reports.length, 1)
  },
}
