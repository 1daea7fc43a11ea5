import { deepEqual, equal, ok } from 'node:assert/strict'
import { merchantReference } from '@railswitch/core'
import { type Behaviour, declares, has, vendorCan } from '../behaviour.ts'
import { errorOf, expectMoney, expectPayoutState, letTimePass } from '../world/expectations.ts'
import type { WireFault } from '../world/wire.ts'
import { dayMs, type World } from '../world/world.ts'

const toAccount = declares('payout.toAccount')

const payoutState = async ({ shop }: World): Promise<string> =>
  (await shop.payments.getPayout({ reference: 'payout-1' })).state

const sentOut = (world: World): readonly string[] => world.orders('payout-1').flatMap(({ sent }) => sent?.value ?? [])

const struckPayout = async (world: World, fault: WireFault) => {
  world.wire.strike(fault)
  const outcome = await world.payout()
  world.wire.repair()
  return outcome
}

const unreadable = (id: string, fault: WireFault, says: string): Behaviour => ({
  id,
  says,
  because: 'a payout that is sent twice does not come back, and a forgotten one is owed to the customer',
  applies: [toAccount],
  run: async (world) => {
    const { status } = await struckPayout(world, fault)
    ok(status === 'unknown' || status === 'accepted', `the outcome is ${status}`)
    // Customer data is not stored, so only the application can repeat such a call.
    if (world.provider.replays) await world.payout()
    await letTimePass(world)
    deepEqual(sentOut(world), ['50.00'])
    const state = await payoutState(world)
    ok(['accepted', 'confirmed'].includes(state), `the payout is ${state}`)
  },
})

