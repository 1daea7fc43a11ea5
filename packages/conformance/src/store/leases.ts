import { deepEqual, equal, rejects } from 'node:assert/strict'
import { answerFor, ownMethods, paymentRef } from '@railswitch/core'
import { deposit } from './sample-payments.ts'
import { type Body, emittedOf, leaseMs } from './store-under-test.ts'

const credited = { vendorId: 'v-1', of: deposit() }

/** One worker at a time for each payment, and each event handled once. */
export const leaseCases: Readonly<Record<string, Body>> = {
  'stores what was emitted with its answer, and never leases for it again': async ({
    begun,
    callback,
    completed,
    pendingOf,
    record,
    rules,
  }) => {
    await begun(deposit())
    const first = await callback('n-1', credited)
    const [event] = pendingOf(first.record)
    if (!event) throw new Error('No event waits.')
    const emitted = emittedOf(event, { recovered: true })
    equal(await completed(first, { emitted }), true)
    deepEqual((await record('order-1')).emitted, [emitted])
    const again = await callback('n-1', credited)
    equal(again.state, 'idle')
    deepEqual(answerFor(again.record, rules.derive(again.record), 'n-1'), {
      state: 'handled',
      answer: { recovered: true },
    })
    equal(again.record.reports.length, 1)
  },

  'finds no record by an unknown key': async ({ store, rules }) => {
    for (const key of ['no-such-key', '999999', '']) equal(await store.claimRecord(key, leaseMs, rules), null)
  },

  'does not lease for a report that means no event': async ({ paid, own }) => {
    await paid()
    const checked = { id: 'p-1', method: ownMethods.foreign, vendorId: 'strange' }
    equal((await own(checked, paymentRef(deposit()))).state, 'idle')
  },

  'stores a report whose payment is leased, and leases to one worker at a time': async ({
    begun,
    callback,
    completed,
    record,
  }) => {
    await begun(deposit())
    const first = await callback('n-1', credited)
    equal((await callback('n-2', { vendorId: 'v-1', method: 'debit' })).state, 'busy')
    equal((await callback('n-1', credited)).state, 'busy')
    equal((await record('order-1')).reports.length, 2)
    equal(await completed(first), true)
    const second = await callback('n-2', { vendorId: 'v-1', method: 'debit' })
    equal(second.state, 'leased')
    deepEqual(
      second.record.emitted.map(({ type }) => type),
      ['deposit.credited'],
    )
  },

  'leases a record by its key': async ({ begun, callback, store, record, rules, handle }) => {
    await begun(deposit())
    const first = await callback('n-1', credited)
    const { key } = await record('order-1')
    equal((await store.claimRecord(key, leaseMs, rules))?.state, 'busy')
    if (first.state === 'leased') await store.release(first.lease)
    const claim = await store.claimRecord(key, leaseMs, rules)
    deepEqual(claim && (await handle(claim)), ['deposit.credited'])
    equal((await store.claimRecord(key, leaseMs, rules))?.state, 'idle')
  },

  'leases for kyc.received only during its own delivery': async ({
    begun,
    callback,
    store,
    record,
    rules,
  }) => {
    await begun(deposit())
    const asked = { ...credited, method: 'kyc' }
    const first = await callback('n-1', asked)
    equal(first.state, 'leased')
    if (first.state === 'leased') await store.release(first.lease)
    const { key } = await record('order-1')
    equal((await store.claimRecord(key, leaseMs, rules))?.state, 'idle')
    equal((await callback('n-1', asked)).state, 'leased')
  },

  'does not make one payment wait for another': async ({ begun, callback }) => {
    await begun(deposit())
    const other = deposit({ reference: 'order-2' })
    await begun(other)
    equal((await callback('n-1', credited)).state, 'leased')
    equal((await callback('n-2', { vendorId: 'v-2', of: other })).state, 'leased')
  },

  'extends the lease while further events wait': async ({ begun, callback, completed, clock, store }) => {
    await begun(deposit())
    await callback('n-1', { vendorId: 'v-1' })
    const claim = await callback('n-2', { ...credited, method: 'debit' })
    clock.pass(leaseMs - 1)
    equal(await completed(claim, { isLast: false, timeoutMs: leaseMs }), true)
    clock.pass(leaseMs)
    equal((await callback('n-2', { vendorId: 'v-1', method: 'debit' })).state, 'busy')
    if (claim.state === 'leased') await store.release(claim.lease)
    const second = await callback('n-2', { vendorId: 'v-1', method: 'debit' })
    equal(second.state, 'leased')
    equal(await completed(second), true)
    equal((await callback('n-2', { vendorId: 'v-1', method: 'debit' })).state, 'idle')
  },

  'ends a lease at its time, and not before': async ({ begun, callback, clock }) => {
    await begun(deposit())
    equal((await callback('n-1', credited)).state, 'leased')
    clock.pass(leaseMs - 1)
    equal((await callback('n-1', credited)).state, 'busy')
    clock.pass(1)
    equal((await callback('n-1', credited)).state, 'leased')
  },

  'rejects a worker whose lease was taken by another': async ({ begun, callback, completed, clock, store }) => {
    await begun(deposit())
    const slow = await callback('n-1', credited)
    clock.pass(leaseMs + 1)
    const quick = await callback('n-1', credited)
    equal(quick.state, 'leased')
    let written = 0
    const write = async (): Promise<void> => {
      written += 1
    }
    equal(await completed(slow, { write }), false)
    if (slow.state === 'leased') await store.release(slow.lease)
    equal(await completed(quick, { write }), true)
    equal(await completed(quick, { write }), false)
    equal(written, 1)
  },

  'leases a released payment to the next worker, its event still unhandled': async ({ begun, callback, store, record }) => {
    await begun(deposit())
    const first = await callback('n-1', credited)
    if (first.state === 'leased') await store.release(first.lease)
    equal((await callback('n-1', credited)).state, 'leased')
    deepEqual((await record('order-1')).emitted, [])
  },

  'leaves the event unhandled when the write fails, rejects, and releases the lease': async ({
    begun,
    callback,
    completed,
    record,
  }) => {
    await begun(deposit())
    const first = await callback('n-1', credited)
    const write = async (): Promise<void> => {
      throw new Error('the application’s row is refused')
    }
    await rejects(completed(first, { write }), /row is refused/)
    deepEqual((await record('order-1')).emitted, [])
    equal((await callback('n-1', credited)).state, 'leased')
  },

  'rejects a write that takes too long, writes nothing, and releases the lease': async ({
    begun,
    callback,
    completed,
    record,
    handle,
  }) => {
    await begun(deposit())
    const first = await callback('n-1', credited)
    const write = (): Promise<void> => new Promise(() => {})
    await rejects(completed(first, { write, timeoutMs: 50 }), { name: 'WriteTimeout' })
    deepEqual((await record('order-1')).emitted, [])
    deepEqual(await handle(await callback('n-1', credited)), ['deposit.credited'])
  },
}
