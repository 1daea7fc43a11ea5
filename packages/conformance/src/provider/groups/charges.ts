import { deepEqual, equal, ok } from 'node:assert/strict'
import type { PaymentRef } from '@railswitch/core'
import type { Outcome } from '@railswitch/core/provider'
import { type Behaviour, declares, vendorCan } from '../behaviour.ts'
import { errorOf, expectMoney, expectPayoutState, expectState, letTimePass } from '../world/expectations.ts'
import type { WireFault } from '../world/wire.ts'
import type { World } from '../world/world.ts'
import {
  charge,
  creditedCharge,
  expectMandateState,
  expectNotCharged,
  openMandate,
  signedMandate,
} from './mandate-calls.ts'

const charges = [declares('mandate')]
const refunds = [...charges, declares('refund.partial')]

/** What the vendor collects, or tries to. */
const charged = (world: World, reference = 'charge-1'): readonly string[] =>
  world.orders(reference).flatMap(({ money }) => money?.value ?? [])

const sentBack = (world: World): readonly string[] => world.order('charge-1').refunds.map(({ value }) => value)

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

/** The vendor either executes the refund or refuses it without a doubt. */
const expectDecidedRefund = async (world: World, payment: PaymentRef, reference: string): Promise<void> => {
  const before = sentBack(world).length
  try {
    const { status } = await world.refund(payment, '3.00', reference)
    equal(status, 'accepted', `the outcome is ${status}`)
    equal(sentBack(world).length, before + 1, 'the refund was accepted, and the vendor has not sent it')
  } catch (error) {
    const { effect } = Object(error) as { readonly effect?: string }
    ok(effect === 'not_sent' || effect === 'refused', `the refund failed, and its effect is ${effect}`)
    equal(sentBack(world).length, before, 'the refund was refused, and the vendor has sent it')
  }
}

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
  {
    id: 'CHG-014',
    says: 'refunds a charge once, with its exact money',
    because: 'a customer who gets money back twice keeps it',
    applies: refunds,
    run: async (world) => {
      const payment = await creditedCharge(world)
      equal((await world.refund(payment, '4.00')).status, 'accepted')
      await world.refund(payment, '4.00')
      deepEqual(sentBack(world), ['4.00'])
    },
  },
  {
    id: 'CHG-015',
    says: 'refuses to refund more than was charged, and sends nothing',
    because: 'more than the customer paid is a gift',
    applies: refunds,
    run: async (world) => {
      const payment = await creditedCharge(world)
      const before = world.wire.requests.length
      equal((await errorOf(world.refund(payment, '10.01'))).code, 'exceeds_refundable')
      equal(world.wire.requests.length, before)
    },
  },
  {
    id: 'CHG-016',
    says: 'either sends a second refund of a charge or refuses it, and never leaves it unknown',
    because: 'some vendors refund a charge once, and the customer waits for the rest',
    applies: refunds,
    run: async (world) => {
      const payment = await creditedCharge(world)
      await expectDecidedRefund(world, payment, 'refund-1')
      await expectDecidedRefund(world, payment, 'refund-2')
    },
  },
  {
    id: 'CHG-017',
    says: 'either sends a refund of a charge whose mandate has ended or refuses it, also years later',
    because: 'a customer who leaves is often the one who gets money back, and a vendor may refuse it after some time',
    applies: [...refunds, vendorCan('revokeMandate'), vendorCan('returnRefund')],
    run: async (world) => {
      const payment = await creditedCharge(world)
      await world.vendor.revokeMandate?.('mandate-1')
      await expectDecidedRefund(world, payment, 'refund-1')
      if (sentBack(world).length > 0) await world.vendor.returnRefund?.('charge-1', world.money('3.00'))
      await world.advance(3 * 366 * 86_400_000)
      await expectDecidedRefund(world, payment, 'refund-2')
    },
  },
  {
    id: 'CHG-018',
    says: 'makes the money of a refund of a charge refundable again when it comes back',
    because: 'the customer has not got the money, and the merchant has it',
    applies: [...refunds, vendorCan('returnRefund')],
    run: async (world) => {
      const payment = await creditedCharge(world)
      await world.refund(payment, '4.00')
      await world.vendor.returnRefund?.('charge-1', world.money('4.00'))
      expectMoney(world, 'refund.failed', '4.00')
      expectMoney(world, 'deposit.credited', '10.00')
      const { refundable } = await world.shop.payments.getDeposit({ payment })
      deepEqual(refundable, world.money('10.00'))
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
