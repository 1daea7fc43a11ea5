import { deepEqual, equal } from 'node:assert/strict'
import { importReportId, ownMethods, paymentRef } from '@railswitch/core/store'
import { deposit, refund, sek, started } from '../harness/sample-payments.ts'
import type { CaseBody } from '../harness/store-harness.ts'

const ref = paymentRef(deposit())

/** A vendor id of a rail belongs to one record, and what was stored under it is applied when it becomes known. */
export const learnedIdsCases: Readonly<Record<string, CaseBody>> = {
  'ID-001 applies a report that arrived before its response, when the response contains its vendor id': async ({
    store,
    rules,
    beginState,
    conclude,
    callback,
    handle,
    record,
    stateOf,
    due,
  }) => {
    await beginState(deposit())
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

  'ID-002 applies a report that is stored with the payment that it names, when its vendor id becomes known': async ({
    payDeposit,
    beginState,
    callback,
    conclude,
    stateOf,
    record,
  }) => {
    await payDeposit('order-2')
    await beginState(deposit())
    await callback('n-1', { vendorId: 'v-1', transactions: 'many', echo: 'order-2' })
    equal((await record('order-2')).reports.length, 2)
    await conclude(deposit(), started(deposit()), ['v-1'])
    equal((await record('order-2')).reports.length, 1)
    equal(await stateOf('order-1'), 'credited')
  },

  'ID-003 applies every report of a vendor id that a token assigns': async ({ beginState, callback, handle }) => {
    await beginState(deposit())
    await callback('n-1', { vendorId: 'v-1' })
    const claim = await callback('n-2', { vendorId: 'v-1', method: 'debit', of: deposit() })
    deepEqual(await handle(claim), ['deposit.credited', 'deposit.reversed'])
  },

  'ID-004 applies a report that arrived without a token when it arrives again with one': async ({
    beginState,
    callback,
    handle,
    due,
  }) => {
    await beginState(deposit())
    await callback('n-1', { vendorId: 'v-1' })
    await due()
    const again = await callback('n-1', { vendorId: 'v-1', of: deposit() })
    deepEqual(await due(), ['order-1 1'])
    deepEqual(await handle(again), ['deposit.credited'])
  },

  'ID-005 shares a vendor id among the intents of one payment': async ({
    payDeposit,
    beginState,
    conclude,
    callback,
    record,
  }) => {
    await payDeposit()
    await beginState(refund('r-1', '10.00'))
    const answer = { state: 'accepted', result: { status: 'accepted', payment: ref } } as const
    deepEqual(await conclude(refund('r-1', '10.00'), answer, ['order-1-v']), { taken: [] })
    await callback('n-2', { vendorId: 'order-1-v', method: 'debit' })
    equal((await record('order-1')).reports.at(-1)?.intent, ref)
  },

  'ID-006 imports one order for one payment only, also concurrently': async ({
    beginState,
    ownReport,
    record,
    reviews,
    callback,
  }) => {
    const imports = ['order-1', 'order-2'].map((reference) => deposit({ reference, imported: true }))
    for (const intent of imports) await beginState(intent)
    await Promise.all(
      imports.map((intent) => {
        const payment = paymentRef(intent)
        const report = {
          id: importReportId(payment),
          vendorId: 'v-1',
          method: ownMethods.imported,
          money: sek('100.00'),
        }
        return ownReport({ ...report, members: { state: 'credited' } }, payment, { learns: true, proof: 'person' })
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

  'ID-007 learns the vendor id from an own look-up, and applies what was stored under it': async ({
    beginState,
    callback,
    ownReport,
    handle,
    stateOf,
  }) => {
    await beginState(deposit())
    await callback('n-1', { vendorId: 'v-1', method: 'debit' })
    const claim = await ownReport({ id: 'l-1', vendorId: 'v-1' }, ref, { learns: true })
    deepEqual(await handle(claim), ['deposit.credited', 'deposit.reversed'])
    deepEqual(await handle(await callback('n-2', { vendorId: 'v-1', method: 'unknown' })), ['unrecognised'])
    equal(await stateOf('order-1'), 'reversed')
  },

  'ID-008 stores a look-up that does not learn with its intent, and its vendor id stays unknown': async ({
    beginState,
    ownReport,
    callback,
  }) => {
    await beginState(deposit())
    equal((await ownReport({ id: 'l-1', vendorId: 'v-1', method: 'cancel' }, ref)).state, 'leased')
    equal((await callback('n-1', { vendorId: 'v-1' })).record.unowned?.count, 1)
  },

  'ID-009 leaves a look-up with its payment when its vendor id is assigned to another payment': async ({
    beginState,
    conclude,
    ownReport,
    record,
  }) => {
    await beginState(deposit())
    await ownReport({ id: 'l-1', vendorId: 'v-1', method: 'cancel' }, ref)
    const other = deposit({ reference: 'order-2' })
    await beginState(other)
    await conclude(other, started(other), ['v-1'])
    deepEqual(
      (await record('order-1')).reports.map(({ intent }) => intent),
      [ref],
    )
    equal((await record('order-2')).reports.length, 0)
  },

  'ID-010 applies a report once that arrives concurrently with the response of its order': async ({
    store,
    beginState,
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
      await beginState(intent)
      const [claim] = await Promise.all([
        callback(`n-${round}`, { vendorId: `v-${round}` }),
        conclude(intent, started(intent), [`v-${round}`]),
      ])
      equal(await stateOf(intent.reference), 'credited')
      const first = claim.record.unowned ? [] : await handle(claim)
      const record = await store.find(intent.reference)
      const second = record && (await store.claimRecord(record.key, 1_000, rules))
      deepEqual([...first, ...(second ? await handle(second) : [])], ['deposit.credited'])
      clock.advance(1)
      await due()
    }
  },
}
