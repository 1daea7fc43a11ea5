import { deepEqual, equal, ok } from 'node:assert/strict'
import type { PaymentRef } from '@railswitch/core'
import { type Behaviour, declares, vendorCan } from '../behaviour.ts'
import { errorOf, expectMoney } from '../world/expectations.ts'
import type { World } from '../world/world.ts'
import { creditedCharge } from './mandate-calls.ts'

const refunds = [declares('mandate'), declares('refund.partial')]

const sentBack = (world: World): readonly string[] => world.order('charge-1').refunds.map(({ value }) => value)

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

/** Charges that go back, within the rules of the vendor. */
export const chargeRefundBehaviours: readonly Behaviour[] = [
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
]
