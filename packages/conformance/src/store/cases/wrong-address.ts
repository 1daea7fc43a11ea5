import { deepEqual, equal } from 'node:assert/strict'
import { paymentRef } from '@railswitch/core/store'
import { accepted, deposit, refund, started } from '../harness/sample-payments.ts'
import type { CaseBody, StoreHarness } from '../harness/store-harness.ts'

const other = deposit({ reference: 'order-2' })
const ours = { transactions: 'many', signs: 'identity' } as const

const intentsOf = async ({ record }: StoreHarness, reference: string) =>
  (await record(reference)).reports.map(({ id, intent, proof }) => [id, intent, proof])

/** Reports at the address of another payment than the one whose reference they echo: the token proves nothing. */
export const wrongAddressCases: Readonly<Record<string, CaseBody>> = {
  'ADDR-001 credits neither payment with a report at the address of another one than it names, where the secret is ours':
    async (harness) => {
      const { beginState, conclude, callback, handle, stateOf } = harness
      for (const intent of [deposit(), other]) {
        await beginState(intent)
        await conclude(intent, started(intent), [`${intent.reference}-v`])
      }
      const credit = { ...ours, vendorId: 'v-1', echo: 'order-1' }
      for (const _delivery of [1, 2]) deepEqual(await handle(await callback('n-1', { ...credit, of: other })), [])
      deepEqual(await intentsOf(harness, 'order-1'), [['n-1', null, 'unproven']])
      deepEqual(await intentsOf(harness, 'order-2'), [])
      deepEqual(await handle(await callback('n-1', { ...credit, of: deposit() })), ['deposit.credited'])
      deepEqual(await handle(await callback('n-1', { ...credit, of: other })), [])
      deepEqual(await intentsOf(harness, 'order-1'), [['n-1', paymentRef(deposit()), 'token']])
      equal(await stateOf('order-2'), 'pending')
    },

  'ADDR-002 applies a report at the address of another payment when the response of its own call contains its vendor id':
    async (harness) => {
      const { beginState, conclude, callback, stateOf } = harness
      for (const intent of [deposit(), other]) await beginState(intent)
      const claim = await callback('n-1', { vendorId: 'v-1', echo: 'order-1', of: other })
      equal(claim.record.unowned?.reason, 'foreign_order')
      deepEqual(await conclude(other, started(other), ['v-2']), { taken: [] })
      deepEqual(await conclude(deposit(), started(deposit()), ['v-1']), { taken: [] })
      equal(await stateOf('order-1'), 'credited')
      equal(await stateOf('order-2'), 'pending')
    },

  'ADDR-003 does not believe the money of a report at the address of another payment when its vendor id becomes known':
    async (harness) => {
      const { beginState, conclude, callback, reviews, stateOf } = harness
      for (const intent of [deposit(), other]) await beginState(intent)
      await callback('n-1', { ...ours, vendorId: 'v-1', echo: 'order-1', of: other })
      await conclude(deposit(), started(deposit()), ['v-1'])
      deepEqual(await intentsOf(harness, 'order-1'), [['n-1', paymentRef(deposit()), 'unproven']])
      deepEqual(await reviews(), ['order-1 unsigned_money'])
      equal(await stateOf('order-2'), 'pending')
    },

  'ADDR-004 does not assign a transaction to another attempt than the one that the report names': async (harness) => {
    const { beginState, conclude, callback, stateOf } = harness
    const second = deposit({ attempt: 2 })
    await beginState(deposit())
    await conclude(deposit(), started(deposit()), ['v-1'])
    await callback('n-1', { vendorId: 'v-1', method: 'cancel' })
    await beginState(second)
    const misplaced = { ...ours, vendorId: 'v-2', echo: 'order-1_2', of: deposit() }
    equal((await callback('n-2', misplaced)).record.reports.at(-1)?.intent, null)
    await callback('n-2', { ...misplaced, of: second })
    equal((await intentsOf(harness, 'order-1')).at(-1)?.[1], paymentRef(second))
    equal(await stateOf('order-1'), 'credited')
  },

  'ADDR-005 distinguishes references that differ only in capital letters': async (harness) => {
    const { beginState, callback, handle, stateOf } = harness
    const capital = deposit({ reference: 'ORDER-1' })
    await beginState(deposit())
    deepEqual(await handle(await callback('n-1', { ...ours, vendorId: 'v-1', echo: 'ORDER-1', of: deposit() })), [
      'deposit.credited',
    ])
    await beginState(capital)
    await callback('n-2', { ...ours, vendorId: 'v-2', echo: 'order-1', of: capital })
    equal(await stateOf('ORDER-1'), 'pending')
  },

  'ADDR-006 applies a report of a refund or a payout that echoes the deposit': async ({
    payDeposit,
    beginState,
    conclude,
    callback,
    handle,
  }) => {
    await payDeposit()
    const back = refund('r-1', '10.00')
    const out = deposit({ kind: 'payout', reference: 'out-1', account: paymentRef(deposit()) })
    for (const [intent, type] of [
      [back, 'refund.failed'],
      [out, 'payout.failed'],
    ] as const) {
      await beginState(intent)
      await conclude(intent, accepted(intent))
      const more = { ...ours, vendorId: `${intent.reference}-v`, method: 'failed', echo: 'order-1', of: intent }
      deepEqual(await handle(await callback(`${intent.reference}-failed`, more)), [type])
    }
  },
}
