import { deepEqual, equal } from 'node:assert/strict'
import { type Intent, paymentRef } from '@railswitch/core/store'
import { accepted, deposit, refund, refused, started, unknown } from '../harness/sample-payments.ts'
import type { CaseBody } from '../harness/store-harness.ts'

/** What `begin` returns for a first and for a repeated call. */
export const beginCases: Readonly<Record<string, CaseBody>> = {
  'BEGIN-001 begins an intent once, resumes it while it is unanswered, and repeats its result': async ({
    begin,
    beginState,
    conclude,
  }) => {
    equal(await beginState(deposit()), 'new')
    equal(await beginState(deposit()), 'resume')
    await conclude(deposit(), started(deposit()), ['v-1'])
    const again = await begin(deposit())
    equal(again.state, 'done')
    if (again.state === 'done') deepEqual(again.result, started(deposit()).result)
  },

  'BEGIN-002 resumes an intent whose outcome is unknown': async ({ payDeposit, beginState, conclude }) => {
    await payDeposit()
    await beginState(refund('r-1', '10.00'))
    await conclude(refund('r-1', '10.00'), unknown(refund('r-1', '10.00')))
    equal(await beginState(refund('r-1', '10.00')), 'resume')
  },

  'BEGIN-003 gives a retry the recorded rail, whatever rail the retry names': async ({ begin }) => {
    await begin(deposit())
    const again = await begin(deposit({ rail: 'other' }))
    equal(again.state === 'resume' && again.recorded.intent.rail, 'rail')
  },

  'BEGIN-004 recognises a request by any of its fingerprints, and stores the first': async ({ beginState, record }) => {
    await beginState(deposit(), 'by-old-secret')
    equal(await beginState(deposit(), 'by-new-secret', 'by-old-secret'), 'resume')
    equal((await record('order-1')).intents[0]?.fingerprint, 'by-old-secret')
    equal(await beginState(deposit(), 'by-new-secret'), 'conflict')
  },

  'BEGIN-005 refuses another request under the same key, also one of another kind': async ({
    payDeposit,
    beginState,
  }) => {
    await payDeposit()
    equal(await beginState(deposit(), 'g'), 'conflict')
    equal(await beginState(refund('order-1', '10.00'), 'h'), 'conflict')
  },

  'BEGIN-006 refuses a reference of another payment, whatever the attempt': async ({
    payDeposit,
    beginState,
    record,
  }) => {
    await payDeposit()
    await beginState(deposit({ reference: 'order-2' }))
    await beginState(refund('r-1', '10.00'))
    equal(await beginState(deposit({ reference: 'r-1', attempt: 2 })), 'conflict')
    equal(await beginState(refund('order-2', '10.00', { attempt: 2 })), 'conflict')
    equal((await record('r-1')).intents.length, 2)
    equal((await record('order-2')).intents.length, 1)
    equal(await beginState(refund('order-1', '10.00', { attempt: 2 })), 'new')
  },

  'BEGIN-007 lets exactly one of many concurrent calls be new': async ({ beginState }) => {
    const states = await Promise.all(Array.from({ length: 20 }, () => beginState(deposit())))
    equal(states.filter((state) => state === 'new').length, 1)
    equal(states.filter((state) => state === 'resume').length, 19)
  },

  'BEGIN-008 lets one of several concurrent first calls of one reference for different payments begin': async ({
    payDeposit,
    beginState,
    record,
  }) => {
    const orders = ['order-1', 'order-2', 'order-3']
    for (const order of orders) await payDeposit(order)
    const refunds = orders.map((reference, index): Intent => {
      return refund('r-1', '10.00', { of: paymentRef(deposit({ reference })), attempt: index + 1 })
    })
    const states = await Promise.all(refunds.map((one) => beginState(one, one.of ?? '')))
    deepEqual([...states].sort(), ['conflict', 'conflict', 'new'])
    equal((await record('r-1')).intents[0]?.intent.reference, orders[states.indexOf('new')])
    const counts = await Promise.all(orders.map(async (order) => (await record(order)).intents.length))
    deepEqual(counts.sort(), [1, 1, 2])
  },

  'BEGIN-009 repeats a recorded refusal': async ({ beginState, conclude }) => {
    await beginState(deposit())
    await conclude(deposit(), refused())
    equal(await beginState(deposit()), 'rejected')
    equal(await beginState(deposit({ attempt: 2 })), 'new')
  },

  'BEGIN-010 stores the settings of the first call': async ({ begin }) => {
    await begin(deposit())
    const later = deposit({ settings: { callbackUrl: 'https://moved.example/callbacks/rail/other' } })
    const again = await begin(later)
    deepEqual(again.state === 'resume' && again.recorded.intent.settings, deposit().settings)
  },

  'BEGIN-011 stores nothing of an intent that is refused': async ({ store, payDeposit, beginState, record }) => {
    equal(await beginState(refund('r-1', '10.00')), 'not_found')
    equal(await store.find('r-1'), null)
    equal(await store.find('order-1'), null)
    await payDeposit()
    equal(await beginState(refund('r-1', '100.01')), 'exceeds_refundable')
    equal(await store.find('r-1'), null)
    equal(await beginState(deposit({ reference: 'r-1' })), 'new')
    equal((await record('order-1')).intents.length, 1)
  },

  'BEGIN-012 finds a payment by the reference of its deposit and of a refund, and returns long references unchanged':
    async ({ store, payDeposit, beginState, record }) => {
      await payDeposit()
      await beginState(refund('r-1', '10.00'))
      equal((await record('r-1')).intents[0]?.intent.reference, 'order-1')
      const long = `order-${'x'.repeat(60)}`
      await beginState(deposit({ reference: long }))
      equal((await record(long)).intents[0]?.intent.reference, long)
      equal(await store.find('nothing'), null)
    },

  'BEGIN-013 stores a payout as a separate payment, and refuses a second attempt while the first may still pay':
    async ({ payDeposit, beginState, conclude, record }) => {
      const payout = deposit({ kind: 'payout', reference: 'out-1', account: paymentRef(deposit()) })
      await payDeposit()
      equal(await beginState(payout), 'new')
      equal((await record('out-1')).intents.length, 1)
      equal((await record('order-1')).intents.length, 1)
      equal(await beginState({ ...payout, attempt: 2 }), 'conflict')
      await conclude(payout, accepted(payout), ['out-9'])
      equal(await beginState({ ...payout, attempt: 2 }), 'conflict')
      equal(await beginState(deposit({ reference: 'out-1', attempt: 3 })), 'conflict')
      equal(await beginState(payout), 'done')
    },
}
