import { deepEqual, equal } from 'node:assert/strict'
import { deposit, refused, unknown } from '../harness/sample-payments.ts'
import type { CaseBody } from '../harness/store-harness.ts'

/** When a token assigns a vendor id to its intent. */
export const tokensCases: Readonly<Record<string, CaseBody>> = {
  'TOKEN-001 learns the vendor id from a genuine token while the call is unanswered': async ({
    beginState,
    callback,
    handle,
  }) => {
    await beginState(deposit())
    deepEqual(await handle(await callback('n-1', { vendorId: 'v-1', of: deposit() })), ['deposit.credited'])
    deepEqual(await handle(await callback('n-2', { vendorId: 'v-1', method: 'debit' })), ['deposit.reversed'])
  },

  'TOKEN-002 learns the vendor id from a genuine token while the outcome is unknown': async ({
    beginState,
    conclude,
    callback,
    handle,
  }) => {
    const payout = deposit({ kind: 'payout', reference: 'out-1' })
    await beginState(payout)
    await conclude(payout, unknown(payout))
    const claim = await callback('n-1', { vendorId: 'v-1', method: 'failed', of: payout })
    deepEqual(await handle(claim), ['payout.failed'])
  },

  'TOKEN-003 learns nothing from the token of a call that was answered': async ({ payDeposit, callback, record }) => {
    await payDeposit()
    const claim = await callback('n-2', { vendorId: 'v-2', method: 'debit', of: deposit() })
    equal(claim.record.unowned?.reason, 'foreign_order')
    equal((await record('order-1')).reports.length, 1)
  },

  'TOKEN-004 learns nothing from the token of a call that was refused': async ({
    beginState,
    conclude,
    callback,
    stateOf,
  }) => {
    await beginState(deposit())
    await conclude(deposit(), refused())
    const claim = await callback('n-1', { vendorId: 'v-1', of: deposit(), echo: null })
    equal(claim.record.unowned?.reason, 'foreign_order')
    // If the vendor signs our reference, it has made an order all the same. That opens nothing again.
    const signed = await callback('n-2', { vendorId: 'v-2', of: deposit() })
    equal(signed.record.unowned, undefined)
    equal(await stateOf('order-1'), 'not_credited')
  },

  'TOKEN-005 accepts a token for its own rail and attempt only, and reports any other as lost data': async ({
    beginState,
    callback,
    record,
  }) => {
    await beginState(deposit())
    const onOther = await callback('n-1', { vendorId: 'v-1', rail: 'other', of: deposit() })
    equal(onOther.record.unowned?.reason, 'record_missing')
    const ofSecond = await callback('n-2', { vendorId: 'v-1', of: deposit({ attempt: 2 }) })
    deepEqual(ofSecond.record.unowned, {
      reason: 'record_missing',
      rail: 'rail',
      name: 'order-1_2',
      since: '2026-01-01T00:00:00.000Z',
      count: 1,
      latest: '2026-01-01T00:00:00.000Z',
    })
    equal((await record('order-1')).reports.length, 0)
  },

  'TOKEN-006 learns a further vendor id from the token of an answered call where an intent can have several': async ({
    payDeposit,
    callback,
    handle,
    reviews,
  }) => {
    await payDeposit()
    const claim = await callback('n-2', { vendorId: 'v-2', of: deposit(), transactions: 'many', signs: 'identity' })
    equal(claim.record.reports.at(-1)?.proof, 'token')
    deepEqual(await handle(claim), ['review.needed'])
    deepEqual(await reviews(), ['order-1 overpaid'])
  },

  'TOKEN-007 never reopens a refused call by its token': async ({
    beginState,
    conclude,
    callback,
    handle,
    stateOf,
    reviews,
  }) => {
    await beginState(deposit())
    await conclude(deposit(), refused())
    const claim = await callback('n-1', { vendorId: 'v-1', of: deposit(), transactions: 'many' })
    deepEqual(await handle(claim), ['review.needed'])
    equal(await stateOf('order-1'), 'not_credited')
    deepEqual(await reviews(), ['order-1 unexpected_credit'])
  },
}
