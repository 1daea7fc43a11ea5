import { deepEqual, equal } from 'node:assert/strict'
import { type Behaviour, declares } from '../behaviour.ts'
import { expectMoney, lastOf, reviewsOf } from '../world/expectations.ts'
import { minuteMs } from '../world/world.ts'

const hundred = Array.from({ length: 100 }, (_, index) => `order-${index}`)

/** Many payments at once. */
export const concurrencyBehaviours: readonly Behaviour[] = [
  {
    id: 'CON-001',
    says: 'opens a hundred deposits at once, each with an order of its own',
    because: 'a buffer that two calls share sends one customer to the checkout of another',
    run: async (world) => {
      const checkouts = await Promise.all(hundred.map((reference) => world.deposit(reference)))
      equal(new Set(checkouts.map(({ redirectUrl }) => redirectUrl)).size, 100)
      for (const reference of hundred) world.order(reference)
      const ids = await Promise.all(
        hundred.map(async (reference) => (await world.record(reference)).intents[0]?.vendorIds.join()),
      )
      equal(new Set(ids).size, 100, 'two deposits have the same vendor id')
    },
  },
  {
    id: 'CON-002',
    says: 'applies the callbacks of fifty payments at once, each delivered twice, to their own payments',
    because: 'at noon, every customer pays at the same time',
    run: async (world) => {
      for (const reference of hundred.slice(0, 50)) await world.deposit(reference)
      const sent = await world.holding(async () => {
        for (const reference of hundred.slice(0, 50)) await world.vendor.credit(reference)
      })
      await Promise.all([...sent, ...sent].map((message) => world.callbacks.deliver(message)))
      await world.syncAfter(10 * minuteMs)
      const credited = world.eventsOf('deposit.credited').map(({ reference }) => reference)
      deepEqual([...credited].sort(), hundred.slice(0, 50).sort())
    },
  },
  {
    id: 'CON-003',
    says: 'applies a callback that is delivered a hundred times at once once',
    because: 'a vendor that gets no acknowledgement repeats faster',
    run: async (world) => {
      await world.deposit('order-1')
      const genuine = lastOf(await world.holding(() => world.vendor.credit('order-1')), 'callback')
      await Promise.all(hundred.map(() => world.callbacks.deliver(genuine)))
      await world.shop.payments.sync()
      expectMoney(world, 'deposit.credited', '100.00')
      deepEqual(await reviewsOf(world, 'order-1'), [])
    },
  },
  {
    id: 'CON-004',
    says: 'opens one order for a deposit that is called twenty times at once',
    because: 'a customer clicks twice',
    run: async (world) => {
      await Promise.allSettled(Array.from({ length: 20 }, () => world.deposit('order-1')))
      world.order('order-1')
    },
  },
  {
    id: 'CON-005',
    says: 'sends one refund for a refund that is called twenty times at once',
    because: 'an employee clicks twice',
    applies: [declares('refund.partial')],
    run: async (world) => {
      const payment = await world.paidDeposit()
      await Promise.allSettled(Array.from({ length: 20 }, () => world.refund(payment, '40.00')))
      equal(world.order('order-1').refunds.length, 1)
    },
  },
  {
    id: 'CON-006',
    says: 'sends one payout for a payout that is called twenty times at once',
    because: 'an employee clicks twice',
    applies: [declares('payout.toAccount')],
    run: async (world) => {
      await Promise.allSettled(Array.from({ length: 20 }, () => world.payout()))
      deepEqual(
        world.orders('payout-1').flatMap(({ sent }) => sent?.value ?? []),
        ['50.00'],
      )
    },
  },
]
