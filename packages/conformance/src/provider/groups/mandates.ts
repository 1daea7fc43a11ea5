import { deepEqual, equal, notEqual, ok } from 'node:assert/strict'
import { type Behaviour, declares, vendorCan } from '../behaviour.ts'
import { expectText } from '../world/expectations.ts'
import type { World } from '../world/world.ts'
import {
  charge,
  expectMandateState,
  expectNotCharged,
  mandateInput,
  openMandate,
  signedMandate,
} from './mandate-calls.ts'

const mandates = [declares('mandate')]
const ended = [...mandates, vendorCan('revokeMandate')]
const moves = [...mandates, vendorCan('moveMandate')]

/** Where the vendor reports that a customer has moved to another bank. */
const movingMarket = ({ samples }: World) => {
  const market = samples.mandateMarkets?.find((one) => one.moves)
  if (!market) throw new Error('samples.mandateMarkets must have a market in which mandates move')
  return market
}

/** An active mandate in a market in which mandates move, and its account. */
const movableMandate = async (world: World) => {
  const { country, currency } = movingMarket(world)
  const payment = await signedMandate(world, 'mandate-1', { country })
  const { account } = await world.shop.payments.getMandate({ payment })
  return { payment, account, amount: { value: '10.00', currency } }
}

/** The callbacks of a mandate that was signed and then revoked. None has arrived. */
const signedAndRevoked = async (world: World, reference: string, customer: string) => {
  await openMandate(world, reference, { customer })
  return world.holding(async () => {
    await world.vendor.signMandate?.(reference)
    await world.vendor.revokeMandate?.(reference)
  })
}

/** Every order of the messages, if there are three of them at most; otherwise each rotation, forwards and backwards. */
const ordersOf = <A>(messages: readonly A[]): readonly (readonly A[])[] =>
  [messages, [...messages].reverse()].flatMap((all) =>
    all.map((_, index) => [...all.slice(index), ...all.slice(0, index)]),
  )

