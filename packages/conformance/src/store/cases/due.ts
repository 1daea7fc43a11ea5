import { deepEqual, equal } from 'node:assert/strict'
import { dayMs, hourMs } from '@railswitch/core'
import { deposit } from '../harness/sample-payments.ts'
import { leaseMs } from '../harness/store-context.ts'
import type { CaseBody } from '../harness/store-harness.ts'

/** What `sync` has to look at. */
export const dueCases: Readonly<Record<string, CaseBody>> = {
  'DUE-001 leases payments to sync to which something happened, the longest due first, within the limit': async ({
    beginState,
    callback,
    due,
    clock,
  }) => {
    await beginState(deposit())
    clock.advance(1_000)
    await beginState(deposit({ reference: 'order-2' }))
    clock.advance(1_000)
    await callback('n-7', { vendorId: 'unheard' })
    clock.advance(1_000)
    deepEqual(await due({ before: '2026-01-01T00:00:00.500Z' }), ['order-1 0'])
    deepEqual(await due({ limit: 1 }), ['order-2 0'])
    deepEqual(await due(), ['rail 2026-01-01 1 1'])
  },

  'DUE-002 leases all that is due at this moment, the longest due first': async ({ beginState, due, clock }) => {
    for (const reference of ['order-3', 'order-2', 'order-1']) {
      clock.advance(1_000)
      await beginState(deposit({ reference }))
    }
    deepEqual(await due(), ['order-3 0', 'order-2 0', 'order-1 0'])
  },

  'DUE-003 leases a due payment to one run at a time, until the given time': async ({ beginState, due, clock }) => {
    await beginState(deposit())
    deepEqual(await due(), ['order-1 0'])
    deepEqual(await due(), [])
    clock.advance(leaseMs)
    deepEqual(await due(), ['order-1 0'])
  },

  'DUE-004 leases a rescheduled payment at its time, or when something happened to it': async ({
    beginState,
    callback,
    due,
    leaseDue,
    store,
    clock,
  }) => {
    await beginState(deposit())
    const [first] = await leaseDue()
    await store.reschedule(first?.lease ?? '', '2026-01-01T01:00:00.000Z')
    clock.advance(600_000)
    deepEqual(await due(), [])
    clock.advance(hourMs)
    const [second] = await leaseDue()
    await store.reschedule(second?.lease ?? '', null)
    clock.advance(dayMs)
    deepEqual(await due(), [])
    await callback('n-1', { vendorId: 'v-1', of: deposit() })
    deepEqual(await due(), ['order-1 1'])
  },

  'DUE-005 does not reschedule a payment to which something has happened since it was leased': async ({
    beginState,
    callback,
    due,
    leaseDue,
    store,
  }) => {
    await beginState(deposit())
    const [work] = await leaseDue()
    await callback('n-1', { vendorId: 'v-1', of: deposit() })
    await store.reschedule(work?.lease ?? '', null)
    deepEqual(await due(), ['order-1 1'])
  },

  'DUE-006 does not make a payment due again by a duplicate or a repeated call': async ({
    payDeposit,
    beginState,
    callback,
    due,
    leaseDue,
    store,
    clock,
  }) => {
    await payDeposit()
    const [work] = await leaseDue()
    await store.reschedule(work?.lease ?? '', null)
    clock.advance(1_000)
    equal((await callback('order-1-paid')).state, 'idle')
    equal(await beginState(deposit()), 'done')
    deepEqual(await due(), [])
  },

  'DUE-007 lets sync wait with an event whose handler fails': async ({
    payDeposit,
    callback,
    due,
    leaseDue,
    store,
    clock,
  }) => {
    await payDeposit()
    const first = await callback('n-2', { method: 'debit' })
    if (first.state === 'leased') await store.release(first.lease)
    const [work] = await leaseDue()
    const again = await callback('n-2', { method: 'debit' })
    equal(again.state, 'leased')
    if (again.state === 'leased') await store.release(again.lease)
    await store.reschedule(work?.lease ?? '', '2026-01-01T01:00:00.000Z')
    clock.advance(leaseMs)
    deepEqual(await due(), [])
    clock.advance(hourMs)
    deepEqual(await due(), ['order-1 1'])
  },
}
