import { deepEqual, equal } from 'node:assert/strict'
import { type Intent, ownMethods, paymentRef } from '@railswitch/core'
import { accepted, deposit, refund, refused, started, unknown } from './sample-payments.ts'
import type { Body } from './store-under-test.ts'

/** What may begin, and what is recorded of it. */
export const intentCases: Readonly<Record<string, Body>> = {
  'begins an intent once, resumes it while it is unanswered, and repeats its result': async ({
    begin,
    begun,
    conclude,
  }) => {
    equal(await begun(deposit()), 'new')
    equal(await begun(deposit()), 'resume')
    await conclude(deposit(), started(deposit()), ['v-1'])
    const again = await begin(deposit())
    equal(again.state, 'done')
    if (again.state === 'done') deepEqual(again.result, started(deposit()).result)
  },

  'resumes an intent whose outcome is unknown': async ({ paid, begun, conclude }) => {
    await paid()
    await begun(refund('r-1', '10.00'))
    await conclude(refund('r-1', '10.00'), unknown(refund('r-1', '10.00')))
    equal(await begun(refund('r-1', '10.00')), 'resume')
  },

  'gives a retry the recorded rail, whatever rail the retry names': async ({ begin }) => {
    await begin(deposit())
    const again = await begin(deposit({ rail: 'other' }))
    equal(again.state === 'resume' && again.recorded.intent.rail, 'rail')
  },

  'recognises a request by any of its fingerprints, and stores the first': async ({ begun, record }) => {
    await begun(deposit(), 'by-old-secret')
    equal(await begun(deposit(), 'by-new-secret', 'by-old-secret'), 'resume')
    equal((await record('order-1')).intents[0]?.fingerprint, 'by-old-secret')
    equal(await begun(deposit(), 'by-new-secret'), 'conflict')
  },

  'refuses another request under the same key, also one of another kind': async ({ paid, begun }) => {
    await paid()
    equal(await begun(deposit(), 'g'), 'conflict')
    equal(await begun(refund('order-1', '10.00'), 'h'), 'conflict')
  },

  'refuses a reference of another payment, whatever the attempt': async ({
    paid,
    begun,
    record,
  }) => {
    await paid()
    await begun(deposit({ reference: 'order-2' }))
    await begun(refund('r-1', '10.00'))
    equal(await begun(deposit({ reference: 'r-1', attempt: 2 })), 'conflict')
    equal(await begun(refund('order-2', '10.00', { attempt: 2 })), 'conflict')
    equal((await record('r-1')).intents.length, 2)
    equal((await record('order-2')).intents.length, 1)
    equal(await begun(refund('order-1', '10.00', { attempt: 2 })), 'new')
  },

  'lets exactly one of many concurrent calls be new': async ({ begun }) => {
    const states = await Promise.all(Array.from({ length: 20 }, () => begun(deposit())))
    equal(states.filter((state) => state === 'new').length, 1)
    equal(states.filter((state) => state === 'resume').length, 19)
  },

  'lets one of several concurrent first calls of one reference for different payments begin': async ({
    paid,
    begun,
    record,
  }) => {
    const orders = ['order-1', 'order-2', 'order-3']
    for (const order of orders) await paid(order)
    const refunds = orders.map((reference, index): Intent => {
      return refund('r-1', '10.00', { of: paymentRef(deposit({ reference })), attempt: index + 1 })
    })
    const states = await Promise.all(refunds.map((one) => begun(one, one.of ?? '')))
    deepEqual([...states].sort(), ['conflict', 'conflict', 'new'])
    equal((await record('r-1')).intents[0]?.intent.reference, orders[states.indexOf('new')])
    const counts = await Promise.all(orders.map(async (order) => (await record(order)).intents.length))
    deepEqual(counts.sort(), [1, 1, 2])
  },

  'repeats a recorded refusal': async ({ begun, conclude }) => {
    await begun(deposit())
    await conclude(deposit(), refused())
    equal(await begun(deposit()), 'rejected')
    equal(await begun(deposit({ attempt: 2 })), 'new')
  },

  'never deletes an intent that a second call has resumed, because that call may have sent it': async ({
    begun,
    conclude,
    record,
  }) => {
    await begun(deposit())
    equal(await begun(deposit()), 'resume')
    await conclude(deposit(), 'not_sent')
    equal((await record('order-1')).intents.length, 1)
  },

  'never deletes an intent to which a report was applied, because the vendor knows it': async ({
    begun,
    conclude,
    callback,
    handle,
    record,
    stateOf,
  }) => {
    await begun(deposit())
    const claim = await callback('n-1', { vendorId: 'v-1', of: deposit() })
    await conclude(deposit(), 'not_sent')
    deepEqual((await record('order-1')).intents.length, 1)
    equal(await stateOf('order-1'), 'credited')
    deepEqual(await handle(claim), ['deposit.credited'])
    equal(await begun(deposit()), 'resume')
  },

  'never deletes the only intent of a payment while a report that names it is stored there': async ({
    paid,
    begun,
    conclude,
    callback,
    record,
  }) => {
    await begun(deposit())
    await callback('n-1', { vendorId: 'v-1', transactions: 'many', signs: 'identity' })
    await conclude(deposit(), 'not_sent')
    equal((await record('order-1')).reports.length, 1)
    await paid('order-2')
    const out = refund('r-1', '10.00', { of: paymentRef(deposit({ reference: 'order-2' })) })
    await begun(out)
    await callback('n-2', { vendorId: 'v-2', echo: 'order-2', transactions: 'many', signs: 'identity' })
    await conclude(out, 'not_sent')
    equal((await record('order-2')).intents.length, 1)
  },

  'stores the settings of the first call': async ({ begin }) => {
    await begin(deposit())
    const later = deposit({ settings: { callbackUrl: 'https://moved.example/callbacks/rail/other' } })
    const again = await begin(later)
    deepEqual(again.state === 'resume' && again.recorded.intent.settings, deposit().settings)
  },

  'deletes an intent that was not sent, with its reference, and no other intent': async ({
    store,
    paid,
    begun,
    conclude,
    record,
  }) => {
    await begun(deposit())
    await conclude(deposit(), 'not_sent')
    equal(await store.find('order-1'), null)
    await paid('order-2')
    await begun(refund('order-1', '10.00', { of: paymentRef(deposit({ reference: 'order-2' })) }))
    await conclude(refund('order-1', '10.00'), 'not_sent')
    equal(await store.find('order-1'), null)
    equal(await begun(deposit(), 'other'), 'new')
    await conclude(deposit(), started(deposit()))
    await conclude(deposit(), 'not_sent')
    equal((await record('order-1')).intents.length, 1)
  },

  'stores nothing of an intent that is refused': async ({ store, paid, begun, record }) => {
    equal(await begun(refund('r-1', '10.00')), 'not_found')
    equal(await store.find('r-1'), null)
    equal(await store.find('order-1'), null)
    await paid()
    equal(await begun(refund('r-1', '100.01')), 'exceeds_refundable')
    equal(await store.find('r-1'), null)
    equal(await begun(deposit({ reference: 'r-1' })), 'new')
    equal((await record('order-1')).intents.length, 1)
  },

  'never replaces a result by a less certain one': async ({ paid, begun, conclude, record }) => {
    await paid()
    const asked = refund('r-1', '10.00')
    await begun(asked)
    await conclude(asked, unknown(asked))
    await conclude(asked, accepted(asked), ['a'])
    await conclude(asked, unknown(asked), ['b'])
    const stored = (await record('r-1')).intents[1]
    equal(stored?.conclusion?.state, 'accepted')
    deepEqual(stored?.vendorIds, ['a', 'b'])
  },

  'never lets concurrent refunds exceed the deposit': async ({ paid, begun }) => {
    await paid()
    const racing = Array.from({ length: 12 }, (_, index) => begun(refund(`r-${index}`, '30.00'), `f${index}`))
    const states = await Promise.all(racing)
    equal(states.filter((state) => state === 'new').length, 3)
    equal(states.filter((state) => state === 'exceeds_refundable').length, 9)
  },

  'counts a refund whose outcome is unknown, and does not count one that failed': async ({ paid, begun, conclude }) => {
    await paid()
    await begun(refund('r-1', '80.00'))
    equal(await begun(refund('r-2', '80.00'), 'g'), 'exceeds_refundable')
    await conclude(refund('r-1', '80.00'), refused())
    equal(await begun(refund('r-2', '80.00'), 'g'), 'new')
  },

  'refuses a second attempt at a refund while the first may still pay': async ({ paid, begun, conclude }) => {
    await paid()
    await begun(refund('r-1', '10.00'))
    equal(await begun(refund('r-1', '10.00', { attempt: 2 })), 'conflict')
    await conclude(refund('r-1', '10.00'), refused())
    equal(await begun(refund('r-1', '10.00', { attempt: 2 })), 'new')
  },

  'refuses a further attempt at a deposit that is credited': async ({ paid, begun }) => {
    await paid()
    equal(await begun(deposit({ attempt: 2 })), 'conflict')
  },

  'refuses a further attempt at a deposit that is approved and not credited yet': async ({
    begun,
    conclude,
    callback,
  }) => {
    await begun(deposit())
    await conclude(deposit(), started(deposit()), ['v-1'])
    equal(await begun(deposit({ attempt: 2 })), 'new')
    await callback('n-1', { vendorId: 'v-1', method: 'pending' })
    equal(await begun(deposit({ attempt: 3 })), 'conflict')
  },

  'keeps a reference while another attempt uses it': async ({ begun, conclude, record, paid }) => {
    await begun(deposit())
    await conclude(deposit(), refused())
    await begun(deposit({ attempt: 2 }))
    await conclude(deposit({ attempt: 2 }), 'not_sent')
    equal((await record('order-1')).intents.length, 1)
    await paid('order-2')
    const out = refund('order-1', '1.00', { of: paymentRef(deposit({ reference: 'order-2' })), attempt: 3 })
    equal(await begun(out, 'another'), 'conflict')
  },

  'finds a payment by the reference of its deposit and of a refund, and returns long references unchanged': async ({
    store,
    paid,
    begun,
    record,
  }) => {
    await paid()
    await begun(refund('r-1', '10.00'))
    equal((await record('r-1')).intents[0]?.intent.reference, 'order-1')
    const long = `order-${'x'.repeat(60)}`
    await begun(deposit({ reference: long }))
    equal((await record(long)).intents[0]?.intent.reference, long)
    equal(await store.find('nothing'), null)
  },

  'stores a payout as a separate payment, and refuses a second attempt while the first may still pay': async ({
    paid,
    begun,
    conclude,
    record,
  }) => {
    const payout = deposit({ kind: 'payout', reference: 'out-1', account: paymentRef(deposit()) })
    await paid()
    equal(await begun(payout), 'new')
    equal((await record('out-1')).intents.length, 1)
    equal((await record('order-1')).intents.length, 1)
    equal(await begun({ ...payout, attempt: 2 }), 'conflict')
    await conclude(payout, accepted(payout), ['out-9'])
    equal(await begun({ ...payout, attempt: 2 }), 'conflict')
    equal(await begun(deposit({ reference: 'out-1', attempt: 3 })), 'conflict')
    equal(await begun(payout), 'done')
  },

  'stores texts of vendors and of manual reviews, whatever characters they contain': async ({
    begun,
    conclude,
    callback,
    own,
    record,
  }) => {
    const odd = 'before \u0000 \ud800 \\u0000 " after'
    await begun(deposit())
    await callback('n-1', { vendorId: `v ${odd}`, method: 'cancel', members: { note: odd }, of: deposit() })
    await own(
      { id: `p ${odd}`, method: ownMethods.resolved, vendorId: '', members: { why: odd } },
      paymentRef(deposit()),
      {
        proof: 'person',
      },
    )
    const error = { ...refused().error, vendor: { code: odd, text: odd } }
    await begun(deposit({ attempt: 2 }))
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

  'concludes nothing for an intent that is not recorded': async ({ store, conclude }) => {
    deepEqual(await conclude(deposit(), started(deposit()), ['v-1']), { taken: [] })
    equal(await store.find('order-1'), null)
  },
}
