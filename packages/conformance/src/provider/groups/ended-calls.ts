import { equal, ok } from 'node:assert/strict'
import { isLeft, PaymentError } from '@railswitch/core'
import { type Behaviour, vendorCan } from '../behaviour.ts'
import { errorOf, untilSent } from '../world/expectations.ts'
import { directCall } from './deposit-calls.ts'

/** How a call ends: aborted, out of time, or refused by the vendor. */
export const endedCallBehaviours: readonly Behaviour[] = [
  {
    id: 'CALL-019',
    says: 'ends a call whose signal is aborted, and reports that it may have happened',
    because: 'a call that never ends keeps its payment locked',
    run: async (world) => {
      world.wire.strike('hangs')
      const controller = new AbortController()
      const running = directCall(world, { signal: controller.signal })()
      await untilSent(world)
      controller.abort()
      const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 1_000).unref())
      const result = await Promise.race([running, late])
      ok(result !== 'late', 'the call did not end when its signal was aborted')
      ok(isLeft(result))
      equal(result.left.effect, 'may_have_happened')
    },
  },
  {
    id: 'CALL-020',
    says: 'sends nothing, or ends at once, if its signal is already aborted',
    because: 'a shop that shuts down must not open an order that nobody waits for',
    run: async (world) => {
      world.wire.strike('hangs')
      const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 1_000).unref())
      const result = await Promise.race([directCall(world, { signal: AbortSignal.abort() })(), late])
      ok(result !== 'late' && isLeft(result), 'an aborted call must fail')
      ok(result.left instanceof PaymentError)
    },
  },
  {
    id: 'CALL-021',
    says: 'never throws, whatever the vendor responds',
    because: 'an exception hides whether money may have moved',
    run: async (world) => {
      const bodies = ['null', '[]', '"x"', '{"error":null}', '<xml/>', '\u0000', 'a=b', '{'.repeat(10_000)]
      for (const status of [200, 204, 302, 400, 401, 500])
        for (const body of bodies) {
          world.wire.strike({ instead: { status, contentType: 'application/json', body } })
          const result = await directCall(world)()
          ok(isLeft(result) && result.left instanceof PaymentError, `HTTP ${status} with ${body.slice(0, 20)}`)
        }
    },
  },
  {
    id: 'CALL-022',
    says: 'limits the time of each request, to at most two minutes',
    because: 'a call without a limit waits for ever, and the customer with it',
    run: async (world) => {
      await world.deposit()
      for (const { timeoutMs } of world.wire.requests)
        ok(timeoutMs > 0 && timeoutMs <= 120_000, `the limit is ${timeoutMs} ms`)
    },
  },
  {
    id: 'CALL-023',
    says: "reports the vendor's refusal of a customer as declined and refused, with the vendor's own code",
    because: 'the application may try another way of payment, because nothing was opened',
    applies: [vendorCan('decline')],
    run: async (world) => {
      world.vendor.decline?.()
      const error = await errorOf(world.deposit())
      equal(error.effect, 'refused')
      equal(error.code, 'declined')
      ok(error.vendor && error.vendor.code !== '', "the vendor's code must be in the error")
      equal(world.orders('order-1').length, 0)
    },
  },
  {
    id: 'CALL-024',
    says: "reports the vendor's refusal of the account as misconfigured and refused",
    because: 'an operator must correct it; the customer cannot',
    applies: [vendorCan('misconfigure')],
    run: async (world) => {
      world.vendor.misconfigure?.()
      const error = await errorOf(world.deposit())
      equal(error.effect, 'refused')
      equal(error.code, 'misconfigured')
    },
  },
]
