import { equal, notEqual } from 'node:assert/strict'
import { merchantReference } from '@railswitch/core'
import { type Behaviour, declares } from '../behaviour.ts'
import { expectState } from '../world/expectations.ts'
import type { World } from '../world/world.ts'

/** A deposit with this reference is paid, and its money arrives at it. */
const roundTrip = async (world: World, reference: string, attempt = 1): Promise<void> => {
  await world.deposit(reference, { attempt })
  const sent = merchantReference({ reference, attempt })
  equal(world.order(reference, attempt).reference, sent)
  await world.vendor.credit(sent)
  await expectState(world, reference, 'credited')
}

const shape = (id: string, says: string, ...references: readonly string[]): Behaviour => ({
  id,
  says,
  because: 'money that arrives under another reference ships another order',
  run: async (world) => {
    for (const reference of references) await roundTrip(world, reference)
  },
})

/** References of every legal shape reach the vendor and come back. */
export const referenceBehaviours: readonly Behaviour[] = [
  shape('REF-001', 'takes a reference of one character', 'a', '0', '-', '_'),
  shape('REF-002', 'takes references of 27 and 28 characters', 'r'.repeat(27), 's'.repeat(28)),
  shape('REF-003', 'takes a reference of 200 characters', 'r'.repeat(200)),
  shape('REF-004', 'takes references with dashes and underscores everywhere', '--', '__', '-a_', '_a-', 'a--b__c'),
  shape('REF-005', 'takes a reference that looks like a number', '0001', '1e9', '-1', '0x10'),
  shape('REF-006', 'takes a UUID and a hash', '3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'a'.repeat(64)),
  {
    id: 'REF-007',
    says: 'keeps references apart that differ only in their case',
    because: 'a vendor or a database that ignores the case pays one order with the other',
    run: async (world) => {
      await world.deposit('Order-A')
      await world.deposit('order-a')
      equal(world.order('Order-A').reference, 'Order-A')
      equal(world.order('order-a').reference, 'order-a')
      await world.vendor.credit('order-a')
      await expectState(world, 'Order-A', 'pending')
      await expectState(world, 'order-a', 'credited')
    },
  },
  {
    id: 'REF-008',
    says: 'keeps a reference that ends like an attempt apart from that attempt',
    because: '`order_2` and the second attempt of `order` are different payments',
    run: async (world) => {
      await world.deposit('order')
      await world.vendor.cancel('order')
      await roundTrip(world, 'order', 2)
      await roundTrip(world, 'order_2')
    },
  },
  {
    id: 'REF-009',
    says: 'keeps long references apart that differ only at their end',
    because: 'a vendor that cuts references pays one order with another',
    run: async (world) => {
      const [first, second] = [`${'r'.repeat(60)}1`, `${'r'.repeat(60)}2`]
      await world.deposit(first)
      await world.deposit(second)
      const sent = [first, second].map((reference) => merchantReference({ reference, attempt: 1 }))
      notEqual(sent[0], sent[1])
      await world.vendor.credit(sent[1] ?? '')
      await expectState(world, first, 'pending')
      await expectState(world, second, 'credited')
    },
  },
  {
    id: 'REF-010',
    says: 'takes the attempt 99',
    because: 'the last attempt of a customer who does not give up is a payment like the others',
    run: (world) => roundTrip(world, 'order-1', 99),
  },
  {
    id: 'REF-011',
    says: 'takes a long reference for a payout',
    because: 'a payout under another reference is sent again',
    applies: [declares('payout.toAccount')],
    run: async (world) => {
      const reference = 'p'.repeat(200)
      await world.payout(reference)
      equal(world.order(reference).reference, merchantReference({ reference, attempt: 1 }))
    },
  },
]
