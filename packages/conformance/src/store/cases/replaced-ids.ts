import { deepEqual, equal } from 'node:assert/strict'
import { paymentRef } from '@railswitch/core/store'
import { deposit, started } from '../harness/sample-payments.ts'
import type { CaseBody } from '../harness/store-harness.ts'

const ref = paymentRef(deposit())

/** Which vendor ids a response replaces. */
export const replacedIdsCases: Readonly<Record<string, CaseBody>> = {
  'REPL-001 replaces a vendor id that a token assigned by that of the response, and its reports need review': async ({
    beginState,
    conclude,
    callback,
    handle,
    record,
    reviews,
    stateOf,
  }) => {
    await beginState(deposit())
    await handle(await callback('n-1', { vendorId: 'by-token', method: 'cancel', of: deposit() }))
    equal(await stateOf('order-1'), 'not_credited')
    await conclude(deposit(), started(deposit()), ['by-response'])
    equal(await stateOf('order-1'), 'pending')
    deepEqual(
      (await record('order-1')).reports.map(({ intent }) => intent),
      [null],
    )
    deepEqual(await reviews(), ['order-1 vendor_id_differs'])
    equal((await callback('n-2', { vendorId: 'by-token' })).record.unowned?.reason, 'foreign_order')
    const claim = await callback('n-3', { vendorId: 'by-response' })
    deepEqual([...(await handle(claim))].sort(), ['deposit.credited', 'review.needed'])
  },

  'REPL-002 keeps a vendor id that a token assigned and the response repeats, or does not replace': async ({
    beginState,
    conclude,
    callback,
    handle,
    stateOf,
  }) => {
    await beginState(deposit())
    await callback('n-1', { vendorId: 'v-1', of: deposit() })
    await conclude(deposit(), started(deposit()), ['v-1'])
    equal(await stateOf('order-1'), 'credited')
    const other = deposit({ reference: 'order-2' })
    await beginState(other)
    await handle(await callback('n-2', { vendorId: 'v-2', of: other }))
    await conclude(other, started(other), ['v-3'], false)
    equal(await stateOf('order-2'), 'credited')
    equal((await callback('n-3', { vendorId: 'v-3', method: 'debit' })).state, 'leased')
  },

  'REPL-003 never replaces a vendor id that a look-up or another response contained': async ({
    beginState,
    conclude,
    ownReport,
    callback,
    stateOf,
  }) => {
    await beginState(deposit())
    await callback('n-1', { vendorId: 'v-1', of: deposit() })
    await ownReport({ id: 'l-1', vendorId: 'v-1' }, ref, { learns: true })
    await conclude(deposit(), started(deposit()), ['v-2'])
    equal(await stateOf('order-1'), 'credited')
    await conclude(deposit(), started(deposit()), ['v-3'])
    equal((await callback('n-2', { vendorId: 'v-2' })).record.unowned, undefined)
  },

  'REPL-004 never assigns the vendor id of one payment to another, and returns that it is taken': async ({
    payDeposit,
    beginState,
    conclude,
    record,
  }) => {
    await payDeposit()
    const other = deposit({ reference: 'order-2' })
    await beginState(other)
    deepEqual(await conclude(other, started(other), ['order-1-v', 'order-2-v']), { taken: ['order-1-v'] })
    const { reports, intents } = await record('order-2')
    deepEqual([reports.length, intents[0]?.vendorIds], [0, ['order-2-v']])
    equal((await record('order-1')).reports.length, 1)
  },

  'REPL-005 replaces a vendor id that a token assigned even if the response contains that of another payment': async ({
    payDeposit,
    beginState,
    conclude,
    callback,
    record,
    reviews,
  }) => {
    await payDeposit()
    const other = deposit({ reference: 'order-2' })
    await beginState(other)
    await callback('n-1', { vendorId: 'by-token', of: other })
    deepEqual(await conclude(other, started(other), ['order-1-v']), { taken: ['order-1-v'] })
    deepEqual(
      (await record('order-2')).reports.map(({ intent }) => intent),
      [null],
    )
    deepEqual(await reviews(), ['order-2 vendor_id_differs'])
  },
}
