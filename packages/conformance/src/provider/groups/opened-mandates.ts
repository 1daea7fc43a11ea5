import { equal, ok } from 'node:assert/strict'
import { type Behaviour, declares } from '../behaviour.ts'
import { errorOf, letTimePass } from '../world/expectations.ts'
import { charge, expectMandateState, importInput, openMandate } from './mandate-calls.ts'

const mandates = [declares('mandate')]

/** Mandates that were signed elsewhere, and those whose response was lost. */
export const openedMandateBehaviours: readonly Behaviour[] = [
  {
    id: 'MAN-014',
    says: 'imports a mandate once, which can then be charged',
    because: 'customers who have signed on paper must not sign again',
    applies: [...mandates, declares('mandate.import')],
    run: async (world) => {
      const { payment, status } = await world.shop.payments.importMandate(await importInput(world))
      equal(status, 'accepted')
      await world.vendor.signMandate?.('mandate-1')
      await expectMandateState(world, 'mandate-1', 'active')
      equal(world.order('mandate-1').kind, 'mandate')
      equal((await charge(world, payment)).status, 'accepted')
    },
  },
  {
    id: 'MAN-015',
    says: 'resolves an import whose response was lost to one mandate',
    because: 'a second mandate of one account is refused or charged twice',
    applies: [...mandates, declares('mandate.import')],
    run: async (world) => {
      const input = await importInput(world)
      world.wire.strike('response lost')
      const { status } = await world.shop.payments.importMandate(input)
      ok(status === 'unknown' || status === 'accepted', `the outcome is ${status}`)
      world.wire.repair()
      if (world.provider.replays) equal((await world.shop.payments.importMandate(input)).status, 'accepted')
      await letTimePass(world)
      await world.vendor.signMandate?.('mandate-1')
      equal(world.orders('mandate-1').length, 1, 'the vendor must have one mandate')
      await expectMandateState(world, 'mandate-1', 'active')
    },
  },
  {
    id: 'MAN-016',
    says: 'opens one mandate for a call whose response was lost, and for its repetition',
    because: 'a customer who signs one of two mandates has not signed the one that is charged',
    applies: mandates,
    run: async (world) => {
      world.wire.strike('response lost')
      const error = await errorOf(openMandate(world))
      equal(error.effect, 'may_have_happened', `the effect is ${error.effect}`)
      world.wire.repair()
      const again = await openMandate(world).catch(() => null)
      ok(again !== null || !world.provider.replays, 'the repeated call must return the page')
      equal(world.orders('mandate-1').length, 1, 'the vendor must have one mandate')
    },
  },
  {
    id: 'MAN-017',
    says: 'knows a mandate whose response was lost by its callbacks',
    because: 'the customer may sign on a page that the application never saw',
    applies: mandates,
    run: async (world) => {
      world.wire.strike('response lost')
      await openMandate(world).catch(() => {})
      world.wire.repair()
      await world.vendor.signMandate?.('mandate-1')
      await expectMandateState(world, 'mandate-1', 'active')
    },
  },
]
