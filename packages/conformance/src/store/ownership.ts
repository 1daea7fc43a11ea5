import { deepEqual, equal } from 'node:assert/strict'
import { paymentRef } from '@railswitch/core'
import { accepted, deposit, refund, refused, sek, started, unknown } from './sample-payments.ts'
import type { Body } from './store-under-test.ts'

/** Whose a report is. The attacker knows our references, signs with the vendor's one key, and has no genuine token. */
export const ownershipCases: Readonly<Record<string, Body>> = {
  'stores a report with an unknown vendor id as unowned, even if it echoes our reference': async ({
    begun,
    callback,
    stateOf,
    record,
  }) => {
    await begun(deposit())
    const claim = await callback('n-1', { vendorId: 'of-the-attacker', echo: 'order-1' })
    deepEqual(claim.record.unowned, {
      reason: 'foreign_order',
      rail: 'rail',
      name: '2026-01-01',
      since: '2026-01-01T00:00:00.000Z',
      count: 1,
    })
    equal(await stateOf('order-1'), 'pending')
    equal((await record('order-1')).reports.length, 0)
  },

  'stores a report that only echoes our reference with that payment where the secret is ours, without applying it': async ({
    begun,
    callback,
    handle,
    stateOf,
    record,
    reviews,
  }) => {
    await begun(deposit())
    const more = { vendorId: 'strange', transactions: 'many', signs: 'identity' } as const
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

  'does not look for an echoed reference on another rail': async ({ begun, callback }) => {
    await begun(deposit())
    const claim = await callback('n-1', { vendorId: 'strange', transactions: 'many', rail: 'other' })
    equal(claim.record.unowned?.reason, 'foreign_order')
  },

  'applies a report whose vendor id the response contained': async ({ begun, conclude, callback, handle, stateOf }) => {
    await begun(deposit())
    await conclude(deposit(), started(deposit()), ['v-1'])
    deepEqual(await handle(await callback('n-1', { vendorId: 'v-1', echo: null })), ['deposit.credited'])
    equal(await stateOf('order-1'), 'credited')
  },

  'learns the vendor id from a genuine token while the call is unanswered': async ({ begun, callback, handle }) => {
    await begun(deposit())
    deepEqual(await handle(await callback('n-1', { vendorId: 'v-1', of: deposit() })), ['deposit.credited'])
    deepEqual(await handle(await callback('n-2', { vendorId: 'v-1', method: 'debit' })), ['deposit.reversed'])
  },

  'learns the vendor id from a genuine token while the outcome is unknown': async ({
    begun,
    conclude,
    callback,
    handle,
  }) => {
    const payout = deposit({ kind: 'payout', reference: 'out-1' })
    await begun(payout)
    await conclude(payout, unknown(payout))
    const claim = await callback('n-1', { vendorId: 'v-1', method: 'failed', of: payout })
    deepEqual(await handle(claim), ['payout.failed'])
  },

  'learns nothing from the token of a call that was answered': async ({ paid, callback, record }) => {
    await paid()
    const claim = await callback('n-2', { vendorId: 'v-2', method: 'debit', of: deposit() })
    equal(claim.record.unowned?.reason, 'foreign_order')
    equal((await record('order-1')).reports.length, 1)
  },

  'learns nothing from the token of a call that was refused': async ({ begun, conclude, callback, stateOf }) => {
    await begun(deposit())
    await conclude(deposit(), refused())
    const claim = await callback('n-1', { vendorId: 'v-1', of: deposit() })
    equal(claim.record.unowned?.reason, 'foreign_order')
    equal(await stateOf('order-1'), 'not_credited')
  },

  'prefers the vendor id to the token of another payment': async ({
    paid,
    begun,
    callback,
    handle,
    record,
  }) => {
    await paid()
    const other = deposit({ reference: 'order-2' })
    await begun(other)
    const claim = await callback('n-2', { vendorId: 'order-1-v', method: 'debit', of: other })
    deepEqual(await handle(claim), ['deposit.reversed'])
    equal((await record('order-1')).reports.length, 2)
    equal((await record('order-2')).reports.length, 0)
  },

  'accepts a token for its own rail and attempt only, and reports any other as lost data': async ({
    begun,
    callback,
    record,
  }) => {
    await begun(deposit())
    const onOther = await callback('n-1', { vendorId: 'v-1', rail: 'other', of: deposit() })
    equal(onOther.record.unowned?.reason, 'record_missing')
    const ofSecond = await callback('n-2', { vendorId: 'v-1', of: deposit({ attempt: 2 }) })
    deepEqual(ofSecond.record.unowned, {
      reason: 'record_missing',
      rail: 'rail',
      name: 'order-1_2',
      since: '2026-01-01T00:00:00.000Z',
      count: 1,
    })
    equal((await record('order-1')).reports.length, 0)
  },

  'learns a further vendor id from the token of an answered call where an intent can have several': async ({
    paid,
    callback,
    handle,
    reviews,
  }) => {
    await paid()
    const claim = await callback('n-2', { vendorId: 'v-2', of: deposit(), transactions: 'many', signs: 'identity' })
    equal(claim.record.reports.at(-1)?.proof, 'token')
    deepEqual(await handle(claim), ['review.needed'])
    deepEqual(await reviews(), ['order-1 overpaid'])
  },

  'never reopens a refused call by its token': async ({
    begun,
    conclude,
    callback,
    handle,
    stateOf,
    reviews,
  }) => {
    await begun(deposit())
    await conclude(deposit(), refused())
    const claim = await callback('n-1', { vendorId: 'v-1', of: deposit(), transactions: 'many' })
    deepEqual(await handle(claim), ['review.needed'])
    equal(await stateOf('order-1'), 'not_credited')
    deepEqual(await reviews(), ['order-1 unexpected_credit'])
  },

  'applies a failure to a payout if it is reported under the deposit whose account the payout uses': async ({
    paid,
    begun,
    conclude,
    callback,
    handle,
    record,
  }) => {
    await paid()
    const payout = deposit({ kind: 'payout', reference: 'out-1', account: paymentRef(deposit()) })
    await begun(payout)
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

  'leaves a report with the payment to which it was applied, whatever token arrives with it later': async ({
    paid,
    begun,
    conclude,
    callback,
    record,
  }) => {
    await paid()
    const payout = deposit({ kind: 'payout', reference: 'out-1', account: paymentRef(deposit()) })
    await begun(payout)
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

  'raises the proof of a report when it is delivered again with a token': async ({
    paid,
    callback,
    handle,
    record,
    reviews,
  }) => {
    await paid()
    const more = { vendorId: 'order-1-v', method: 'credit', signs: 'identity' } as const
    deepEqual(await handle(await callback('n-2', { ...more, money: sek('1.00') })), ['review.needed'])
    deepEqual(await reviews(), ['order-1 unsigned_money'])
    await handle(await callback('n-2', { ...more, money: sek('1.00'), of: deposit() }))
    deepEqual(await reviews(), ['order-1 amount_differs'])
    await callback('n-2', { ...more, money: sek('1.00') })
    const { reports } = await record('order-1')
    deepEqual(
      reports.map(({ id, proof }) => [id, proof]),
      [
        ['order-1-paid', 'signature'],
        ['n-2', 'token'],
      ],
    )
  },

  'keeps the content of a report with the stronger proof, whatever a weaker one contains before or afterwards': async ({
    paid,
    callback,
    own,
    record,
  }) => {
    await paid()
    const weak = {
      vendorId: 'order-1-v',
      signs: 'identity',
      money: sek('1.00'),
      members: { said: 'weakly' },
      at: '2026-01-01T00:00:01.000Z',
    } as const
    const strong = { money: sek('2.00'), members: { said: 'strongly' }, at: '2026-01-01T00:00:02.000Z' }
    const said = { ...weak, ...strong, method: 'debit' } as const
    const stronger = {
      token: (more: object = {}) => callback('by-token', { ...said, ...more, of: deposit() }),
      lookup: (more: object = {}) =>
        own({ id: 'by-lookup', ...strong, method: 'debit', ...more }, paymentRef(deposit())),
      signature: (more: object = {}) => callback('by-signature', { ...said, ...more, signs: 'everything' }),
    }
    for (const [proof, say] of Object.entries(stronger)) {
      const id = `by-${proof}`
      const stored = async () => (await record('order-1')).reports.find((report) => report.id === id)
      await callback(id, weak)
      equal((await stored())?.proof, 'unproven')
      await say()
      const raised = await stored()
      deepEqual(raised, { ...raised, ...strong, proof, method: 'debit' })
      await callback(id, weak)
      await say({ money: sek('3.00') })
      deepEqual(await stored(), raised)
    }
  },

  'raises the proof of an unowned report that arrives again with a token, and takes its new content': async ({
    begun,
    conclude,
    callback,
    record,
    stateOf,
  }) => {
    await begun(deposit())
    const { record: strange } = await callback('n-1', { vendorId: 'x', signs: 'identity', money: sek('1.00') })
    equal(strange.unowned?.count, 1)
    const again = { vendorId: 'v-1', signs: 'identity', money: sek('100.00') } as const
    equal((await callback('n-1', { ...again, of: deposit() })).record.reports[0]?.money?.value, '100.00')
    equal(await stateOf('order-1'), 'credited')
    await conclude(deposit(), started(deposit()), ['v-2'])
    deepEqual(
      (await record('order-1')).reports.map(({ id, vendorId, intent }) => [id, vendorId, intent]),
      [['n-1', 'v-1', null]],
    )
  },

  'does not accept the token of another call of the payment as proof of the money': async ({
    paid,
    begun,
    conclude,
    callback,
  }) => {
    await paid()
    const out = refund('r-1', '10.00')
    await begun(out)
    await conclude(out, accepted(out), ['r-v'])
    const more = { signs: 'identity', method: 'failed', vendorId: 'r-v' } as const
    const byDeposit = await callback('n-2', { ...more, of: deposit() })
    equal(byDeposit.record.reports.at(-1)?.proof, 'token')
    const byRefund = await callback('n-3', { ...more, vendorId: 'order-1-v', method: 'debit', of: out })
    equal(byRefund.record.reports.at(-1)?.proof, 'unproven')
  },

  'treats the same id from another rail as another report': async ({ paid, callback }) => {
    await paid()
    equal((await callback('order-1-paid', { rail: 'other' })).record.unowned?.rail, 'other')
  },
}