/** Money that is paid out. */
export const payoutBehaviours: readonly Behaviour[] = [
  {
    id: 'PO-001',
    says: 'sends a payout once, with its exact money, and reports it as accepted',
    because: 'accepted money may still come back, so it is not called paid',
    applies: [toAccount],
    run: async (world) => {
      equal((await world.payout('payout-1', '50.10')).status, 'accepted')
      deepEqual(sentOut(world), ['50.10'])
      await expectPayoutState(world, 'payout-1', 'accepted')
    },
  },
  {
    id: 'PO-002',
    says: 'sends a repeated payout once',
    because: 'a retry of the application must not pay twice',
    applies: [toAccount],
    run: async (world) => {
      await world.payout('payout-1', '50.10')
      await world.payout('payout-1', '50.10')
      deepEqual(sentOut(world), ['50.10'])
    },
  },
  unreadable('PO-003', 'response lost', 'resolves a payout whose response was lost to the payout that was sent'),
  unreadable('PO-004', 'response cut', 'resolves a payout whose response was cut to the payout that was sent'),
  {
    id: 'PO-005',
    says: 'never counts a payout that did not arrive as sent',
    because: 'the customer waits for money that nobody sent',
    applies: [toAccount],
    run: async (world) => {
      await struckPayout(world, 'request lost')
      await letTimePass(world)
      const state = await payoutState(world)
      const isSent = sentOut(world).length === 1
      ok(isSent || !['accepted', 'confirmed'].includes(state), `it is ${state}, and the vendor has not sent it`)
    },
  },
  {
    id: 'PO-006',
    says: 'reports a payout without a connection as not sent, and sends it once afterwards',
    because: 'money that was certainly not sent can be sent again at once',
    applies: [toAccount],
    run: async (world) => {
      world.wire.strike('refused')
      equal((await errorOf(world.payout())).effect, 'not_sent')
      world.wire.repair()
      equal((await world.payout()).status, 'accepted')
      deepEqual(sentOut(world), ['50.00'])
    },
  },
  {
    id: 'PO-007',
    says: 'reports a payout that fails at once',
    because: 'the money is in the merchant’s account again, and the customer has not got it',
    applies: [toAccount, vendorCan('failPayout')],
    run: async (world) => {
      await world.payout()
      await world.vendor.failPayout?.('payout-1')
      expectMoney(world, 'payout.failed', '50.00')
      equal(await payoutState(world), 'failed')
    },
  },
  {
    id: 'PO-008',
    says: 'reports a payout that comes back days later',
    because: 'banks return money days after they took it',
    applies: [toAccount, vendorCan('failPayout')],
    run: async (world) => {
      await world.payout()
      await world.syncAfter(5 * dayMs, 10)
      await world.vendor.failPayout?.('payout-1')
      expectMoney(world, 'payout.failed', '50.00')
      ok(['failed', 'returned'].includes(await payoutState(world)))
    },
  },
  {
    id: 'PO-009',
    says: 'reports a payout that the vendor confirms as confirmed',
    because: 'a customer who asks must get an answer',
    applies: [toAccount, vendorCan('confirmPayout')],
    run: async (world) => {
      await world.payout()
      await world.vendor.confirmPayout?.('payout-1')
      expectMoney(world, 'payout.confirmed', '50.00')
      equal(world.eventsOf('payout.confirmed')[0]?.by, 'vendor')
      equal(await payoutState(world), 'confirmed')
    },
  },
  {
    id: 'PO-010',
    says: 'reports a confirmed payout that comes back as returned',
    because: 'a confirmation is not the end',
    applies: [toAccount, vendorCan('confirmPayout'), vendorCan('failPayout')],
    run: async (world) => {
      await world.payout()
      await world.vendor.confirmPayout?.('payout-1')
      await world.advance(dayMs)
      await world.vendor.failPayout?.('payout-1')
      expectMoney(world, 'payout.failed', '50.00')
      equal(await payoutState(world), 'returned')
    },
  },
  {
    id: 'PO-011',
    says: 'confirms a payout without a failure after the time in which it could fail, and not before',
    because: 'a vendor that reports only failures never confirms, and a payout must end',
    applies: [toAccount, has('payoutFailureWindowMs')],
    run: async (world) => {
      await world.payout()
      const windowMs = world.provider.payoutFailureWindowMs ?? 0
      await world.syncAfter(windowMs - dayMs, 20)
      equal(world.eventsOf('payout.confirmed').length, 0, 'it is too early')
      await world.syncAfter(3 * dayMs, 6)
      expectMoney(world, 'payout.confirmed', '50.00')
    },
  },
  {
    id: 'PO-012',
    says: 'reports a payout once that fails, however often the vendor says so',
    because: 'money that is returned to the customer’s balance twice is lost',
    applies: [toAccount, vendorCan('failPayout')],
    run: async (world) => {
      await world.payout()
      const sent = await world.sending(async () => world.vendor.failPayout?.('payout-1'))
      for (const message of sent) await world.callbacks.deliver(message)
      await letTimePass(world)
      expectMoney(world, 'payout.failed', '50.00')
      deepEqual((await world.shop.payments.getPayout({ reference: 'payout-1' })).reviews, [])
    },
  },
  {
    id: 'PO-013',
    says: 'sends a second attempt after a failure, under an id of its own',
    because: 'the customer corrects the account and still wants the money',
    applies: [toAccount, vendorCan('failPayout')],
    run: async (world) => {
      await world.payout()
      await world.vendor.failPayout?.('payout-1')
      const { samples, shop } = world
      const { status } = await shop.payments.payout({
        reference: 'payout-1',
        attempt: 2,
        amount: world.money('50.00'),
        to: { account: samples.bankAccount },
        customer: {
          id: 'customer-1',
          firstName: 'Åsa',
          lastName: 'Öberg',
          email: 'asa@customer.example',
          dateOfBirth: '1979-01-31',
        },
      })
      equal(status, 'accepted')
      const second = world.orders('payout-1', 2)
      equal(second.length, 1)
      equal(second[0]?.reference, merchantReference({ reference: 'payout-1', attempt: 2 }))
      deepEqual(sentOut(world), [])
    },
  },
  {
    id: 'PO-014',
    says: "reports the vendor's refusal of a payout as refused, and sends a second attempt",
    because: 'a refused payout must be neither lost nor sent twice',
    applies: [toAccount, vendorCan('refusePayouts')],
    run: async (world) => {
      world.vendor.refusePayouts?.()
      const error = await errorOf(world.payout())
      equal(error.effect, 'refused', `the effect is ${error.effect}`)
      equal(error.retry, 'next_attempt')
      deepEqual(sentOut(world), [])
      world.vendor.acceptAgain?.()
      const again = await world.payout('payout-1', '50.00', 2)
      equal(again.status, 'accepted')
      deepEqual(world.order('payout-1', 2).sent, world.money('50.00'))
    },
  },
  {
    id: 'PO-015',
    says: 'keeps two payouts of the same amount to the same account apart',
    because: 'two prizes are two payments',
    applies: [toAccount],
    run: async (world) => {
      await world.payout('payout-1')
      await world.payout('payout-2')
      deepEqual(sentOut(world), ['50.00'])
      deepEqual(world.order('payout-2').sent, world.money('50.00'))
    },
  },
  {
    id: 'PO-016',
    says: 'pays the depositor once, to the account of the deposit that is named',
    because: 'money to the account of another customer does not come back',
    applies: [declares('payout.toDepositor')],
    run: async (world) => {
      const payment = await world.paidDeposit()
      const input = {
        reference: 'payout-1',
        amount: world.money('50.00'),
        to: { payment },
        customer: { id: 'customer-1' },
      }
      await world.shop.payments.payout(input)
      await world.shop.payments.payout(input)
      deepEqual(sentOut(world), ['50.00'])
    },
  },
  {
    id: 'PO-017',
    says: 'resolves a payout to the depositor whose response was lost, by itself',
    because: 'its customer data is stored with the deposit, so nobody has to repeat it',
    applies: [declares('payout.toDepositor')],
    run: async (world) => {
      const payment = await world.paidDeposit()
      const customer = { id: 'customer-1' }
      world.wire.strike('response lost')
      await world.shop.payments.payout({
        reference: 'payout-1',
        amount: world.money('50.00'),
        to: { payment },
        customer,
      })
      world.wire.repair()
      await letTimePass(world)
      deepEqual(sentOut(world), ['50.00'])
      ok(['accepted', 'confirmed'].includes(await payoutState(world)), `it is ${await payoutState(world)}`)
    },
  },
]
