import { deepEqual, equal, ok } from 'node:assert/strict'
import type { PaymentRef } from '@railswitch/core'
import type { Outcome } from '@railswitch/core/provider'
import { type Behaviour, declares, vendorCan } from '../behaviour.ts'
import { errorOf, expectMoney, expectState, letTimePass } from '../world/expectations.ts'
import type { WireFault } from '../world/wire.ts'
import type { World } from '../world/world.ts'
import { charge, expectNotCharged, signedMandate } from './mandate-calls.ts'

const charges = [declares('mandate')]

/** What the vendor collects, or tries to. */
const charged = (world: World, reference = 'charge-1'): readonly string[] =>
  world.orders(reference).flatMap(({ money }) => money?.value ?? [])

const struckCharge = async (world: World, payment: PaymentRef, fault: WireFault): Promise<Outcome> => {
  world.wire.strike(fault)
  try {
    return await charge(world, payment)
  } finally {
    world.wire.repair()
  }
}

const unreadable = (id: string, fault: WireFault, says: string): Behaviour => ({
  id,
  says,
  because: 'a charge that is sent twice takes money that the customer does not owe',
  applies: charges,
  run: async (world) => {
    const payment = await signedMandate(world)
    const { status } = await struckCharge(world, payment, fault)
    ok(status === 'unknown' || status === 'accepted', `the outcome is ${status}`)
    if (world.provider.replays) equal((await charge(world, payment)).status, 'accepted')
    await letTimePass(world)
    deepEqual(charged(world), ['10.00'])
    await world.vendor.credit('charge-1')
    expectMoney(world, 'deposit.credited', '10.00')
  },
})

/** What a charge without a readable response means, and one that the vendor refuses. */
export const unansweredChargeBehaviours: readonly Behaviour[] = [
  unreadable('CHG-008', 'response lost', 'resolves a charge whose response was lost to the charge that was sent'),
  unreadable('CHG-009', 'response cut', 'resolves a charge whose response was cut to the charge that was sent'),
  {
    id: 'CHG-010',
    says: 'never counts a charge that did not arrive as accepted',
    because: 'the merchant waits for money that nobody collects',
    applies: charges,
    run: async (world) => {
      const outcome = await struckCharge(world, await signedMandate(world), 'request lost')
      equal(outcome.status, 'unknown', `the outcome is ${outcome.status}`)
      deepEqual(charged(world), [])
      await expectState(world, 'charge-1', 'pending')
    },
  },
  {
    id: 'CHG-011',
    says: 'reports a charge without a connection as not sent, and sends it once afterwards',
    because: 'money that was certainly not collected can be collected at once',
    applies: charges,
    run: async (world) => {
      const payment = await signedMandate(world)
      world.wire.strike('refused')
      equal((await errorOf(charge(world, payment))).effect, 'not_sent')
      world.wire.repair()
      equal((await charge(world, payment)).status, 'accepted')
      deepEqual(charged(world), ['10.00'])
    },
  },
  {
    id: 'CHG-012',
    says: "reports the vendor's refusal of a charge as refused, and sends a second attempt",
    because: 'a refused charge must be neither lost nor sent twice',
    applies: [...charges, vendorCan('refuseCharges')],
    run: async (world) => {
      const payment = await signedMandate(world)
      world.vendor.refuseCharges?.()
      const error = await errorOf(charge(world, payment))
      equal(error.effect, 'refused', `the effect is ${error.effect}`)
      deepEqual(charged(world), [])
      world.vendor.acceptAgain?.()
      equal((await charge(world, payment, { attempt: 2 })).status, 'accepted')
      equal(world.orders('charge-1', 2).length, 1)
    },
  },
  {
    id: 'CHG-013',
    says: 'resolves a charge whose response was lost although its mandate has ended since',
    because: 'the vendor may have collected it while the mandate was active',
    applies: [...charges, vendorCan('revokeMandate')],
    run: async (world) => {
      const payment = await signedMandate(world)
      await struckCharge(world, payment, 'response lost')
      await world.vendor.revokeMandate?.('mandate-1')
      if (world.provider.replays) equal((await charge(world, payment)).status, 'accepted')
      await letTimePass(world)
      deepEqual(charged(world), ['10.00'])
      await expectNotCharged(world, payment, 'charge-2')
    },
  },
]
