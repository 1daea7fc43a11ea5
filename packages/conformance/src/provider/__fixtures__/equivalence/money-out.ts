import { type Condition, declares, vendorCan } from '../../behaviour.ts'
import { charge, chosenAccount } from '../../groups/mandate-calls.ts'
import type { VendorControl } from '../../provider-under-test.ts'
import { letTimePass, refundReported } from '../../world/expectations.ts'
import type { WireFault } from '../../world/wire.ts'
import { dayMs, type World } from '../../world/world.ts'
import { badGateway, later } from './deposits.ts'
import { depositNow, everythingNow, payoutNow, resultOf } from './observations.ts'
import type { Scenario } from './scenario.ts'

type Step = (world: World) => Promise<unknown>

/** A refund of 40.00 of a paid deposit of 100.00, with the events after the credit. */
const refunded = (name: string, then: Step, ...applies: readonly Condition[]): Scenario => ({
  name,
  applies,
  observe: async (world) => {
    const payment = await world.paidDeposit()
    const since = world.shop.events.length
    const result = await resultOf(world.refund(payment, '40.00'))
    await then(world)
    const atOnce = await depositNow(world, since)
    await letTimePass(world)
    return { result, ...atOnce, ...later(atOnce, await depositNow(world, since)) }
  },
})

const lostRefund = (name: string, fault: WireFault, times?: number): Scenario => ({
  name,
  observe: async (world) => {
    const payment = await world.paidDeposit()
    const since = world.shop.events.length
    world.wire.strike(fault, times)
    const result = await resultOf(world.refund(payment, '40.00'))
    world.wire.repair()
    const again = await resultOf(world.refund(payment, '40.00'))
    await letTimePass(world)
    const count = world.order('order-1').refunds.length
    const ended = Object.entries(await depositNow(world, since)).map(([what, text]) => [`${what}, a month later`, text])
    return { result, 'the same call again': again, 'refunds at the vendor': `${count}`, ...Object.fromEntries(ended) }
  },
})

export const refundScenarios: readonly Scenario[] = [
  refunded('a partial refund', refundReported),
  refunded(
    'the vendor reports that the refund was sent',
    async (world) => {
      await world.vendor.confirmRefund?.('order-1', world.money('40.00'))
      await refundReported(world)
    },
    vendorCan('confirmRefund'),
  ),
  refunded(
    'the refund comes back',
    async (world) => {
      await world.vendor.returnRefund?.('order-1', world.money('40.00'))
      await refundReported(world)
    },
    vendorCan('returnRefund'),
  ),
  {
    name: 'one of two equal refunds comes back',
    applies: [vendorCan('returnRefund')],
    observe: async (world) => {
      const payment = await world.paidDeposit()
      const since = world.shop.events.length
      await world.refund(payment, '25.00', 'refund-1')
      await world.refund(payment, '25.00', 'refund-2')
      await world.vendor.returnRefund?.('order-1', world.money('25.00'))
      await refundReported(world)
      return depositNow(world, since)
    },
  },
  refunded(
    'the bank takes back what is left of a refunded deposit',
    async ({ vendor, money }) => vendor.reverse?.('order-1', money('60.00')),
    vendorCan('reverse'),
  ),
  {
    name: 'more than was credited',
    observe: async (world) => ({ result: await resultOf(world.refund(await world.paidDeposit(), '100.01')) }),
  },
  {
    name: 'a refund of a deposit that nobody has paid',
    observe: async (world) => ({ result: await resultOf(world.refund((await world.deposit()).payment, '10.00')) }),
  },
  {
    name: 'the vendor refuses the refund, for a reason that its sandbox has',
    applies: [vendorCan('refuseRefunds')],
    observe: async (world) => {
      const payment = await world.paidDeposit()
      const since = world.shop.events.length
      world.vendor.refuseRefunds?.()
      return { result: await resultOf(world.refund(payment, '40.00')), ...(await depositNow(world, since)) }
    },
  },
  lostRefund('a refund without a connection', 'refused'),
  lostRefund('the request of a refund is lost on its way', 'request lost'),
  lostRefund('one response to a refund is lost', 'response lost', 1),
  lostRefund('the response to a refund is lost, and those to repeated requests too', 'response lost'),
  lostRefund('a proxy responds to a refund with an error page', badGateway),
]

