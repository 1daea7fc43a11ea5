import { deepEqual, equal, ok } from 'node:assert/strict'
import type { PaymentRef } from '@railswitch/core'
import { type Behaviour, declares, vendorCan } from '../behaviour.ts'
import { errorOf, expectMoney, expectPayoutState, expectState } from '../world/expectations.ts'
import type { World } from '../world/world.ts'
import { charge, creditedCharge, expectMandateState, openMandate, signedMandate } from './mandate-calls.ts'

const charges = [declares('mandate')]

/** What the vendor collects, or tries to. */
const charged = (world: World, reference = 'charge-1'): readonly string[] =>
  world.orders(reference).flatMap(({ money }) => money?.value ?? [])

/** Money that is collected with a mandate. */
export const chargeBehaviours: readonly Behaviour[] = [
  {
    id: 'CHG-001',
    says: 'sends a charge once, with its exact money, and reports it as accepted',
    because: 'a charge that was accepted has not been paid',
    applies: charges,
    run: async (world) => {
      equal((await charge(world, await signedMandate(world))).status, 'accepted')
      deepEqual(world.order('charge-1').money, world.money('10.00'))
      await expectState(world, 'charge-1', 'pending')
      expectMoney(world, 'deposit.credited')
    },
  },
  {
    id: 'CHG-002',
    says: 'charges the mandate that it names, and no other',
    because: 'the wrong customer pays, and takes the money back',
    applies: charges,
    run: async (world) => {
      const [first, second] = world.samples.mandateMarkets ?? []
      ok(first && second, 'samples.mandateMarkets must have two markets')
      const payment = await signedMandate(world, 'mandate-1', { country: first.country })
      await signedMandate(world, 'mandate-2', { country: second.country, customer: 'customer-2' })
      await charge(world, payment, { amount: { value: '10.00', currency: first.currency } })
      equal(world.order('charge-1').mandate, 'mandate-1')
    },
  },
  {
    id: 'CHG-003',
    says: 'emits deposit.credited with the money of a charge that the bank has paid',
    because: 'what was charged is shipped when the money is there',
    applies: charges,
    run: async (world) => {
      await creditedCharge(world)
      expectMoney(world, 'deposit.credited', '10.00')
      equal(world.eventsOf('deposit.credited')[0]?.reference, 'charge-1')
    },
  },
  {
    id: 'CHG-004',
    says: 'emits deposit.not_credited for a charge that the bank has not paid, and the mandate stays active',
    because: 'an account without money today can be charged next week',
    applies: charges,
    run: async (world) => {
      const payment = await signedMandate(world)
      await charge(world, payment)
      await world.vendor.cancel('charge-1')
      await expectState(world, 'charge-1', 'not_credited')
      equal(world.eventsOf('deposit.not_credited').length, 1, 'deposit.not_credited must be emitted once')
      expectMoney(world, 'deposit.credited')
      await expectMandateState(world, 'mandate-1', 'active')
      equal((await charge(world, payment, { reference: 'charge-2' })).status, 'accepted')
    },
  },
  {
    id: 'CHG-005',
    says: 'emits deposit.reversed for a charge that the bank has taken back',
    because: 'a customer can take a direct debit back for weeks',
    applies: [...charges, vendorCan('reverse')],
    run: async (world) => {
      await creditedCharge(world)
      await world.vendor.reverse?.('charge-1', world.money('10.00'))
      await expectState(world, 'charge-1', 'reversed')
      expectMoney(world, 'deposit.reversed', '10.00')
    },
  },
  {
    id: 'CHG-006',
    says: 'sends a repeated charge once',
    because: 'a retry of the application must not charge twice',
    applies: charges,
    run: async (world) => {
      const payment = await signedMandate(world)
      const before = world.wire.requests.length
      await Promise.allSettled([charge(world, payment), charge(world, payment)])
      await charge(world, payment)
      deepEqual(charged(world), ['10.00'])
      const sent = world.wire.requests.slice(before).map(({ body }) => Buffer.from(body).toString())
      ok(new Set(sent).size === 1, 'the repeated call was sent with other bytes')
    },
  },
  {
    id: 'CHG-007',
    says: 'sends two charges of the same amount with different references as two charges',
    because: 'every month costs the same',
    applies: charges,
    run: async (world) => {
      const payment = await signedMandate(world)
      await charge(world, payment, { reference: 'charge-1' })
      await charge(world, payment, { reference: 'charge-2' })
      deepEqual([charged(world, 'charge-1'), charged(world, 'charge-2')], [['10.00'], ['10.00']])
    },
  },
  {
    id: 'CHG-019',
    says: 'pays out to the account of an active mandate, and to no other mandate',
    because: 'a payout to a mandate that has ended goes to an account that the customer may have left',
    applies: [...charges, declares('payout.toDepositor')],
    run: async (world) => {
      const payOut = async (payment: PaymentRef, reference: string) =>
        world.shop.payments.payout({
          reference,
          amount: world.money('5.00'),
          to: { payment },
          customer: { id: 'customer-1' },
        })
      const unsigned = await openMandate(world, 'mandate-2', { customer: 'customer-2' })
      equal((await errorOf(payOut(unsigned, 'payout-2'))).code, 'conflict')
      equal(world.orders('payout-2').length, 0)
      equal((await payOut(await signedMandate(world), 'payout-1')).status, 'accepted')
      deepEqual(world.order('payout-1').sent, world.money('5.00'))
      await expectPayoutState(world, 'payout-1', 'accepted')
    },
  },
]
