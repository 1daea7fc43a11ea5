import { deepEqual, equal, rejects } from 'node:assert/strict'
import { answerFor, ownMethods, paymentRef } from '@railswitch/core/store'
import { emittedOf } from '../harness/payment-calls.ts'
import { deposit } from '../harness/sample-payments.ts'
import { leaseMs } from '../harness/store-context.ts'
import type { CaseBody } from '../harness/store-harness.ts'

/** What the call ends with; `late` if it has no end. */
const endOf = async (call: Promise<string>): Promise<string> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('late'), 5_000)
  })
  try {
    return await Promise.race([call, late])
  } finally {
    clearTimeout(timer)
  }
}

const credited = { vendorId: 'v-1', of: deposit() }

/** One worker at a time for each payment, and each event handled once. */
export const leasesCases: Readonly<Record<string, CaseBody>> = {
  'LEASE-001 stores what was emitted with its answer, and never leases for it again': async ({
    beginState,
    callback,
    complete,
    pendingOf,
    record,
    rules,
  }) => {
    await beginState(deposit())
    const first = await callback('n-1', credited)
    const [event] = pendingOf(first.record)
    if (!event) throw new Error('No event waits.')
    const emitted = emittedOf(event, { recovered: true })
    equal(await complete(first, { emitted }), true)
    deepEqual((await record('order-1')).emitted, [emitted])
    const again = await callback('n-1', credited)
    equal(again.state, 'idle')
    deepEqual(answerFor(again.record, rules.derive(again.record), 'n-1'), {
      state: 'handled',
      answer: { recovered: true },
    })
    equal(again.record.reports.length, 1)
  },

  'LEASE-002 finds no record by an unknown key': async ({ store, rules }) => {
    for (const key of ['no-such-key', '999999', '']) equal(await store.claimRecord(key, leaseMs, rules), null)
  },

  'LEASE-003 does not lease for a report that means no event': async ({ payDeposit, ownReport }) => {
    await payDeposit()
    const checked = { id: 'p-1', method: ownMethods.foreign, vendorId: 'unknown' }
    equal((await ownReport(checked, paymentRef(deposit()))).state, 'idle')
  },

  'LEASE-004 stores a report whose payment is leased, and leases to one worker at a time': async ({
    beginState,
    callback,
    complete,
    record,
  }) => {
    await beginState(deposit())
    const first = await callback('n-1', credited)
    equal((await callback('n-2', { vendorId: 'v-1', method: 'debit' })).state, 'busy')
    equal((await callback('n-1', credited)).state, 'busy')
    equal((await record('order-1')).reports.length, 2)
    equal(await complete(first), true)
    const second = await callback('n-2', { vendorId: 'v-1', method: 'debit' })
    equal(second.state, 'leased')
    deepEqual(
      second.record.emitted.map(({ type }) => type),
      ['deposit.credited'],
    )
  },

  'LEASE-005 leases a record by its key': async ({ beginState, callback, store, record, rules, handle }) => {
    await beginState(deposit())
    const first = await callback('n-1', credited)
    const { key } = await record('order-1')
    equal((await store.claimRecord(key, leaseMs, rules))?.state, 'busy')
    if (first.state === 'leased') await store.release(first.lease)
    const claim = await store.claimRecord(key, leaseMs, rules)
    deepEqual(claim && (await handle(claim)), ['deposit.credited'])
    equal((await store.claimRecord(key, leaseMs, rules))?.state, 'idle')
  },

  'LEASE-006 leases for kyc.received only during its own delivery': async ({
    beginState,
    callback,
    store,
    record,
    rules,
  }) => {
    await beginState(deposit())
    const asked = { ...credited, method: 'kyc' }
    const first = await callback('n-1', asked)
    equal(first.state, 'leased')
    if (first.state === 'leased') await store.release(first.lease)
    const { key } = await record('order-1')
    equal((await store.claimRecord(key, leaseMs, rules))?.state, 'idle')
    equal((await callback('n-1', asked)).state, 'leased')
  },

  'LEASE-007 does not make one payment wait for another': async ({ beginState, callback }) => {
    await beginState(deposit())
    const other = deposit({ reference: 'order-2' })
    await beginState(other)
    equal((await callback('n-1', credited)).state, 'leased')
    equal((await callback('n-2', { vendorId: 'v-2', of: other })).state, 'leased')
  },

  'LEASE-008 extends the lease while further events wait': async ({ beginState, callback, complete, clock, store }) => {
    await beginState(deposit())
    await callback('n-1', { vendorId: 'v-1' })
    const claim = await callback('n-2', { ...credited, method: 'debit' })
    clock.advance(leaseMs - 1)
    equal(await complete(claim, { isLast: false, timeoutMs: leaseMs }), true)
    clock.advance(leaseMs)
    equal((await callback('n-2', { vendorId: 'v-1', method: 'debit' })).state, 'busy')
    if (claim.state === 'leased') await store.release(claim.lease)
    const second = await callback('n-2', { vendorId: 'v-1', method: 'debit' })
    equal(second.state, 'leased')
    equal(await complete(second), true)
    equal((await callback('n-2', { vendorId: 'v-1', method: 'debit' })).state, 'idle')
  },

  'LEASE-009 ends a lease at its time, and not before': async ({ beginState, callback, clock }) => {
    await beginState(deposit())
    equal((await callback('n-1', credited)).state, 'leased')
    clock.advance(leaseMs - 1)
    equal((await callback('n-1', credited)).state, 'busy')
    clock.advance(1)
    equal((await callback('n-1', credited)).state, 'leased')
  },

  'LEASE-010 rejects a worker whose lease was taken by another': async ({
    beginState,
    callback,
    complete,
    clock,
    store,
  }) => {
    await beginState(deposit())
    const slow = await callback('n-1', credited)
    clock.advance(leaseMs + 1)
    const quick = await callback('n-1', credited)
    equal(quick.state, 'leased')
    let written = 0
    const write = async (): Promise<void> => {
      written += 1
    }
    equal(await complete(slow, { write }), false)
    if (slow.state === 'leased') await store.release(slow.lease)
    equal(await complete(quick, { write }), true)
    equal(await complete(quick, { write }), false)
    equal(written, 1)
  },

  'LEASE-011 leases a released payment to the next worker, its event still unhandled': async ({
    beginState,
    callback,
    store,
    record,
  }) => {
    await beginState(deposit())
    const first = await callback('n-1', credited)
    if (first.state === 'leased') await store.release(first.lease)
    equal((await callback('n-1', credited)).state, 'leased')
    deepEqual((await record('order-1')).emitted, [])
  },

  'LEASE-012 leaves the event unhandled when the write fails, rejects, and releases the lease': async ({
    beginState,
    callback,
    complete,
    record,
  }) => {
    await beginState(deposit())
    const first = await callback('n-1', credited)
    const write = async (): Promise<void> => {
      throw new Error('the application’s row is refused')
    }
    await rejects(complete(first, { write }), /row is refused/)
    deepEqual((await record('order-1')).emitted, [])
    equal((await callback('n-1', credited)).state, 'leased')
  },

  'LEASE-013 rejects a write that takes too long, writes nothing, and releases the lease': async ({
    beginState,
    callback,
    complete,
    record,
    handle,
  }) => {
    await beginState(deposit())
    const first = await callback('n-1', credited)
    const write = (): Promise<void> => new Promise(() => {})
    const ended = complete(first, { write, timeoutMs: 50 }).then(String, (error: Error) => error.name)
    equal(await endOf(ended), 'WriteTimeout')
    deepEqual((await record('order-1')).emitted, [])
    deepEqual(await handle(await callback('n-1', credited)), ['deposit.credited'])
  },
}
