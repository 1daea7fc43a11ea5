import { deepEqual, equal } from 'node:assert/strict'
import { importId, ownMethods, paymentRef } from '@railswitch/core'
import { deposit, refund, sek, started } from './sample-payments.ts'
import type { Body } from './store-under-test.ts'

const ref = paymentRef(deposit())

/** A vendor id of a rail belongs to at most one record, and what was stored under it is applied when it becomes known. */
export const vendorIdCases: Readonly<Record<string, Body>> = {
  'applies a report that arrived before its response, when the response contains its vendor id': async ({
    store,
    rules,
    begun,
    conclude,
    callback,
    handle,
    record,
    stateOf,
    due,
  }) => {
    await begun(deposit())
    equal((await callback('n-1', { vendorId: 'v-1' })).record.unowned?.count, 1)
    await due()
    deepEqual(await conclude(deposit(), started(deposit()), ['v-1']), { taken: [] })
    equal(await stateOf('order-1'), 'credited')
    const { key, reports } = await record('order-1')
    deepEqual(
      reports.map(({ id, intent, proof }) => [id, intent, proof]),
      [['n-1', ref, 'signature']],
    )
    deepEqual(await due(), ['order-1 1'])
    const claim = await store.claimRecord(key, 1_000, rules)
    deepEqual(claim && (await handle(claim)), ['deposit.credited'])
    equal((await callback('n-1', { vendorId: 'v-1' })).state, 'idle')
  },

  'applies a report that is stored with the payment that it names, when its vendor id becomes known': async ({
    paid,
    begun,
    callback,
    conclude,
    stateOf,
    record,
  }) => {
    await paid('order-2')
    await begun(deposit())
    await callback('n-1', { vendorId: 'v-1', transactions: 'many', echo: 'order-2' })
    equal((await record('order-2')).reports.length, 2)
    await conclude(deposit(), started(deposit()), ['v-1'])
    equal((await record('order-2')).reports.length, 1)
    equal(await stateOf('order-1'), 'credited')
  },

  'applies every report of a vendor id that a token assigns': async ({ begun, callback, handle }) => {
    await begun(deposit())
    await callback('n-1', { vendorId: 'v-1' })
    const claim = await callback('n-2', { vendorId: 'v-1', method: 'debit', of: deposit() })
    deepEqual(await handle(claim), ['deposit.credited', 'deposit.reversed'])
  },

  'applies a report that arrived without a token when it arrives again with one': async ({
    begun,
    callback,
    handle,
    due,
  }) => {
    await begun(deposit())
    await callback('n-1', { vendorId: 'v-1' })
    await due()
    const again = await callback('n-1', { vendorId: 'v-1', of: deposit() })
    deepEqual(await due(), ['order-1 1'])
    deepEqual(await handle(again), ['deposit.credited'])
  },

  'replaces a vendor id that a token assigned by that of the response, and its reports need review': async ({
    begun,
    conclude,
    callback,
    handle,
    record,
    reviews,
    stateOf,
  }) => {
    await begun(deposit())
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

  'keeps a vendor id that a token assigned and the response repeats, or does not replace': async ({
    begun,
    conclude,
    callback,
    handle,
    stateOf,
  }) => {
    await begun(deposit())
    await callback('n-1', { vendorId: 'v-1', of: deposit() })
    await conclude(deposit(), started(deposit()), ['v-1'])
    equal(await stateOf('order-1'), 'credited')
    const other = deposit({ reference: 'order-2' })
    await begun(other)
    await handle(await callback('n-2', { vendorId: 'v-2', of: other }))
    await conclude(other, started(other), ['v-3'], false)
    equal(await stateOf('order-2'), 'credited')
    equal((await callback('n-3', { vendorId: 'v-3', method: 'debit' })).state, 'leased')
  },

  'never replaces a vendor id that a look-up or another response contained': async ({
    begun,
    conclude,
    own,
    callback,
    stateOf,
  }) => {
    await begun(deposit())
    await callback('n-1', { vendorId: 'v-1', of: deposit() })
    await own({ id: 'l-1', vendorId: 'v-1' }, ref, { learns: true })
    await conclude(deposit(), started(deposit()), ['v-2'])
    equal(await stateOf('order-1'), 'credited')
    await conclude(deposit(), started(deposit()), ['v-3'])
    equal((await callback('n-2', { vendorId: 'v-2' })).record.unowned, undefined)
  },

  'never assigns the vendor id of one payment to another, and returns that it is taken': async ({
    paid,
    begun,
    conclude,
    record,
  }) => {
    await paid()
    const other = deposit({ reference: 'order-2' })
    await begun(other)
    deepEqual(await conclude(other, started(other), ['order-1-v', 'order-2-v']), { taken: ['order-1-v'] })
    const { reports, intents } = await record('order-2')
    deepEqual([reports.length, intents[0]?.vendorIds], [0, ['order-2-v']])
    equal((await record('order-1')).reports.length, 1)
  },

  'replaces a vendor id that a token assigned even if the response contains that of another payment': async ({
    paid,
    begun,
    conclude,
    callback,
    record,
    reviews,
  }) => {
    await paid()
    const other = deposit({ reference: 'order-2' })
    await begun(other)
    await callback('n-1', { vendorId: 'by-token', of: other })
    deepEqual(await conclude(other, started(other), ['order-1-v']), { taken: ['order-1-v'] })
    deepEqual(
      (await record('order-2')).reports.map(({ intent }) => intent),
      [null],
    )
    deepEqual(await reviews(), ['order-2 vendor_id_differs'])
  },

  'shares a vendor id among the intents of one payment': async ({ paid, begun, conclude, callback, record }) => {
    await paid()
    await begun(refund('r-1', '10.00'))
    const answer = { state: 'accepted', result: { status: 'accepted', payment: ref } } as const
    deepEqual(await conclude(refund('r-1', '10.00'), answer, ['order-1-v']), { taken: [] })
    await callback('n-2', { vendorId: 'order-1-v', method: 'debit' })
    equal((await record('order-1')).reports.at(-1)?.intent, ref)
  },

  'imports one order for one payment only, also concurrently': async ({
    begun,
    own,
    record,
    reviews,
    callback,
  }) => {
    const imports = ['order-1', 'order-2'].map((reference) => deposit({ reference, adopted: true }))
    for (const intent of imports) await begun(intent)
    await Promise.all(
      imports.map((intent) => {
        const payment = paymentRef(intent)
        const report = { id: importId(payment), vendorId: 'v-1', method: ownMethods.imported, money: sek('100.00') }
        return own({ ...report, members: { state: 'credited' } }, payment, { learns: true, proof: 'person' })
      }),
    )
    const intents = await Promise.all(
      imports.map(async ({ reference }) => (await record(reference)).reports[0]?.intent),
    )
    equal(intents.filter((intent) => intent === null).length, 1)
    deepEqual(await reviews(), [`${intents[0] === null ? 'order-1' : 'order-2'} vendor_id_differs`])
    const claim = await callback('n-1', { vendorId: 'v-1', method: 'debit' })
    equal(claim.record.intents[0]?.intent.reference, intents[0] === null ? 'order-2' : 'order-1')
  },

  'learns the vendor id from an own look-up, and applies what was stored under it': async ({
    begun,
    callback,
    own,
    handle,
    stateOf,
  }) => {
    await begun(deposit())
    await callback('n-1', { vendorId: 'v-1', method: 'debit' })
    const claim = await own({ id: 'l-1', vendorId: 'v-1' }, ref, { learns: true })
    deepEqual(await handle(claim), ['deposit.credited', 'deposit.reversed'])
    deepEqual(await handle(await callback('n-2', { vendorId: 'v-1', method: 'strange' })), ['unrecognised'])
    equal(await stateOf('order-1'), 'reversed')
  },

  'stores a look-up that does not learn with its intent, and its vendor id stays unknown': async ({
    begun,
    own,
    callback,
  }) => {
    await begun(deposit())
    equal((await own({ id: 'l-1', vendorId: 'v-1', method: 'cancel' }, ref)).state, 'leased')
    equal((await callback('n-1', { vendorId: 'v-1' })).record.unowned?.count, 1)
  },

  'leaves a look-up with its payment when its vendor id is assigned to another payment': async ({
    begun,
    conclude,
    own,
    record,
  }) => {
    await begun(deposit())
    await own({ id: 'l-1', vendorId: 'v-1', method: 'cancel' }, ref)
    const other = deposit({ reference: 'order-2' })
    await begun(other)
    await conclude(other, started(other), ['v-1'])
    deepEqual(
      (await record('order-1')).reports.map(({ intent }) => intent),
      [ref],
    )
    equal((await record('order-2')).reports.length, 0)
  },

  'applies a report once that arrives concurrently with the response of its order': async ({
    store,
    begun,
    conclude,
    callback,
    handle,
    stateOf,
    clock,
    rules,
    due,
  }) => {
    for (let round = 0; round < 10; round += 1) {
      const intent = deposit({ reference: `race-${round}` })
      await begun(intent)
      const [claim] = await Promise.all([
        callback(`n-${round}`, { vendorId: `v-${round}` }),
        conclude(intent, started(intent), [`v-${round}`]),
      ])
      equal(await stateOf(intent.reference), 'credited')
      const first = claim.record.unowned ? [] : await handle(claim)
      const record = await store.find(intent.reference)
      const second = record && (await store.claimRecord(record.key, 1_000, rules))
      deepEqual([...first, ...(second ? await handle(second) : [])], ['deposit.credited'])
      clock.pass(1)
      await due()
    }
  },
}
