import { deepEqual, equal } from 'node:assert/strict'
import { ownMethods, paymentRef } from '@railswitch/core'
import { deposit, sek } from './sample-payments.ts'
import { type Body, leaseMs } from './store-under-test.ts'

/** What `sync` has to look at, what a person has to, and what is erased. */
export const dueCases: Readonly<Record<string, Body>> = {
  'leases payments to sync to which something happened, the longest due first, within the limit': async ({
    begun,
    callback,
    due,
    clock,
  }) => {
    await begun(deposit())
    clock.pass(1_000)
    await begun(deposit({ reference: 'order-2' }))
    clock.pass(1_000)
    await callback('n-7', { vendorId: 'unheard' })
    clock.pass(1_000)
    deepEqual(await due({ before: '2026-01-01T00:00:00.500Z' }), ['order-1 0'])
    deepEqual(await due({ limit: 1 }), ['order-2 0'])
    deepEqual(await due(), ['rail 2026-01-01 1 1'])
  },

  'leases all that is due at this moment, the longest due first': async ({ begun, due, clock }) => {
    for (const reference of ['order-3', 'order-2', 'order-1']) {
      clock.pass(1_000)
      await begun(deposit({ reference }))
    }
    deepEqual(await due(), ['order-3 0', 'order-2 0', 'order-1 0'])
  },

  'leases a due payment to one run at a time, until the given time': async ({ begun, due, clock }) => {
    await begun(deposit())
    deepEqual(await due(), ['order-1 0'])
    deepEqual(await due(), [])
    clock.pass(leaseMs)
    deepEqual(await due(), ['order-1 0'])
  },

  'leases a rescheduled payment at its time, or when something happened to it': async ({
    begun,
    callback,
    due,
    leaseDue,
    store,
    clock,
  }) => {
    await begun(deposit())
    const [first] = await leaseDue()
    await store.reschedule(first?.lease ?? '', '2026-01-01T01:00:00.000Z')
    clock.pass(600_000)
    deepEqual(await due(), [])
    clock.pass(3_600_000)
    const [second] = await leaseDue()
    await store.reschedule(second?.lease ?? '', null)
    clock.pass(86_400_000)
    deepEqual(await due(), [])
    await callback('n-1', { vendorId: 'v-1', of: deposit() })
    deepEqual(await due(), ['order-1 1'])
  },

  'does not reschedule a payment to which something has happened since it was leased': async ({
    begun,
    callback,
    due,
    leaseDue,
    store,
  }) => {
    await begun(deposit())
    const [work] = await leaseDue()
    await callback('n-1', { vendorId: 'v-1', of: deposit() })
    await store.reschedule(work?.lease ?? '', null)
    deepEqual(await due(), ['order-1 1'])
  },

  'does not make a payment due again by a duplicate or a repeated call': async ({
    paid,
    begun,
    callback,
    due,
    leaseDue,
    store,
    clock,
  }) => {
    await paid()
    const [work] = await leaseDue()
    await store.reschedule(work?.lease ?? '', null)
    clock.pass(1_000)
    equal((await callback('order-1-paid')).state, 'idle')
    equal(await begun(deposit()), 'done')
    deepEqual(await due(), [])
  },

  'lets sync wait with an event whose handler fails': async ({ paid, callback, due, leaseDue, store, clock }) => {
    await paid()
    const first = await callback('n-2', { method: 'debit' })
    if (first.state === 'leased') await store.release(first.lease)
    const [work] = await leaseDue()
    const again = await callback('n-2', { method: 'debit' })
    equal(again.state, 'leased')
    if (again.state === 'leased') await store.release(again.lease)
    await store.reschedule(work?.lease ?? '', '2026-01-01T01:00:00.000Z')
    clock.pass(leaseMs)
    deepEqual(await due(), [])
    clock.pass(3_600_000)
    deepEqual(await due(), ['order-1 1'])
  },

  'lists payments that need review, oldest first, and not those that were resolved': async ({
    paid,
    callback,
    own,
    handle,
    record,
    rules,
    reviews,
  }) => {
    await paid()
    deepEqual(await reviews(), [])
    deepEqual(await handle(await callback('n-2', { money: sek('1.00') })), ['review.needed'])
    await callback('n-3', { vendorId: 'unheard' })
    deepEqual(await reviews(), ['order-1 amount_differs', 'rail 2026-01-01 1 foreign_order'])
    const [review] = rules.derive(await record('order-1')).reviews
    const members = { review: review?.id ?? '', by: 'Finance', why: 'refunded by hand' }
    const report = { id: 'p-1', method: ownMethods.resolved, vendorId: '', members }
    await own(report, paymentRef(deposit()), { proof: 'person' })
    deepEqual(await reviews(), ['rail 2026-01-01 1 foreign_order'])
  },

  'erases who a payment is for, and keeps its money': async ({ begun, callback, handle, store, record }) => {
    const account = deposit({
      kind: 'account',
      reference: 'account-1',
      settings: { callbackUrl: 'https://shop.example/callbacks/rail/token', customerId: 'customer-77' },
    })
    await begun(account, 'fingerprint-of-names')
    const members = { accountid: 'account-88', clearinghouse: 'SWEDEN' }
    const claim = await callback('n-1', { vendorId: 'v-1', method: 'account', members, of: account })
    deepEqual(await handle(claim), ['account.received'])
    equal(await store.erasePersonalData('account-1'), true)
    const stored = await record('account-1')
    for (const gone of ['customer-77', 'account-88', 'fingerprint-of-names'])
      equal(JSON.stringify(stored).includes(gone), false)
    deepEqual(stored.intents[0]?.intent.expect, sek('100.00'))
    deepEqual(
      stored.reports.map((report) => report.members),
      [{ clearinghouse: 'SWEDEN' }],
    )
    equal(await store.erasePersonalData('never-heard-of'), false)
  },
}
