import { equal } from 'node:assert/strict'
import { type Behaviour, declares } from '../behaviour.ts'
import { errorOf } from '../world/expectations.ts'
import { expectMandateState, expectNotCharged, signedMandate } from './mandate-calls.ts'

const mandates = [declares('mandate')]

/** How the merchant ends a mandate. */
export const cancelledMandateBehaviours: readonly Behaviour[] = [
  {
    id: 'MAN-010',
    says: 'is revoked at the vendor and here when `cancelMandate` resolves, whatever callbacks are late',
    because: 'a customer who has cancelled must not be charged a minute later',
    applies: mandates,
    run: async (world) => {
      const payment = await signedMandate(world)
      const late = await world.holding(() => world.shop.payments.cancelMandate({ payment }))
      await expectMandateState(world, 'mandate-1', 'revoked')
      equal(world.order('mandate-1').isActive, false, 'the vendor must refuse charges of it')
      await expectNotCharged(world, payment)
      for (const message of late) await world.callbacks.deliver(message)
      await expectMandateState(world, 'mandate-1', 'revoked')
      equal(world.eventsOf('mandate.revoked').length, 1, 'mandate.revoked must be emitted once')
    },
  },
  {
    id: 'MAN-011',
    says: 'resolves a second cancellation of a mandate, and reports its end once',
    because: 'two employees cancel it, or the customer is a moment faster',
    applies: mandates,
    run: async (world) => {
      const payment = await signedMandate(world)
      await world.holding(async () => {
        await Promise.all([
          world.shop.payments.cancelMandate({ payment }),
          world.shop.payments.cancelMandate({ payment }),
        ])
        await world.shop.payments.cancelMandate({ payment })
      })
      await expectMandateState(world, 'mandate-1', 'revoked')
      equal(world.eventsOf('mandate.revoked').length, 1, 'mandate.revoked must be emitted once')
    },
  },
  {
    id: 'MAN-012',
    says: 'does not report a mandate as cancelled if the response was lost, and resolves the same call later',
    because: 'a cancellation that was believed and never happened goes on charging the customer',
    applies: mandates,
    run: async (world) => {
      const payment = await signedMandate(world)
      await world.holding(async () => {
        world.wire.strike('request lost')
        const error = await errorOf(world.shop.payments.cancelMandate({ payment }))
        equal(error.effect, 'may_have_happened', `the effect is ${error.effect}`)
        await expectMandateState(world, 'mandate-1', 'active')
        world.wire.strike('response lost')
        equal((await errorOf(world.shop.payments.cancelMandate({ payment }))).effect, 'may_have_happened')
        world.wire.repair()
        await world.shop.payments.cancelMandate({ payment })
      })
      await expectMandateState(world, 'mandate-1', 'revoked')
      equal(world.order('mandate-1').isActive, false)
    },
  },
  {
    id: 'MAN-013',
    says: 'reports a cancellation without a connection as not sent, and the mandate stays active',
    because: 'what the merchant reads must be what the vendor will charge',
    applies: mandates,
    run: async (world) => {
      const payment = await signedMandate(world)
      world.wire.strike('refused')
      equal((await errorOf(world.shop.payments.cancelMandate({ payment }))).effect, 'not_sent')
      world.wire.repair()
      await expectMandateState(world, 'mandate-1', 'active')
      await world.shop.payments.cancelMandate({ payment })
      equal(world.order('mandate-1').isActive, false)
    },
  },
]
