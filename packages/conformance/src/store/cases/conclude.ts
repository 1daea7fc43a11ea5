import { deepEqual, equal } from 'node:assert/strict'
import { ownMethods, paymentRef } from '@railswitch/core/store'
import { accepted, deposit, refund, refused, started, unknown } from '../harness/sample-payments.ts'
import type { CaseBody } from '../harness/store-harness.ts'

/** What is recorded of the end of a call, and when an intent is deleted. */
export const concludeCases: Readonly<Record<string, CaseBody>> = {
  'END-001 never deletes an intent that a second call has resumed, because that call may have sent it': async ({
    beginState,
    conclude,
    record,
  }) => {
    await beginState(deposit())
    equal(await beginState(deposit()), 'resume')
    await conclude(deposit(), 'not_sent')
    equal((await record('order-1')).intents.length, 1)
  },

  'END-002 never deletes an intent to which a report was applied, because the vendor knows it': async ({
    beginState,
    conclude,
    callback,
    handle,
    record,
    stateOf,
  }) => {
    await beginState(deposit())
    const claim = await callback('n-1', { vendorId: 'v-1', of: deposit() })
    await conclude(deposit(), 'not_sent')
    deepEqual((await record('order-1')).intents.length, 1)
    equal(await stateOf('order-1'), 'credited')
    deepEqual(await handle(claim), ['deposit.credited'])
    equal(await beginState(deposit()), 'resume')
  },

  'END-003 never deletes the only intent of a payment while a report that names it is stored there': async ({
    payDeposit,
    beginState,
    conclude,
    callback,
    record,
  }) => {
    await beginState(deposit())
    await callback('n-1', { vendorId: 'v-1', transactions: 'many', signs: 'identity' })
    await conclude(deposit(), 'not_sent')
    equal((await record('order-1')).reports.length, 1)
    await payDeposit('order-2')
    const out = refund('r-1', '10.00', { of: paymentRef(deposit({ reference: 'order-2' })) })
    await beginState(out)
    await callback('n-2', { vendorId: 'v-2', echo: 'order-2', transactions: 'many', signs: 'identity' })
    await conclude(out, 'not_sent')
    equal((await record('order-2')).intents.length, 1)
  },

  'END-004 deletes an intent that was not sent, with its reference, and no other intent': async ({
    store,
    payDeposit,
    beginState,
    conclude,
    record,
  }) => {
    await beginState(deposit())
    await conclude(deposit(), 'not_sent')
    equal(await store.find('order-1'), null)
    await payDeposit('order-2')
    await beginState(refund('order-1', '10.00', { of: paymentRef(deposit({ reference: 'order-2' })) }))
    await conclude(refund('order-1', '10.00'), 'not_sent')
    equal(await store.find('order-1'), null)
    equal(await beginState(deposit(), 'other'), 'new')
    await conclude(deposit(), started(deposit()))
    await conclude(deposit(), 'not_sent')
    equal((await record('order-1')).intents.length, 1)
  },

  'END-005 keeps a reference while another attempt uses it': async ({ beginState, conclude, record, payDeposit }) => {
    await beginState(deposit())
    await conclude(deposit(), refused())
    await beginState(deposit({ attempt: 2 }))
    await conclude(deposit({ attempt: 2 }), 'not_sent')
    equal((await record('order-1')).intents.length, 1)
    await payDeposit('order-2')
    const out = refund('order-1', '1.00', { of: paymentRef(deposit({ reference: 'order-2' })), attempt: 3 })
    equal(await beginState(out, 'another'), 'conflict')
  },

  'END-006 never replaces a result by a less certain one': async ({ payDeposit, beginState, conclude, record }) => {
    await payDeposit()
    const asked = refund('r-1', '10.00')
    await beginState(asked)
    await conclude(asked, unknown(asked))
    await conclude(asked, accepted(asked), ['a'])
    await conclude(asked, unknown(asked), ['b'])
    const stored = (await record('r-1')).intents[1]
    equal(stored?.conclusion?.state, 'accepted')
    deepEqual(stored?.vendorIds, ['a', 'b'])
  },

  'END-007 concludes nothing for an intent that is not recorded': async ({ store, conclude }) => {
    deepEqual(await conclude(deposit(), started(deposit()), ['v-1']), { taken: [] })
    equal(await store.find('order-1'), null)
  },

  'END-008 stores texts of vendors and of manual reviews, whatever characters they contain': async ({
    beginState,
    conclude,
    callback,
    ownReport,
    record,
  }) => {
    const odd = 'before \u0000 \ud800 \\u0000 " after'
    await beginState(deposit())
    await callback('n-1', { vendorId: `v ${odd}`, method: 'cancel', members: { note: odd }, of: deposit() })
    await ownReport(
      { id: `p ${odd}`, method: ownMethods.resolved, vendorId: '', members: { why: odd } },
      paymentRef(deposit()),
      {
        proof: 'person',
      },
    )
    const error = { ...refused().error, vendor: { code: odd, text: odd } }
    await beginState(deposit({ attempt: 2 }))
    await conclude(deposit({ attempt: 2 }), { state: 'refused', error }, [`w ${odd}`])
    const { reports, intents } = await record('order-1')
    deepEqual(
      reports.map(({ members }) => /^before .+ after$/.test(Object.values(members).join())),
      [true, true],
    )
    equal(intents[1]?.conclusion?.state, 'refused')
    equal((await callback('n-1', { vendorId: `v ${odd}` })).record.reports.length, 2)
    equal((await callback('n-2', { vendorId: `w ${odd}` })).record.unowned, undefined)
  },
}