/** How a mandate begins, moves and ends. */
export const mandateBehaviours: readonly Behaviour[] = [
  {
    id: 'MAN-001',
    says: 'opens one mandate without money, with our reference and a page of its own',
    because: 'a customer who only signs must not pay, and must not sign the mandate of somebody else',
    applies: mandates,
    run: async (world) => {
      const first = await world.shop.payments.mandate(mandateInput(world, 'mandate-1'))
      const second = await world.shop.payments.mandate(mandateInput(world, 'mandate-2', { customer: 'customer-2' }))
      for (const { redirectUrl } of [first, second]) ok(URL.canParse(redirectUrl), 'redirectUrl must be absolute')
      notEqual(first.redirectUrl, second.redirectUrl)
      const { kind, money } = world.order('mandate-1')
      equal(kind, 'mandate')
      equal(money, null)
    },
  },
  {
    id: 'MAN-002',
    says: 'is active with its account when the customer has signed it and the vendor has registered it',
    because: 'only then may it be charged, and the account tells the merchant which one is charged',
    applies: mandates,
    run: async (world) => {
      await signedMandate(world)
      const [event, ...more] = world.eventsOf('mandate.active')
      equal(more.length, 0, 'mandate.active must be emitted once')
      equal(event?.reference, 'mandate-1')
      const { account } = await world.shop.payments.getMandate({ reference: 'mandate-1' })
      expectText(account, 'the account of the mandate')
      equal(event.account, account)
      equal(world.order('mandate-1').isActive, true, 'the vendor must accept charges of it')
    },
  },
  {
    id: 'MAN-003',
    says: 'is pending before the customer has signed it, and is not charged',
    because: 'the bank gives money back that was collected without a mandate',
    applies: mandates,
    run: async (world) => {
      const payment = await openMandate(world)
      await expectMandateState(world, 'mandate-1', 'pending')
      deepEqual(world.shop.events, [])
      await expectNotCharged(world, payment)
    },
  },
  {
    id: 'MAN-004',
    says: 'is revoked as `abandoned` when the customer leaves the page without a signature',
    because: 'the merchant must ask for another way to pay, and never charge it',
    applies: mandates,
    run: async (world) => {
      const payment = await openMandate(world)
      await world.vendor.cancel('mandate-1')
      await expectMandateState(world, 'mandate-1', 'revoked')
      deepEqual(
        world.eventsOf('mandate.revoked').map(({ reason }) => reason),
        ['abandoned'],
      )
      equal(world.eventsOf('mandate.active').length, 0)
      await expectNotCharged(world, payment)
    },
  },
  {
    id: 'MAN-005',
    says: 'is revoked once the customer or the bank has ended it, and is not charged any more',
    because: 'a charge after the end is given back, with a fee',
    applies: ended,
    run: async (world) => {
      const payment = await signedMandate(world)
      await world.vendor.revokeMandate?.('mandate-1')
      await expectMandateState(world, 'mandate-1', 'revoked')
      equal(world.eventsOf('mandate.revoked').length, 1, 'mandate.revoked must be emitted once')
      equal(world.eventsOf('mandate.revoked')[0]?.reason, 'cancelled')
      await expectNotCharged(world, payment)
    },
  },
  {
    id: 'MAN-006',
    says: 'is revoked as soon as its end was reported, in whatever order its reports arrive',
    because: 'a late report of the signature would make a mandate chargeable that has ended',
    applies: ended,
    run: async (world) => {
      const probe = await signedAndRevoked(world, 'mandate-0', 'customer-0')
      const end = probe.length - 1
      const orders = ordersOf(probe.map((_, index) => index))
      for (const [number, order] of orders.entries()) {
        const reference = `mandate-${number + 1}`
        const messages = await signedAndRevoked(world, reference, `customer-${number + 1}`)
        let before = 0
        for (const [step, index] of order.entries()) {
          const message = messages[index]
          if (message) await world.callbacks.deliver(message)
          const active = world.eventsOf('mandate.active').filter((event) => event.reference === reference).length
          if (order.indexOf(end) > step) before = active
          else await expectMandateState(world, reference, 'revoked')
          equal(active, before, 'mandate.active must not follow the end')
        }
        const ending = world.eventsOf('mandate.revoked').filter((event) => event.reference === reference)
        equal(ending.length, 1, 'mandate.revoked must be emitted once')
      }
    },
  },
  {
    id: 'MAN-007',
    says: 'reports a mandate that moved to another account, and is active with the new account',
    because: 'the old account pays nothing any more',
    applies: moves,
    run: async (world) => {
      const { payment, account, amount } = await movableMandate(world)
      await world.vendor.moveMandate?.('mandate-1')
      const [moved, ...more] = world.eventsOf('mandate.moved')
      equal(more.length, 0)
      equal(moved?.account, account)
      const now = await world.shop.payments.getMandate({ payment })
      equal(now.state, 'active')
      notEqual(now.account, account)
      equal(world.eventsOf('mandate.active').at(-1)?.account, now.account)
      equal((await charge(world, payment, { amount })).status, 'accepted')
    },
  },
  {
    id: 'MAN-008',
    says: 'does not charge a mandate that has left its account before the new account is reported',
    because: 'the charge would go to an account that the customer has left',
    applies: moves,
    run: async (world) => {
      const { payment, account } = await movableMandate(world)
      const [left, ...rest] = await world.holding(async () => world.vendor.moveMandate?.('mandate-1'))
      if (!left || rest.length === 0) return
      await world.callbacks.deliver(left)
      const { state, account: now } = await world.shop.payments.getMandate({ payment })
      ok(state !== 'active' || now !== account, 'the mandate is active with the account that was left')
      if (state !== 'active') await expectNotCharged(world, payment)
      for (const message of rest) await world.callbacks.deliver(message)
      await expectMandateState(world, 'mandate-1', 'active')
    },
  },
  {
    id: 'MAN-009',
    says: 'is active with the new account if the reports of a move arrive in the other order',
    because: 'networks do not keep the order, and the old account must not be charged',
    applies: moves,
    run: async (world) => {
      const { payment, account } = await movableMandate(world)
      const messages = await world.holding(async () => world.vendor.moveMandate?.('mandate-1'))
      for (const message of [...messages].reverse()) await world.callbacks.deliver(message)
      const now = await world.shop.payments.getMandate({ payment })
      equal(now.state, 'active')
      notEqual(now.account, account)
      deepEqual(now.reviews, [])
    },
  },
]
