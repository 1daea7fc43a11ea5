import { deepEqual, equal } from 'node:assert/strict'
import { paymentRef } from '@railswitch/core/store'
import { accepted, deposit, refund, started } from '../harness/sample-payments.ts'
import { leaseMs } from '../harness/store-context.ts'
import { type CrashHarness, handleAll, type Snapshot } from './recovery.ts'

/** A call during which the process dies. */
export interface CrashScenario {
  readonly id: string
  readonly name: string
  /** What is stored before. Its result is passed to `call`. */
  readonly prepare: (harness: CrashHarness) => Promise<string>
  /** The call that is interrupted. The next process repeats it. */
  readonly call: (harness: CrashHarness, lease: string) => Promise<unknown>
  /** What is stored after the recovery. */
  readonly verify: (recovered: Snapshot) => void | Promise<void>
}

const nothing = ''

/** `order-1` is at its bank, known as `v-1`. */
const startedDeposit = async ({ beginState, conclude }: CrashHarness): Promise<string> => {
  await beginState(deposit())
  await conclude(deposit(), started(deposit()), ['v-1'])
  return nothing
}

/** `order-1` is credited, and the event is handled. */
const creditedDeposit = async (harness: CrashHarness): Promise<string> => {
  await startedDeposit(harness)
  const claim = await harness.callback('n-1', { vendorId: 'v-1' })
  if (claim.state === 'leased') await handleAll(harness, claim.lease, claim.record)
  return nothing
}

const first = ({ payments }: Snapshot) => payments[0]
const reportIds = (snapshot: Snapshot) => first(snapshot)?.reports.map(({ id }) => id)

