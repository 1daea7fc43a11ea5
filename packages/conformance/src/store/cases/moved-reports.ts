import { deepEqual, equal } from 'node:assert/strict'
import { dayMs } from '@railswitch/core'
import { paymentRef } from '@railswitch/core/store'
import { deposit, started } from '../harness/sample-payments.ts'
import type { CaseBody } from '../harness/store-harness.ts'

/** The secret of the signature is the merchant’s own, as at payabl. */
const merchantSecret = { transactions: 'many', signs: 'identity' } as const

/** When reports that belong to no payment move to one. */
export const movedReportsCases: Readonly<Record<string, CaseBody>> = {
  'MOVE-001 moves reports of the day that turn out to be ours, and closes its review when none is left': async ({
    beginState,
    conclude,
    callback,
    reviews,
    stateOf,
    store,
    rules,
  }) => {
    await beginState(deposit())
    const { record } = await callback('n-1', { vendorId: 'x' })
    await callback('n-2', { vendorId: 'v-1' })
    await conclude(deposit(), started(deposit()), ['v-1'])
    equal(await stateOf('order-1'), 'credited')
    deepEqual(await reviews(), ['rail 2026-01-01 1 foreign_order'])
    equal((await store.claimRecord(record.key, 1_000, rules))?.record.unowned?.count, 1)
    const other = deposit({ reference: 'order-2' })
    await beginState(other)
    await conclude(other, started(other), ['x'])
    deepEqual(await reviews(), [])
  },

  'MOVE-002 moves an unowned report to the payment that it names, when it arrives again after the payment': async ({
    beginState,
    callback,
    record,
    reviews,
    clock,
  }) => {
    const more = { vendorId: 'x', transactions: 'many', signs: 'identity' } as const
    equal((await callback('n-1', more)).record.unowned?.count, 1)
    await beginState(deposit())
    equal((await callback('n-1', more)).record.intents.length, 1)
    deepEqual(await reviews(), [])
    for (let index = 1; index <= 7; index += 1) await callback(`x-${index}`, { vendorId: `x-${index}` })
    clock.advance(61 * dayMs)
    await callback('x-8', { vendorId: 'x-8' })
    deepEqual(
      (await record('order-1')).reports.map(({ id }) => id),
      ['n-1'],
    )
  },

  'MOVE-003 moves reports that named a payment before it was stored to it, as unproven ones, where the secret is ours':
    async ({ beginState, conclude, callback, ownReport, record, reviews, stateOf, due }) => {
      await callback('by-echo', { ...merchantSecret, vendorId: 'v-7', method: 'debit' })
      await callback('by-token', { ...merchantSecret, vendorId: 'v-8', of: deposit() })
      await callback('of-another', { ...merchantSecret, vendorId: 'v-9', echo: 'order-2' })
      await due()
      await beginState(deposit())
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
      await ownReport({ id: 'l-1', vendorId: 'v-8' }, paymentRef(deposit()), { learns: true })
      await callback('by-token', { ...merchantSecret, vendorId: 'v-8', of: deposit() })
      deepEqual(
        (await record('order-1')).reports.map(({ id, proof }) => [id, proof]),
        [
          ['by-echo', 'unproven'],
          ['by-token', 'token'],
          ['l-1', 'lookup'],
        ],
      )
    },

  'MOVE-004 moves no report to a payment that named another rail or attempt, or that the vendor’s own key signed':
    async ({ beginState, conclude, callback, record, reviews }) => {
      await callback('n-1', { ...merchantSecret, vendorId: 'x', rail: 'other' })
      await callback('n-2', { ...merchantSecret, vendorId: 'x', of: deposit({ attempt: 2 }) })
      await callback('n-3', { ...merchantSecret, vendorId: 'x', signs: 'everything' })
      await callback('n-4', { ...merchantSecret, vendorId: 'x', transactions: 'one' })
      await callback('n-5', { ...merchantSecret, vendorId: 'x', echo: null })
      await beginState(deposit())
      await conclude(deposit(), started(deposit()), ['v-1'])
      equal((await record('order-1')).reports.length, 0)
      deepEqual(await reviews(), [
        'other 2026-01-01 1 foreign_order',
        'rail order-1_2 1 record_missing',
        'rail 2026-01-01 3 foreign_order',
      ])
    },

  'MOVE-005 leaves reports that named a refused import unowned, and moves them to the next one': async ({
    payDeposit,
    store,
    rules,
    beginState,
    conclude,
    callback,
    record,
    reviews,
  }) => {
    await payDeposit('order-2')
    await callback('n-1', { ...merchantSecret, vendorId: 'v-7' })
    const imported = deposit({ imported: true })
    await beginState(imported)
    const learned = { vendorIds: ['order-2-v'], replaces: false, onlyIfFree: true }
    deepEqual(await store.conclude(imported, started(imported), learned, rules), { taken: ['order-2-v'] })
    await conclude(imported, 'not_sent')
    equal(await store.find('order-1'), null)
    deepEqual(await reviews(), ['rail 2026-01-01 1 foreign_order'])
    await beginState(imported)
    await conclude(imported, started(imported), ['v-1'])
    equal((await record('order-1')).reports.length, 1)
  },

  'MOVE-006 moves an unowned report to the lost intent whose genuine token arrives with it later': async ({
    callback,
    reviews,
  }) => {
    await callback('n-1', { vendorId: 'x' })
    await callback('n-1', { vendorId: 'x', of: deposit({ reference: 'lost-1' }) })
    deepEqual(await reviews(), ['rail lost-1 1 record_missing'])
    await callback('n-1', { vendorId: 'x' })
    deepEqual(await reviews(), ['rail lost-1 1 record_missing'])
  },

  'MOVE-007 leaves a report of a replaced vendor id with its payment, however often it arrives': async ({
    beginState,
    conclude,
    callback,
    record,
    reviews,
  }) => {
    await beginState(deposit())
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
}
