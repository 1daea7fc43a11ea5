import { deepEqual, equal, ok } from 'node:assert/strict'
import { factsOf } from '@railswitch/core'
import { type Behaviour, has, vendorCan } from '../behaviour.ts'
import { expectMoney, refundReported, reviewsOf, textOf } from '../world/expectations.ts'
import { dayMs } from '../world/world.ts'
import { partial, refundable, refundState } from './refund-calls.ts'

/** What the vendor reports of a refund later. */
export const reportedRefundBehaviours: readonly Behaviour[] = [
  {
    id: 'RF-017',
    says: 'emits refund.confirmed with the refund, if the vendor reports it',
    because: 'the customer asks whether the money was sent',
    applies: [partial, vendorCan('confirmRefund')],
    run: async (world) => {
      await world.refund(await world.paidDeposit(), '40.00')
      await world.vendor.confirmRefund?.('order-1', world.money('40.00'))
      await refundReported(world)
      expectMoney(world, 'refund.confirmed', '40.00')
      equal(world.eventsOf('refund.confirmed')[0]?.refund, 'refund-1')
      equal(await refundState(world), 'confirmed')
    },
  },
  {
    id: 'RF-018',
    says: 'emits refund.failed for a refund that came back, and makes its money refundable again',
    because: 'the customer has not got the money, and the merchant has it',
    applies: [partial, vendorCan('returnRefund')],
    run: async (world) => {
      await world.refund(await world.paidDeposit(), '40.00')
      await world.vendor.returnRefund?.('order-1', world.money('40.00'))
      await refundReported(world)
      expectMoney(world, 'refund.failed', '40.00')
      equal(world.eventsOf('refund.failed')[0]?.refund, 'refund-1')
      equal(await refundable(world), textOf(world.money('100.00')))
    },
  },
  {
    id: 'RF-019',
    says: 'names no refund, or the right one, if one of two equal refunds came back',
    because: 'a customer who is written to about the wrong refund is paid twice or never',
    applies: [partial, vendorCan('returnRefund')],
    run: async (world) => {
      const payment = await world.paidDeposit()
      await world.refund(payment, '25.00', 'refund-1')
      await world.refund(payment, '25.00', 'refund-2')
      await world.vendor.returnRefund?.('order-1', world.money('25.00'))
      await refundReported(world)
      expectMoney(world, 'refund.failed', '25.00')
      const [event] = world.eventsOf('refund.failed')
      if (event?.refund === null) deepEqual([...event.candidates].sort(), ['refund-1', 'refund-2'])
      equal(await refundable(world), textOf(world.money('75.00')))
    },
  },
  {
    id: 'RF-020',
    says: 'does not count a refund that came back as a new payment of the deposit',
    because: 'returned money that ships an order again is lost',
    applies: [partial, vendorCan('returnRefund')],
    run: async (world) => {
      await world.refund(await world.paidDeposit(), '40.00')
      await world.vendor.returnRefund?.('order-1', world.money('40.00'))
      await refundReported(world)
      expectMoney(world, 'deposit.credited', '100.00')
      deepEqual(await reviewsOf(world, 'order-1'), [])
    },
  },
  {
    id: 'RF-024',
    says: 'finds a refund that comes back shortly before `refundWindowMs` ends',
    because: 'the vendor reports it to nobody who does not ask, and the customer has not got the money',
    applies: [partial, has('refundWindowMs'), vendorCan('returnRefund')],
    run: async (world) => {
      await world.refund(await world.paidDeposit(), '40.00')
      await world.syncAfter((world.provider.refundWindowMs ?? 0) - dayMs, 30)
      expectMoney(world, 'refund.failed')
      await world.vendor.returnRefund?.('order-1', world.money('40.00'))
      await world.syncAfter(2 * dayMs, 8)
      expectMoney(world, 'refund.failed', '40.00')
      const { refundable } = await world.shop.payments.getDeposit({ reference: 'order-1' })
      deepEqual(refundable, world.money('100.00'))
    },
  },
  {
    id: 'RF-025',
    says: 'needs a manual review if nothing is known of a refund when `refundWindowMs` ends, until it is known',
    because: 'a refund that nobody looks at is money that the customer waits for',
    applies: [partial, has('refundWindowMs'), vendorCan('confirmRefund')],
    run: async (world) => {
      const window = world.provider.refundWindowMs ?? 0
      ok(Number.isFinite(window) && window >= dayMs, 'refundWindowMs must be a number of milliseconds, at least a day')
      await world.refund(await world.paidDeposit(), '40.00')
      await world.syncAfter(window + 2 * dayMs, 30)
      deepEqual(await reviewsOf(world, 'order-1'), ['overdue'])
      await world.vendor.confirmRefund?.('order-1', world.money('40.00'))
      await world.syncAfter(2 * dayMs, 2)
      expectMoney(world, 'refund.confirmed', '40.00')
      deepEqual(await reviewsOf(world, 'order-1'), [])
    },
  },
  {
    id: 'RF-026',
    says: 'emits refund.failed for a refund that comes back after the vendor reported that it was sent',
    because: 'money that came back and counts as sent is lost to the customer and to the books',
    applies: [partial, vendorCan('confirmRefund'), vendorCan('returnRefund')],
    run: async (world) => {
      await world.refund(await world.paidDeposit(), '40.00')
      await world.vendor.confirmRefund?.('order-1', world.money('40.00'))
      await refundReported(world)
      expectMoney(world, 'refund.confirmed', '40.00')
      await world.advance(dayMs)
      await world.vendor.returnRefund?.('order-1', world.money('40.00'))
      await refundReported(world)
      expectMoney(world, 'refund.failed', '40.00')
      equal(await refundState(world), 'returned')
      equal(await refundable(world), textOf(world.money('100.00')))
    },
  },
  {
    id: 'RF-027',
    says: 'reports each of two refunds of one deposit, when they are sent and when they come back',
    because: 'a second refund that is taken for the first one is money that nobody asks about',
    applies: [partial, vendorCan('confirmRefund'), vendorCan('returnRefund')],
    run: async (world) => {
      const payment = await world.paidDeposit()
      await world.refund(payment, '40.00', 'refund-1')
      await world.refund(payment, '20.00', 'refund-2')
      for (const value of ['40.00', '20.00']) await world.vendor.confirmRefund?.('order-1', world.money(value))
      await refundReported(world)
      expectMoney(world, 'refund.confirmed', '20.00', '40.00')
      const facts = factsOf(world.provider.interpret(await world.record('order-1')), 'refund.confirmed')
      equal(new Set(facts.map(({ key }) => key)).size, facts.length, 'two facts refund.confirmed have the same key')
      for (const value of ['40.00', '20.00']) await world.vendor.returnRefund?.('order-1', world.money(value))
      await refundReported(world)
      expectMoney(world, 'refund.failed', '20.00', '40.00')
      equal(await refundable(world), textOf(world.money('100.00')))
    },
  },
]
