import { deepEqual, equal } from 'node:assert/strict'
import { paymentRef } from '@railswitch/core/store'
import { accepted, deposit, started } from '../harness/sample-payments.ts'
import type { CaseBody } from '../harness/store-harness.ts'

/**
 * Which payment a report belongs to. An attacker knows our references, can obtain reports that the vendor's only key signs, and has no
 * genuine token.
 */
export const ownershipCases: Readonly<Record<string, CaseBody>> = {
  'OWN-001 stores a report with an unknown vendor id as unowned, even if it echoes our reference': async ({
    beginState,
    callback,
    stateOf,
    record,
  }) => {
    await beginState(deposit())
    const claim = await callback('n-1', { vendorId: 'of-the-attacker', echo: 'order-1' })
    deepEqual(claim.record.unowned, {
      reason: 'foreign_order',
      rail: 'rail',
      name: '2026-01-01',
      since: '2026-01-01T00:00:00.000Z',
      count: 1,
      latest: '2026-01-01T00:00:00.000Z',
    })
    equal(await stateOf('order-1'), 'pending')
    equal((await record('order-1')).reports.length, 0)
  },

  'OWN-002 stores a report that only echoes our reference with that payment where the secret is ours, without applying it':
    async ({ beginState, callback, handle, stateOf, record, reviews }) => {
      await beginState(deposit())
      const more = { vendorId: 'unknown', transactions: 'many', signs: 'identity' } as const
      equal((await callback('n-1', more)).state, 'idle')
      deepEqual(
        (await record('order-1')).reports.map(({ intent, proof }) => [intent, proof]),
        [[null, 'unproven']],
      )
      equal(await stateOf('order-1'), 'pending')
      deepEqual(await reviews(), [])
      deepEqual(await handle(await callback('n-2', { ...more, signs: 'everything' })), ['review.needed'])
      deepEqual(await reviews(), ['order-1 vendor_id_differs'])
      equal(await stateOf('order-1'), 'pending')
    },

  'OWN-003 does not look for an echoed reference on another rail': async ({ beginState, callback }) => {
    await beginState(deposit())
    const claim = await callback('n-1', { vendorId: 'unknown', transactions: 'many', rail: 'other' })
    equal(claim.record.unowned?.reason, 'foreign_order')
  },

  'OWN-004 applies a report whose vendor id the response contained': async ({
    beginState,
    conclude,
    callback,
    handle,
    stateOf,
  }) => {
    await beginState(deposit())
    await conclude(deposit(), started(deposit()), ['v-1'])
    deepEqual(await handle(await callback('n-1', { vendorId: 'v-1', echo: null })), ['deposit.credited'])
    equal(await stateOf('order-1'), 'credited')
  },

  'OWN-005 prefers the vendor id to the token of another payment': async ({
    payDeposit,
    beginState,
    callback,
    handle,
    record,
  }) => {
    await payDeposit()
    const other = deposit({ reference: 'order-2' })
    await beginState(other)
    const claim = await callback('n-2', { vendorId: 'order-1-v', method: 'debit', of: other })
    deepEqual(await handle(claim), ['deposit.reversed'])
    equal((await record('order-1')).reports.length, 2)
    equal((await record('order-2')).reports.length, 0)
  },

  'OWN-006 applies a failure to a payout if it is reported under the deposit whose account the payout uses': async ({
    payDeposit,
    beginState,
    conclude,
    callback,
    handle,
    record,
  }) => {
    await payDeposit()
    const payout = deposit({ kind: 'payout', reference: 'out-1', account: paymentRef(deposit()) })
    await beginState(payout)
    await conclude(payout, accepted(payout))
    const claim = await callback('n-2', {
      vendorId: 'order-1-v',
      method: 'failed',
      of: payout,
      transactions: 'many',
    })
    deepEqual(await handle(claim), ['payout.failed'])
    equal((await record('out-1')).reports.length, 1)
    deepEqual(await handle(await callback('n-3', { vendorId: 'order-1-v', method: 'debit' })), ['deposit.reversed'])
  },

  'OWN-007 leaves a report with the payment to which it was applied, whatever token arrives with it later': async ({
    payDeposit,
    beginState,
    conclude,
    callback,
    record,
  }) => {
    await payDeposit()
    const payout = deposit({ kind: 'payout', reference: 'out-1', account: paymentRef(deposit()) })
    await beginState(payout)
    await conclude(payout, accepted(payout))
    await callback('n-2', { vendorId: 'order-1-v', method: 'debit', transactions: 'many' })
    await callback('n-2', { vendorId: 'order-1-v', method: 'debit', transactions: 'many', of: payout })
    deepEqual(
      (await record('order-1')).reports.map(({ id, intent }) => [id, intent]),
      [
        ['order-1-paid', paymentRef(deposit())],
        ['n-2', paymentRef(deposit())],
      ],
    )
    equal((await record('out-1')).reports.length, 0)
  },

  'OWN-008 treats the same id from another rail as another report': async ({ payDeposit, callback }) => {
    await payDeposit()
    equal((await callback('order-1-paid', { rail: 'other' })).record.unowned?.rail, 'other')
  },
}
