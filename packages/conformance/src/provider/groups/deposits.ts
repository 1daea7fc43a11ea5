import { deepEqual, equal, ok } from 'node:assert/strict'
import { fromMinorUnits, merchantReference } from '@railswitch/core'
import { toMinorUnits } from '@railswitch/core/provider'
import { type Behaviour, declares, vendorCan } from '../behaviour.ts'
import { expectMoney, expectState, netOf, reviewsOf, textOf } from '../world/expectations.ts'
import { dayMs, type World } from '../world/world.ts'

/** Every state of a deposit, and the event that leads to it. */
export const depositBehaviours: readonly Behaviour[] = [
  {
    id: 'DEP-001',
    says: 'has a deposit pending until the customer pays, without an event',
    because: 'goods that are shipped on a checkout that was only opened are lost',
    run: async (world) => {
      await world.deposit('order-1', { amount: world.money('99.95') })
      await expectState(world, 'order-1', 'pending')
      equal(world.shop.events.length, 0, 'no event may be emitted')
    },
  },
  {
    id: 'DEP-002',
    says: 'reports approved money that has not arrived as not_credited_yet',
    because: 'approved money may still fail, so it must not be shipped on',
    applies: [vendorCan('approve')],
    run: async (world) => {
      await world.deposit()
      await world.vendor.approve?.('order-1')
      await expectState(world, 'order-1', 'not_credited_yet')
      expectMoney(world, 'deposit.not_credited_yet', '100.00')
      expectMoney(world, 'deposit.credited')
    },
  },
  {
    id: 'DEP-003',
    says: 'reports paid money as credited, once, with its exact amount',
    because: 'this event ships the goods',
    run: async (world) => {
      await world.paidDeposit('order-1', { amount: world.money('99.95') })
      expectMoney(world, 'deposit.credited', '99.95')
      deepEqual(await reviewsOf(world, 'order-1'), [])
    },
  },
  {
    id: 'DEP-004',
    says: 'reports a checkout that the customer left as not_credited, with a reason',
    because: 'the application may cancel the order, and must not wait for money that never comes',
    run: async (world) => {
      await world.deposit()
      await world.vendor.cancel('order-1')
      await expectState(world, 'order-1', 'not_credited')
      const [event, ...others] = world.eventsOf('deposit.not_credited')
      ok(event && others.length === 0, 'there must be one deposit.not_credited')
      ok(['abandoned', 'declined', 'expired', 'failed'].includes(event.reason))
      expectMoney(world, 'deposit.credited')
    },
  },
  {
    id: 'DEP-005',
    says: 'reports approved money that never arrives as not_credited',
    because: 'an order that waits for this money must end',
    applies: [vendorCan('approve')],
    run: async (world) => {
      await world.deposit()
      await world.vendor.approve?.('order-1')
      await world.vendor.cancel('order-1')
      await expectState(world, 'order-1', 'not_credited')
      expectMoney(world, 'deposit.credited')
    },
  },
  {
    id: 'DEP-006',
    says: 'reports credited money that was taken back as reversed, with its amount',
    because: 'the merchant has lost this money, and must take the goods or the balance back',
    applies: [vendorCan('reverse')],
    run: async (world) => {
      await world.paidDeposit()
      await world.vendor.reverse?.('order-1', world.money('100.00'))
      await expectState(world, 'order-1', 'reversed')
      expectMoney(world, 'deposit.reversed', '100.00')
      equal(textOf(await netOf(world, 'order-1')), textOf(world.money('0.00')))
    },
  },
  {
    id: 'DEP-007',
    says: 'reports a partial reversal with its own amount, and leaves the rest credited',
    because: 'only the part that was taken back is lost',
    applies: [vendorCan('reverse')],
    run: async (world) => {
      await world.paidDeposit()
      await world.vendor.reverse?.('order-1', world.money('30.00'))
      expectMoney(world, 'deposit.reversed', '30.00')
      equal(textOf(await netOf(world, 'order-1')), textOf(world.money('70.00')))
    },
  },
  {
    id: 'DEP-008',
    says: 'counts two reversals of the same amount on different days twice, or asks for a manual review',
    because: 'a second reversal that is taken for a repetition of the first one is money that nobody misses',
    applies: [vendorCan('reverse')],
    run: async (world) => {
      await world.paidDeposit()
      await world.vendor.reverse?.('order-1', world.money('30.00'))
      await world.advance(dayMs)
      await world.vendor.reverse?.('order-1', world.money('30.00'))
      if ((await reviewsOf(world, 'order-1')).length === 0) expectMoney(world, 'deposit.reversed', '30.00', '30.00')
    },
  },
  {
    id: 'DEP-009',
    says: 'credits a second attempt after the first one was left, under the same reference',
    because: 'a customer who tries again must get what was paid for',
    run: async (world) => {
      await world.deposit()
      await world.vendor.cancel('order-1')
      await world.deposit('order-1', { attempt: 2 })
      await world.vendor.credit(merchantReference({ reference: 'order-1', attempt: 2 }))
      await expectState(world, 'order-1', 'credited')
      expectMoney(world, 'deposit.credited', '100.00')
    },
  },
  {
    id: 'DEP-010',
    says: 'does not ship on a credit of another amount than the ordered one, and asks for a manual review',
    because: 'a customer who pays less must not get the whole order',
    applies: [vendorCan('creditsOtherAmounts')],
    run: async (world) => {
      await world.deposit()
      await world.vendor.credit('order-1', world.money('90.00'))
      expectMoney(world, 'deposit.credited')
      equal(textOf(await netOf(world, 'order-1')), textOf(world.money('90.00')))
      ok((await reviewsOf(world, 'order-1')).includes('amount_differs'), 'the review amount_differs must be open')
    },
  },
  {
    id: 'DEP-011',
    says: 'reports what happens after days like what happens at once',
    because: 'bank transfers arrive days after the customer has left the checkout',
    applies: [vendorCan('approve')],
    run: async (world) => {
      await world.deposit()
      await world.vendor.approve?.('order-1')
      await world.advance(4 * dayMs)
      await world.vendor.credit('order-1')
      await expectState(world, 'order-1', 'credited')
      expectMoney(world, 'deposit.credited', '100.00')
    },
  },
  {
    id: 'DEP-012',
    says: 'keeps payments apart that have the same amount and the same customer',
    because: 'paying one order must not ship another',
    run: async (world) => {
      await world.deposit('order-1')
      await world.deposit('order-2')
      await world.vendor.credit('order-2')
      await expectState(world, 'order-1', 'pending')
      await expectState(world, 'order-2', 'credited')
    },
  },
  {
    id: 'DEP-013',
    says: 'has money of a refunded and then reversed deposit as exposure',
    because: 'the merchant has paid this money twice',
    applies: [vendorCan('reverse'), declares('refund.partial')],
    run: async (world) => {
      const payment = await world.paidDeposit()
      await world.refund(payment, '60.00')
      await world.vendor.reverse?.('order-1', world.money('40.00'))
      const [event] = world.eventsOf('deposit.reversed')
      equal(event && textOf(event.amount), textOf(world.money('40.00')))
      equal(event && textOf(event.exposure), textOf(world.money('0.00')))
    },
  },
  {
    id: 'DEP-014',
    says: 'emits all money of two reversals, if the callback of the first one arrives after that of the second one',
    because: 'a report that lists both reversals must not make one of them the repetition of the other',
    applies: [vendorCan('reverse')],
    run: async (world) => {
      await world.paidDeposit()
      const sent = await world.holding(async () => {
        await world.vendor.reverse?.('order-1', world.money('30.00'))
        await world.advance(dayMs)
        await world.vendor.reverse?.('order-1', world.money('20.00'))
      })
      const [first, ...later] = sent
      for (const message of [...later].reverse()) await world.callbacks.deliver(message)
      equal(reversedInEvents(world), await reversedOf(world), 'the events have less or more money than the deposit')
      if (first) await world.callbacks.deliver(first)
      equal(await reversedOf(world), '50.00')
      if ((await reviewsOf(world, 'order-1')).length === 0) equal(reversedInEvents(world), '50.00')
    },
  },
]

const reversedOf = async ({ shop }: World): Promise<string> =>
  (await shop.payments.getDeposit({ reference: 'order-1' })).reversed.value

/** The sum of all events. */
const reversedInEvents = (world: World): string => {
  const { currency } = world.money('0.00')
  const amounts = world.eventsOf('deposit.reversed').map(({ amount }) => toMinorUnits(amount))
  return fromMinorUnits(
    amounts.reduce((sum, amount) => sum + amount, 0n),
    currency,
  ).value
}
