import { deepEqual, equal, ok } from 'node:assert/strict'
import { isLeft } from '@railswitch/core'
import { type Behaviour, declares, has, vendorCan } from '../behaviour.ts'
import {
  errorOf,
  expectMoney,
  letTimePass,
  onlyOne,
  refundReported,
  reviewsOf,
  textOf,
  untilSent,
} from '../world/expectations.ts'
import type { WireFault } from '../world/wire.ts'
import { dayMs, type World } from '../world/world.ts'

const refundState = async ({ shop }: World, reference = 'refund-1'): Promise<string> =>
  (await shop.payments.getDeposit({ reference: 'order-1' })).refunds.find((one) => one.reference === reference)
    ?.state ?? 'none'

const refundable = async ({ shop }: World): Promise<string> =>
  textOf((await shop.payments.getDeposit({ reference: 'order-1' })).refundable)

const sentBack = (world: World): readonly string[] => world.order('order-1').refunds.map(({ value }) => value)

/** A refund of 40.00 whose response is lost or cannot be read. */
const struckRefund = async (world: World, fault: WireFault) => {
  const payment = await world.paidDeposit()
  world.wire.strike(fault)
  const outcome = await world.refund(payment, '40.00')
  world.wire.repair()
  return outcome
}

const partial = declares('refund.partial')

/** A refund whose response cannot be read, and which the vendor has executed. */
const unreadable = (id: string, fault: WireFault, says: string): Behaviour => ({
  id,
  says,
  because: 'money that may have been sent must not be sent again, and must not be forgotten',
  applies: [partial],
  run: async (world) => {
    const { status } = await struckRefund(world, fault)
    ok(status === 'unknown' || status === 'accepted', `the outcome is ${status}`)
    await letTimePass(world)
    equal(sentBack(world).length, 1, 'the vendor must have executed the refund once')
    ok(['accepted', 'confirmed'].includes(await refundState(world)), `the refund is ${await refundState(world)}`)
  },
})

/** Money that goes back. */
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
  unreadable('RF-008', 'response lost', 'resolves a refund whose response was lost to the refund that was sent'),
  unreadable('RF-009', 'response cut', 'resolves a refund whose response was cut to the refund that was sent'),
  unreadable(
    'RF-010',
    { instead: { status: 502, contentType: 'text/html', body: '<html>502</html>' } },
    "resolves a refund with a proxy's error page as response to the refund that was sent",
  ),
  {
    id: 'RF-011',
    says: 'never counts a refund that did not arrive as sent',
    because: 'a customer who was promised money must get it',
    applies: [partial],
    run: async (world) => {
      const { status } = await struckRefund(world, 'request lost')
      if (status === 'accepted') equal(sentBack(world).length, 1, 'it was accepted, and the vendor has not executed it')
      await letTimePass(world)
      const state = await refundState(world)
      const isSent = sentBack(world).length === 1
      ok(isSent || !['accepted', 'confirmed'].includes(state), `it is ${state}, and the vendor has not executed it`)
      ok(sentBack(world).length <= 1)
      if (!isSent) ok((await reviewsOf(world, 'order-1')).length > 0 || state === 'failed', 'somebody must find out')
    },
  },
  {
    id: 'RF-012',
    says: 'reports a refund without a connection as not sent, and sends it once afterwards',
    because: 'money that was certainly not sent can be sent again at once',
    applies: [partial],
    run: async (world) => {
      const payment = await world.paidDeposit()
      world.wire.strike('refused')
      equal((await errorOf(world.refund(payment, '40.00'))).effect, 'not_sent')
      world.wire.repair()
      equal((await world.refund(payment, '40.00')).status, 'accepted')
      deepEqual(sentBack(world), ['40.00'])
    },
  },
  {
    id: 'RF-013',
    says: 'says how an unknown refund is resolved, and only in a way that it has',
    because: 'a refund that waits for a look-up which does not exist waits for ever',
    applies: [partial],
    run: async (world) => {
      const outcome = await struckRefund(world, 'response lost')
      if (outcome.status !== 'unknown') return
      equal(outcome.notBefore, new Date(outcome.notBefore).toISOString())
      if (outcome.resolveBy === 'replay') equal(world.provider.replays, true)
      if (outcome.resolveBy === 'lookup') equal(typeof world.provider.lookUp, 'function')
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
    id: 'RF-021',
    says: "reports the vendor's refusal of a refund as refused, and sends a second attempt",
    because: 'a refused refund must be neither lost nor sent twice',
    applies: [partial, vendorCan('refuseRefunds')],
    run: async (world) => {
      const payment = await world.paidDeposit()
      world.vendor.refuseRefunds?.()
      const error = await errorOf(world.refund(payment, '40.00'))
      equal(error.effect, 'refused', `the effect is ${error.effect}`)
      equal(error.retry, 'next_attempt')
      deepEqual(sentBack(world), [])
      world.vendor.acceptAgain?.()
      const amount = world.money('40.00')
      const { status } = await world.shop.payments.refund({ payment, reference: 'refund-1', attempt: 2, amount })
      equal(status, 'accepted')
      deepEqual(sentBack(world), ['40.00'])
    },
  },
  {
    id: 'RF-022',
    says: 'never fails a refund that may have been sent: its outcome is unknown',
    because: 'an application repeats what failed',
    applies: [partial],
    run: async (world) => {
      const outcomes: string[] = []
      const operation = world.provider.operations.refund
      const payment = await world.paidDeposit()
      for (const [index, fault] of (['response lost', 'request lost', 'response cut'] as const).entries()) {
        world.wire.strike(fault)
        const outcome = await world.refund(payment, '10.00', `refund-${index}`)
        outcomes.push(outcome.status)
        world.wire.repair()
      }
      ok(operation && outcomes.every((status) => status === 'unknown' || status === 'accepted'), outcomes.join())
    },
  },
  {
    id: 'RF-023',
    says: 'ends a refund whose signal is aborted, with the outcome unknown',
    because: 'a refund that never ends keeps its deposit locked',
    applies: [partial],
    run: async (world) => {
      const payment = await world.paidDeposit()
      const record = await world.record('order-1')
      const settings = { callbackUrl: 'https://shop.example/callbacks/rail/token' }
      const amount = world.money('40.00')
      const draft = { kind: 'refund', rail: 'rail', reference: 'refund-1', attempt: 1, expect: amount } as const
      const intent = { ...draft, of: payment, settings }
      world.wire.strike('hangs')
      const controller = new AbortController()
      const before = world.wire.requests.length
      const input = { payment, reference: 'refund-1', attempt: 1, amount }
      const call = { intent, record, ...settings, resumed: false, signal: controller.signal }
      const running = world.provider.operations.refund?.(input, call)()
      await untilSent(world, before)
      controller.abort()
      const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 1_000).unref())
      const result = await Promise.race([running, late])
      ok(result && result !== 'late', 'the refund did not end when its signal was aborted')
      ok(!isLeft(result) && result.right.result.status === 'unknown', 'its outcome must be unknown')
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
]