const paidOut = (name: string, then: Step, ...needs: readonly (keyof VendorControl)[]): Scenario => ({
  name,
  applies: [declares('payout.toAccount'), ...needs.map(vendorCan)],
  observe: async (world) => {
    const result = await resultOf(world.payout())
    await then(world)
    const atOnce = await payoutNow(world)
    await letTimePass(world)
    return { result, ...atOnce, ...later(atOnce, await payoutNow(world)) }
  },
})

const lostPayout = (name: string, fault: WireFault, times?: number): Scenario => ({
  name,
  applies: [declares('payout.toAccount')],
  observe: async (world) => {
    world.wire.strike(fault, times)
    const result = await resultOf(world.payout())
    world.wire.repair()
    const again = await resultOf(world.payout())
    await letTimePass(world)
    const count = world.orders('payout-1').length
    const ended = Object.entries(await payoutNow(world)).map(([what, text]) => [`${what}, a month later`, text])
    return { result, 'the same call again': again, 'payouts at the vendor': `${count}`, ...Object.fromEntries(ended) }
  },
})

export const payoutScenarios: readonly Scenario[] = [
  paidOut('a payout to bank details', async () => {}),
  paidOut(
    'the vendor reports that the payout was sent',
    async ({ vendor }) => vendor.confirmPayout?.('payout-1'),
    'confirmPayout',
  ),
  paidOut('the payout fails at once', async ({ vendor }) => vendor.failPayout?.('payout-1'), 'failPayout'),
  paidOut(
    'the payout comes back after five days',
    async ({ syncAfter, vendor }) => {
      await syncAfter(5 * dayMs, 10)
      await vendor.failPayout?.('payout-1')
    },
    'failPayout',
  ),
  {
    name: 'a payout to a depositor',
    applies: [declares('payout.toDepositor')],
    observe: async (world) => {
      const payment = await world.paidDeposit()
      const since = world.shop.events.length
      const call = world.shop.payments.payout({
        reference: 'payout-1',
        amount: world.money('50.00'),
        to: { payment },
        customer: { id: 'customer-1' },
      })
      return { result: await resultOf(call), ...(await payoutNow(world, 'payout-1', since)) }
    },
  },
  {
    name: 'a payout to bank details without e-mail and date of birth',
    observe: async (world) => {
      const call = world.shop.payments.payout({
        reference: 'payout-1',
        amount: world.money('50.00'),
        to: { account: world.samples.bankAccount },
        customer: { id: 'customer-1', firstName: 'Åsa', lastName: 'Öberg' },
      })
      return { result: await resultOf(call) }
    },
  },
  {
    name: 'the vendor refuses the payout, for a reason that its sandbox has',
    applies: [vendorCan('refusePayouts')],
    observe: async (world) => {
      world.vendor.refusePayouts?.()
      return { result: await resultOf(world.payout()), ...(await everythingNow(world)) }
    },
  },
  lostPayout('a payout without a connection', 'refused'),
  lostPayout('the request of a payout is lost on its way', 'request lost'),
  lostPayout('one response to a payout is lost', 'response lost', 1),
  lostPayout('the response to a payout is lost, and those to repeated requests too', 'response lost'),
]

export const otherScenarios: readonly Scenario[] = [
  {
    name: 'a withdrawal that the customer requests and the shop approves',
    observe: async (world) => {
      const { payments } = world.shop
      const input = world.depositInput('withdrawal-1')
      const opened = payments.withdrawal(input)
      const result = await resultOf(opened)
      if (!world.vendor.requestWithdrawal) return { result }
      await world.vendor.requestWithdrawal('withdrawal-1')
      const approval = await resultOf(payments.approve(await opened))
      return { result, approval, ...(await payoutNow(world, 'withdrawal-1')) }
    },
  },
  {
    name: 'an account with a mandate, and a charge of it',
    observe: async (world) => {
      const opened = chosenAccount(world, true)
      const result = await resultOf(opened)
      if (!world.vendor.chooseAccount) return { result }
      const made = await resultOf(charge(world, await opened))
      await world.vendor.credit('charge-1')
      return { result, charge: made, ...(await everythingNow(world)) }
    },
  },
  {
    name: "a deposit that asks for the customer's identity",
    applies: [vendorCan('identify')],
    observe: async (world) => {
      const { askIdentity } = world.samples
      await world.deposit('order-1', askIdentity && { providerOptions: askIdentity })
      await world.vendor.identify?.('order-1')
      const [event] = world.eventsOf('kyc.received')
      return { ...(await depositNow(world)), 'members of `customer`': Object.keys(event?.customer ?? {}).join(', ') }
    },
  },
]
