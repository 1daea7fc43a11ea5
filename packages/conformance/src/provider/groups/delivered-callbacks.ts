import { deepEqual, equal, ok } from 'node:assert/strict'
import { type Behaviour, vendorCan } from '../behaviour.ts'
import { expectMoney, expectState, isAcknowledgement, lastOf, reviewsOf } from '../world/expectations.ts'
import { dayMs } from '../world/world.ts'
import { heldCredit, verified } from './held-callbacks.ts'

/** A genuine callback, whenever, however often and in whatever order it arrives. */
export const deliveredCallbackBehaviours: readonly Behaviour[] = [
  {
    id: 'CB-001',
    says: 'applies a genuine callback',
    because: 'the customer has paid and waits for the goods',
    run: async (world) => {
      const genuine = await heldCredit(world, 'order-1', world.money('99.95'))
      ok(isAcknowledgement(await world.callbacks.deliver(genuine)))
      await expectState(world, 'order-1', 'credited')
    },
  },
  {
    id: 'CB-002',
    says: 'applies a callback that is delivered twice once',
    because: 'vendors repeat callbacks, and a second credit would ship twice',
    run: async (world) => {
      const genuine = await heldCredit(world)
      await world.callbacks.deliver(genuine)
      await world.callbacks.deliver(genuine)
      expectMoney(world, 'deposit.credited', '100.00')
      deepEqual(await reviewsOf(world, 'order-1'), [])
    },
  },
  {
    id: 'CB-003',
    says: 'applies a callback that is delivered five times at once once',
    because: 'load balancers and vendors repeat requests while the first one is still running',
    run: async (world) => {
      const genuine = await heldCredit(world)
      await Promise.all(Array.from({ length: 5 }, () => world.callbacks.deliver(genuine)))
      await world.shop.payments.sync()
      expectMoney(world, 'deposit.credited', '100.00')
      deepEqual(await reviewsOf(world, 'order-1'), [])
    },
  },
  {
    id: 'CB-004',
    says: 'reaches the same state if an approval arrives after the credit',
    because: 'vendors do not guarantee the order of their callbacks',
    applies: [vendorCan('approve')],
    run: async (world) => {
      await world.deposit()
      const sent = await world.holding(async () => {
        await world.vendor.approve?.('order-1')
        await world.advance(60_000)
        await world.vendor.credit('order-1')
      })
      for (const message of [...sent].reverse()) await world.callbacks.deliver(message)
      await expectState(world, 'order-1', 'credited')
      expectMoney(world, 'deposit.credited', '100.00')
      equal(world.eventsOf('deposit.not_credited_yet').length, 0, 'an older state may not be emitted after a newer one')
    },
  },
  {
    id: 'CB-005',
    says: 'reaches the same state if a reversal arrives before its credit',
    because: 'the goods of a reversed payment must not be shipped',
    applies: [vendorCan('reverse')],
    run: async (world) => {
      await world.deposit()
      const sent = await world.holding(async () => {
        await world.vendor.credit('order-1')
        await world.advance(dayMs)
        await world.vendor.reverse?.('order-1', world.money('100.00'))
      })
      for (const message of [...sent].reverse()) await world.callbacks.deliver(message)
      await world.shop.payments.sync()
      await expectState(world, 'order-1', 'reversed')
      for (const { now } of world.eventsOf('deposit.credited')) equal(now?.state, 'reversed')
    },
  },
  {
    id: 'CB-006',
    says: 'applies a callback that arrives a week late',
    because: 'a shop that was down for days must still learn what was paid',
    run: async (world) => {
      const genuine = await heldCredit(world)
      await world.advance(7 * dayMs)
      await world.callbacks.deliver(genuine)
      await expectState(world, 'order-1', 'credited')
    },
  },
  {
    id: 'CB-018',
    says: 'applies a callback that arrives before the response to its call',
    because: 'a customer can pay faster than a slow response arrives',
    run: async (world) => {
      world.wire.beforeNextResponse(() => world.vendor.credit('order-1'))
      await world.deposit()
      await expectState(world, 'order-1', 'credited')
      expectMoney(world, 'deposit.credited', '100.00')
      deepEqual(await reviewsOf(world, 'order-1'), [])
    },
  },
  {
    id: 'CB-019',
    says: 'applies the callback of a deposit whose response was lost',
    because: 'the customer may already be at the checkout',
    run: async (world) => {
      world.wire.strike('response lost')
      await world.deposit().catch(() => {})
      world.wire.repair()
      await world.vendor.credit('order-1')
      await expectState(world, 'order-1', 'credited')
      expectMoney(world, 'deposit.credited', '100.00')
    },
  },
  {
    id: 'CB-021',
    says: 'applies callbacks of the previous and of the next key while a key is rotated',
    because: 'callbacks that are on their way during a rotation must not be lost',
    applies: [vendorCan('rotateKey')],
    run: async (world) => {
      const before = await heldCredit(world, 'order-1')
      await world.deposit('order-2')
      const options = world.vendor.rotateKey?.()
      const after = lastOf(await world.holding(() => world.vendor.credit('order-2')), 'callback')
      const provider = world.create(options)
      verified({ provider }, before, 'a callback of the previous key')
      verified({ provider }, after, 'a callback of the next key')
      world.restart(provider)
      await world.callbacks.deliver(before)
      await world.callbacks.deliver(after)
      await expectState(world, 'order-1', 'credited')
      await expectState(world, 'order-2', 'credited')
    },
  },
  {
    id: 'CB-032',
    says: 'leaves a left checkout open for the credit of another one',
    because: 'a late message about an old attempt must not end the payment of a newer one',
    run: async (world) => {
      await world.deposit()
      const [cancelled] = await world.holding(() => world.vendor.cancel('order-1'))
      await world.deposit('order-1', { attempt: 2 })
      await world.vendor.credit('order-1_2')
      if (cancelled) await world.callbacks.deliver(cancelled)
      await expectState(world, 'order-1', 'credited')
      expectMoney(world, 'deposit.credited', '100.00')
      equal(world.eventsOf('deposit.not_credited').length, 0)
    },
  },
]
