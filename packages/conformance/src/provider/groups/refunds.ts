import { deepEqual, equal } from 'node:assert/strict'
import { type Behaviour, declares, vendorCan } from '../behaviour.ts'
import { errorOf, onlyOne, textOf } from '../world/expectations.ts'
import { partial, refundable, sentBack } from './refund-calls.ts'

/** What is sent back, and at most how much. */
export const refundBehaviours: readonly Behaviour[] = [
  {
    id: 'RF-001',
    says: 'sends a full refund once, and leaves nothing refundable',
    because: 'a customer who gets money back twice keeps it',
    applies: [declares('refund')],
    run: async (world) => {
      const { status } = await world.refund(await world.paidDeposit(), '100.00')
      equal(status, 'accepted')
      deepEqual(sentBack(world), ['100.00'])
      equal(await refundable(world), textOf(world.money('0.00')))
    },
  },
  {
    id: 'RF-002',
    says: 'sends several partial refunds, each once',
    because: 'an order is often returned in parts',
    applies: [partial],
    run: async (world) => {
      const payment = await world.paidDeposit()
      await world.refund(payment, '10.00', 'refund-1')
      await world.refund(payment, '20.00', 'refund-2')
      await world.refund(payment, '30.00', 'refund-3')
      deepEqual(sentBack(world), ['10.00', '20.00', '30.00'])
      equal(await refundable(world), textOf(world.money('40.00')))
    },
  },
  {
    id: 'RF-003',
    says: 'sends two refunds of the same amount with different references as two refunds',
    because: 'two equal articles that come back are two refunds, and one that is taken for a repetition is never paid',
    applies: [partial],
    run: async (world) => {
      const payment = await world.paidDeposit()
      await world.refund(payment, '25.00', 'refund-1')
      await world.refund(payment, '25.00', 'refund-2')
      deepEqual(sentBack(world), ['25.00', '25.00'])
    },
  },
  {
    id: 'RF-004',
    says: 'sends a repeated refund once',
    because: 'a retry of the application must not pay twice',
    applies: [partial],
    run: async (world) => {
      const payment = await world.paidDeposit()
      const first = await world.refund(payment, '40.00')
      const second = await world.refund(payment, '40.00')
      equal(second.status, first.status)
      deepEqual(sentBack(world), ['40.00'])
    },
  },
  {
    id: 'RF-005',
    says: 'refuses to refund more than was credited, and sends nothing',
    because: 'more than the customer paid is a gift',
    applies: [declares('refund')],
    run: async (world) => {
      const payment = await world.paidDeposit('order-1', { amount: world.money('99.95') })
      const before = world.wire.requests.length
      equal((await errorOf(world.refund(payment, '99.96'))).code, 'exceeds_refundable')
      equal(world.wire.requests.length, before)
    },
  },
  {
    id: 'RF-006',
    says: 'sends only one of two refunds at once that together exceed the deposit',
    because: 'two employees or two processes refund the same order at the same time',
    applies: [partial],
    run: async (world) => {
      const payment = await world.paidDeposit('order-1', { amount: world.money('99.95') })
      const results = await Promise.allSettled([
        world.refund(payment, '60.00', 'refund-1'),
        world.refund(payment, '60.00', 'refund-2'),
      ])
      const refused = onlyOne(
        results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])),
        'refused refund',
      )
      equal(refused.code, 'exceeds_refundable', 'it must be refused before it is sent')
      deepEqual(sentBack(world), ['60.00'])
    },
  },
  {
    id: 'RF-007',
    says: 'refuses to refund a deposit that nobody has paid, and sends nothing',
    because: 'money that never came cannot go back',
    applies: [declares('refund')],
    run: async (world) => {
      const { payment } = await world.deposit('order-1', { amount: world.money('99.95') })
      const before = world.wire.requests.length
      equal((await errorOf(world.refund(payment, '10.00'))).code, 'exceeds_refundable')
      equal(world.wire.requests.length, before)
    },
  },
  {
    id: 'RF-014',
    says: 'refunds the deposit that it names, and no other',
    because: 'a refund to the wrong customer does not come back',
    applies: [partial],
    run: async (world) => {
      await world.paidDeposit('order-1')
      const second = await world.paidDeposit('order-2')
      await world.paidDeposit('order-3')
      await world.refund(second, '40.00')
      deepEqual(world.order('order-1').refunds, [])
      deepEqual(world.order('order-2').refunds, [world.money('40.00')])
      deepEqual(world.order('order-3').refunds, [])
    },
  },
  {
    id: 'RF-015',
    says: 'refunds a deposit whose response was lost and whose callback named it',
    because: 'its money has arrived, so it can be refunded',
    applies: [partial],
    run: async (world) => {
      world.wire.strike('response lost')
      await world.deposit().catch(() => {})
      world.wire.repair()
      await world.vendor.credit('order-1')
      const { payment } = await world.shop.payments.getDeposit({ reference: 'order-1' })
      equal((await world.refund(payment, '40.00')).status, 'accepted')
      deepEqual(sentBack(world), ['40.00'])
    },
  },
  {
    id: 'RF-016',
    says: 'refunds only what is left after a reversal',
    because: 'reversed money is already gone',
    applies: [partial, vendorCan('reverse')],
    run: async (world) => {
      const payment = await world.paidDeposit()
      await world.vendor.reverse?.('order-1', world.money('70.00'))
      equal((await errorOf(world.refund(payment, '30.01'))).code, 'exceeds_refundable')
      deepEqual(sentBack(world), [])
    },
  },
]
