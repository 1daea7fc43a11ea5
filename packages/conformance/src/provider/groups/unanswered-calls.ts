import { deepEqual, equal, ok } from 'node:assert/strict'
import { type Behaviour, replays, vendorCan } from '../behaviour.ts'
import { errorOf, expectState, letTimePass } from '../world/expectations.ts'
import type { WireFault } from '../world/wire.ts'
import { afterFault } from './deposit-calls.ts'

const badGateway: WireFault = {
  instead: { status: 502, contentType: 'text/html', body: '<html><body><h1>502 Bad Gateway</h1></body></html>' },
}

const mayHaveHappened = (id: string, fault: WireFault, says: string): Behaviour => ({
  id,
  says,
  because: 'a deposit that is taken for failed and was opened may still be paid, and nobody ships it',
  run: async (world) => {
    const error = await afterFault(world, fault)
    ok(error, 'the call must fail')
    equal(error.effect, 'may_have_happened', `the effect is ${error.effect}`)
  },
})

/** What a call without a readable response means, and what its repetition sends. */
export const unansweredCallBehaviours: readonly Behaviour[] = [
  {
    id: 'CALL-006',
    says: 'reports a refused connection as not sent, and the same call works afterwards',
    because: 'an order that was never opened can be opened again without the risk of a second one',
    run: async (world) => {
      const error = await afterFault(world, 'refused')
      equal(error?.effect, 'not_sent', `the effect is ${error?.effect}`)
      equal(error.retry, 'same_attempt')
      await world.deposit()
      world.order('order-1')
    },
  },
  mayHaveHappened(
    'CALL-007',
    'response lost',
    'reports a deposit whose response was lost as one that may have happened',
  ),
  mayHaveHappened('CALL-008', 'request lost', 'reports a deposit that never arrived as one that may have happened'),
  mayHaveHappened('CALL-009', badGateway, "does not take a proxy's error page for the vendor's refusal"),
  mayHaveHappened('CALL-010', 'response cut', 'reports a deposit whose response was cut as one that may have happened'),
  mayHaveHappened(
    'CALL-011',
    { instead: { status: 200, contentType: 'application/json', body: '' } },
    'does not take an empty response for a success or a refusal',
  ),
  mayHaveHappened(
    'CALL-012',
    { instead: { status: 404, contentType: 'text/plain', body: 'not found' } },
    "does not take a gateway's 404 for the vendor's refusal",
  ),
  mayHaveHappened(
    'CALL-013',
    { instead: { status: 200, contentType: 'application/json', body: '{"result":{}}' } },
    'does not take a body that the vendor did not write for a success or a refusal',
  ),
  {
    id: 'CALL-014',
    says: 'repeats an unanswered call with identical bytes, so that the vendor has one order',
    because: 'a vendor recognises a repetition only by its bytes, and executes anything else again',
    applies: [replays(true)],
    run: async (world) => {
      await afterFault(world, 'response lost')
      await world.deposit()
      world.order('order-1')
      const [first, ...others] = world.wire.requests
      for (const { body } of others) deepEqual(Buffer.from(body).toString(), Buffer.from(first?.body ?? []).toString())
    },
  },
  {
    id: 'CALL-015',
    says: 'never sends an unanswered call again',
    because: 'a vendor that does not recognise repeated requests executes both',
    applies: [replays(false)],
    run: async (world) => {
      await afterFault(world, 'response lost')
      const sent = world.orders('order-1').length
      const error = await errorOf(world.deposit())
      equal(error.code, 'in_progress')
      equal(sent, 1)
      await letTimePass(world)
      equal(world.orders('order-1').length, 1, 'the vendor must have one order')
    },
  },
  {
    id: 'CALL-016',
    says: 'repeats an unanswered call with identical bytes after a restart',
    because: 'the process that repeats a call is often not the one that began it',
    applies: [replays(true)],
    run: async (world) => {
      await afterFault(world, 'response lost')
      const before = world.wire.requests.length
      await world.advance(3 * 3_600_000)
      world.restart(world.create())
      await world.deposit()
      const bytes = (index: number): string => Buffer.from(world.wire.requests[index]?.body ?? []).toString()
      equal(bytes(before), bytes(0))
      world.order('order-1')
    },
  },
  {
    id: 'CALL-026',
    says: 'does not take a refusal of a repeated call for the refusal of the first one',
    because: 'the first call may have opened the order before the vendor began to refuse',
    applies: [vendorCan('misconfigure')],
    run: async (world) => {
      await afterFault(world, 'response lost')
      world.vendor.misconfigure?.()
      const error = await errorOf(world.deposit())
      equal(error.effect, 'may_have_happened', `the effect is ${error.effect}`)
      world.vendor.acceptAgain?.()
      await world.vendor.credit('order-1')
      await expectState(world, 'order-1', 'credited')
    },
  },
  {
    id: 'CALL-027',
    says: 'does not take a refused connection of a repeated call for a call that was never sent',
    because: 'the first call may have opened the order',
    run: async (world) => {
      await afterFault(world, 'response lost')
      world.wire.strike('refused')
      const error = await errorOf(world.deposit())
      equal(error.effect, 'may_have_happened', `the effect is ${error.effect}`)
      world.wire.repair()
      await world.vendor.credit('order-1')
      await expectState(world, 'order-1', 'credited')
    },
  },
  {
    id: 'CALL-031',
    says: 'says whether the same call may be repeated after a lost response: only if the vendor recognises it',
    because:
      'an application does what `retry` says: `same_attempt` is safe where a repetition is no second order, and nowhere else',
    run: async (world) => {
      world.wire.strike('response lost')
      const error = await errorOf(world.deposit())
      equal(error.retry, world.provider.replays ? 'same_attempt' : 'after_lookup')
    },
  },
]