export const scenarios: readonly CrashScenario[] = [
  {
    id: 'CRASH-001',
    name: 'records an intent of a new payment whole or not at all',
    prepare: async () => nothing,
    call: ({ beginState }) => beginState(deposit()),
    verify: (recovered) => equal(first(recovered)?.intents.length, 1),
  },
  {
    id: 'CRASH-002',
    name: 'records a refund of a stored payment whole or not at all',
    prepare: creditedDeposit,
    call: ({ beginState }) => beginState(refund('r-1', '10.00')),
    verify: (recovered) => equal(first(recovered)?.intents.length, 2),
  },
  {
    id: 'CRASH-003',
    name: 'records a response with its vendor ids and what was reported under them, or nothing',
    prepare: async ({ beginState, callback }) => {
      await beginState(deposit())
      await callback('n-1', { vendorId: 'v-1' })
      return nothing
    },
    call: ({ conclude }) => conclude(deposit(), started(deposit()), ['v-1']),
    verify: (recovered) => {
      equal(first(recovered)?.intents[0]?.conclusion?.state, 'started')
      deepEqual(recovered.vendorIds, ['order-1', null])
      equal(recovered.emitted, 1)
    },
  },
  {
    id: 'CRASH-004',
    name: 'replaces a vendor id that a token assigned by that of the response, or leaves it',
    prepare: async ({ beginState, callback }) => {
      await beginState(deposit())
      await callback('n-1', { vendorId: 'v-2', method: 'pending', of: deposit() })
      return nothing
    },
    call: ({ conclude }) => conclude(deposit(), started(deposit()), ['v-1']),
    verify: (recovered) => {
      deepEqual(recovered.vendorIds, ['order-1', null])
      deepEqual(recovered.reviews, ['order-1 vendor_id_differs'])
    },
  },
  {
    id: 'CRASH-005',
    name: 'deletes an intent that was not sent whole or not at all',
    prepare: async (harness) => {
      await creditedDeposit(harness)
      await harness.beginState(refund('r-1', '10.00'))
      return nothing
    },
    call: ({ conclude }) => conclude(refund('r-1', '10.00'), 'not_sent'),
    verify: ({ payments }) => deepEqual([payments[0]?.intents.length, payments[2]], [1, null]),
  },
  {
    id: 'CRASH-006',
    name: 'stores a report with the vendor id that its token assigns, or nothing',
    prepare: async ({ beginState }) => {
      await beginState(deposit())
      return nothing
    },
    call: ({ callback }) => callback('n-1', { vendorId: 'v-1', of: deposit() }),
    verify: (recovered) => {
      deepEqual(reportIds(recovered), ['n-1'])
      deepEqual(recovered.vendorIds, ['order-1', null])
      equal(recovered.emitted, 1)
    },
  },
  {
    id: 'CRASH-007',
    name: 'stores a report of a known payment and leases it, or nothing; the lease ends',
    prepare: startedDeposit,
    call: ({ callback }) => callback('n-1', { vendorId: 'v-1' }),
    verify: (recovered) => deepEqual([reportIds(recovered), recovered.emitted], [['n-1'], 1]),
  },
  {
    id: 'CRASH-008',
    name: 'stores an unowned report and deletes the oldest beyond the limit, or nothing',
    prepare: async ({ callback, clock }) => {
      for (const index of [1, 2, 3, 4, 5]) {
        clock.advance(1_000)
        await callback(`n-${index}`, { vendorId: `x-${index}` })
      }
      return nothing
    },
    call: ({ callback }) => callback('n-6', { vendorId: 'x-6' }),
    verify: ({ reviews }) => deepEqual(reviews, ['rail 2026-01-01 5 foreign_order']),
  },
  {
    id: 'CRASH-009',
    name: 'learns the vendor id of a look-up with what was reported under it, or nothing',
    prepare: async ({ beginState, callback }) => {
      await beginState(deposit())
      await callback('n-1', { vendorId: 'v-1' })
      return nothing
    },
    call: ({ ownReport }) =>
      ownReport({ id: 'l-1', vendorId: 'v-1', method: 'pending' }, paymentRef(deposit()), { learns: true }),
    verify: (recovered) => deepEqual([reportIds(recovered)?.length, recovered.emitted], [2, 1]),
  },
  {
    id: 'CRASH-010',
    name: 'writes the application’s row and the mark of its event together, or neither',
    prepare: async (harness) => {
      await startedDeposit(harness)
      const claim = await harness.callback('n-1', { vendorId: 'v-1' })
      return claim.state === 'leased' ? claim.lease : nothing
    },
    call: async (harness, lease) => {
      const record = await harness.store.find('order-1')
      if (record) await handleAll(harness, lease, record)
    },
    verify: ({ emitted, rows }) => deepEqual([emitted, rows], [1, 1]),
  },
  {
    id: 'CRASH-011',
    name: 'leases what is due to the next process when the lease of the dead one ends',
    prepare: async (harness) => {
      await startedDeposit(harness)
      const claim = await harness.callback('n-1', { vendorId: 'v-1' })
      if (claim.state === 'leased') await harness.store.release(claim.lease)
      return nothing
    },
    call: ({ store, rules, clock }) => {
      const until = new Date(Date.parse(clock.iso()) + leaseMs).toISOString()
      return store.leaseDue({ before: clock.iso(), until, limit: 10 }, rules)
    },
    verify: ({ emitted, rows }) => deepEqual([emitted, rows], [1, 1]),
  },
  {
    id: 'CRASH-012',
    name: 'erases personal data whole or not at all',
    prepare: async (harness) => {
      const settings = { ...deposit().settings, customerId: 'customer-77' }
      await harness.beginState(deposit({ settings }), 'fingerprint-of-names')
      await harness.conclude(deposit(), accepted(deposit()), ['v-1'])
      await harness.callback('n-1', { vendorId: 'v-1', method: 'pending', members: { accountid: 'account-88' } })
      return nothing
    },
    call: ({ store }) => store.erasePersonalData('order-1'),
    verify: (recovered) => {
      for (const gone of ['customer-77', 'account-88', 'fingerprint-of-names'])
        equal(JSON.stringify(recovered).includes(gone), false)
    },
  },
]
