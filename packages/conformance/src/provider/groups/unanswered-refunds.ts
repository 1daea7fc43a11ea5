import { deepEqual, equal, ok } from 'node:assert/strict'
import { isLeft } from '@railswitch/core'
import { type Behaviour, vendorCan } from '../behaviour.ts'
import { errorOf, letTimePass, reviewsOf, untilSent } from '../world/expectations.ts'
import type { WireFault } from '../world/wire.ts'
import { dayMs } from '../world/world.ts'
import { partial, refundState, sentBack, struckRefund } from './refund-calls.ts'

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

/** What a refund without a readable response means, and one that the vendor refuses. */
export const unansweredRefundBehaviours: readonly Behaviour[] = [
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
      const now = world.time.now()
      const isNear = Math.abs(Date.parse(outcome.notBefore) - now.getTime()) < 30 * dayMs
      ok(isNear, `notBefore is ${outcome.notBefore}, and runtime.now() is ${now.toISOString()}: use no other clock`)
      if (outcome.resolveBy === 'replay') equal(world.provider.replays, true)
      if (outcome.resolveBy === 'lookup') equal(typeof world.provider.lookUp, 'function')
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
]
