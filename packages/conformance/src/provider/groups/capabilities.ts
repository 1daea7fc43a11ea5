import { deepEqual, equal, ok } from 'node:assert/strict'
import {
  type Capability,
  capabilityNames,
  isCapability,
  isLeft,
  type Operation,
  operationCapabilities,
  supportOf,
} from '@railswitch/core'
import { type Behaviour, declares, lacks } from '../behaviour.ts'
import { errorOf, expectMoney, expectText } from '../world/expectations.ts'
import { railName } from '../world/shop.ts'
import type { World } from '../world/world.ts'
import { charge, chosenAccount, importInput, openMandate, signedMandate } from './mandate-calls.ts'

const signal = new AbortController().signal

/** One use of each capability, which fails if it is not supported. */
const uses: Readonly<Record<Capability, (world: World) => Promise<void>>> = {
  deposit: async (world) => {
    const { redirectUrl } = await world.deposit()
    ok(/^https?:\/\/./.test(redirectUrl), 'redirectUrl must be an http(s) address')
    equal(world.orders('order-1').length, 1, 'the vendor must have one order')
  },
  refund: async (world) => {
    const { status } = await world.refund(await world.paidDeposit(), '100.00')
    equal(status, 'accepted')
    deepEqual(world.order('order-1').refunds, [world.money('100.00')])
  },
  'refund.partial': async (world) => {
    const { status } = await world.refund(await world.paidDeposit(), '33.33')
    equal(status, 'accepted')
    deepEqual(world.order('order-1').refunds, [world.money('33.33')])
  },
  'payout.toDepositor': async (world) => {
    const payment = await world.paidDeposit()
    const { status } = await world.shop.payments.payout({
      reference: 'payout-1',
      amount: world.money('50.00'),
      to: { payment },
      customer: { id: 'customer-1' },
    })
    equal(status, 'accepted')
    deepEqual(world.order('payout-1').sent, world.money('50.00'))
  },
  'payout.toAccount': async (world) => {
    equal((await world.payout('payout-1', '33.33')).status, 'accepted')
    deepEqual(world.order('payout-1').sent, world.money('33.33'))
  },
  withdrawal: async (world) => {
    const { redirectUrl } = await world.shop.payments.withdrawal(world.depositInput('withdrawal-1'))
    ok(/^https?:\/\/./.test(redirectUrl), 'redirectUrl must be an http(s) address')
    await world.vendor.requestWithdrawal?.('withdrawal-1')
    expectMoney(world, 'withdrawal.requested', '100.00')
  },
  account: async (world) => {
    await chosenAccount(world, false)
    const [event] = world.eventsOf('account.received')
    expectText(event?.account, 'the account of account.received')
  },
  'account.mandate': async (world) => {
    await chosenAccount(world, true)
    equal(world.eventsOf('account.received').at(-1)?.mandate, true, 'account.received must report the mandate')
  },
  charge: async (world) => {
    await charge(world, await chosenAccount(world, true))
    await world.vendor.credit('charge-1')
    expectMoney(world, 'deposit.credited', '10.00')
  },
  kyc: async (world) => {
    const { askIdentity } = world.samples
    ok(askIdentity && world.vendor.identify, 'samples.askIdentity and the control identify are required')
    await world.deposit('order-1', { providerOptions: askIdentity })
    await world.vendor.identify('order-1')
    equal(world.eventsOf('kyc.received').length, 1, 'kyc.received must be emitted once')
  },
  reconciliation: async (world) => {
    await world.paidDeposit()
    const [day = ''] = world.time.now().toISOString().split('T')
    const list = await world.provider.reconciliation?.list({ from: day, to: day }, signal)()
    ok(list && !isLeft(list), 'the list must be readable')
    ok(list.right.bookings.length > 0, 'the list must contain the deposit')
  },
  mandate: async (world) => {
    const payment = await signedMandate(world)
    await charge(world, payment)
    await world.vendor.credit('charge-1')
    expectMoney(world, 'deposit.credited', '10.00')
    await world.shop.payments.cancelMandate({ payment })
    equal((await world.shop.payments.getMandate({ payment })).state, 'revoked')
  },
  'mandate.import': async (world) => {
    const input = await importInput(world)
    equal((await world.shop.payments.importMandate(input)).status, 'accepted')
    await world.vendor.signMandate?.('mandate-1')
    equal((await world.shop.payments.getMandate({ reference: 'mandate-1' })).state, 'active')
  },
}

/** The same uses as calls that must be refused. What they need is done before. */
const refusedCalls: Readonly<Partial<Record<Capability, (world: World) => Promise<() => Promise<unknown>>>>> = {
  deposit: async (world) => () => world.deposit(),
  refund: async (world) => {
    const payment = await world.paidDeposit()
    return () => world.refund(payment, '100.00')
  },
  'refund.partial': async (world) => {
    const payment = await world.paidDeposit()
    return () => world.refund(payment, '40.00')
  },
  'payout.toDepositor': async (world) => {
    const payment = await world.paidDeposit()
    const input = { reference: 'payout-1', amount: world.money('50.00'), to: { payment } }
    return () => world.shop.payments.payout({ ...input, customer: { id: 'customer-1' } })
  },
  'payout.toAccount': async (world) => () => world.payout(),
  withdrawal: async (world) => () => world.shop.payments.withdrawal(world.depositInput('withdrawal-1')),
  account: async (world) => () => chosenAccount(world, false),
  'account.mandate': async (world) => () => chosenAccount(world, true),
  charge: async (world) => {
    const { payment } = await world.deposit()
    return () => charge(world, payment)
  },
  mandate: async (world) => () => openMandate(world),
  'mandate.import': async (world) => {
    const input = await importInput(world)
    return () => world.shop.payments.importMandate(input)
  },
}

const needsDeposit: ReadonlySet<Capability> = new Set([
  'refund',
  'refund.partial',
  'payout.toDepositor',
  'charge',
  'mandate.import',
])

/** The operations of which the provider declares no capability, each with the reason. */
const undeclared = ({ provider: { capabilities } }: World): readonly (readonly [Operation, string])[] =>
  Object.entries(operationCapabilities).flatMap(([operation, names]) => {
    const supports = names.map((name) => supportOf(capabilities, name))
    const [first] = supports
    return first && !first.yes && !supports.some(({ yes }) => yes) ? [[operation as Operation, first.why] as const] : []
  })

const works: readonly Behaviour[] = capabilityNames.map((capability, index) => ({
  id: `CAP-${101 + index}`,
  says: `does ${capability} if it declares it`,
  because: `an application that requires ${capability} starts only because the provider declares it, and its first customer must not find out`,
  applies: [declares(capability)],
  run: uses[capability],
}))

const refuses: readonly Behaviour[] = capabilityNames.map((capability, index) => ({
  id: `CAP-${201 + index}`,
  says: `refuses ${capability} with its reason, and sends nothing, if it does not declare it`,
  because: 'a call that a vendor cannot execute must fail before money can move',
  applies: [lacks(capability), ...(needsDeposit.has(capability) ? [declares('deposit')] : [])],
  run: async (world) => {
    const support = supportOf(world.provider.capabilities, capability)
    ok(!support.yes)
    expectText(support.why, 'why')
    ok(/\s/.test(support.why.trim()), 'why must be a sentence')
    const call = await refusedCalls[capability]?.(world)
    if (!call) return
    const before = world.wire.requests.length
    const error = await errorOf(call())
    equal(error.code, 'unsupported', `the call failed with ${error.code}`)
    equal(error.effect, 'not_sent')
    equal(error.hint, support.why)
    equal(world.wire.requests.length, before, 'nothing may be sent')
  },
}))

/** What the provider declares is true. */
export const capabilityBehaviours: readonly Behaviour[] = [
  {
    id: 'CAP-001',
    says: 'declares each capability by its name, and gives a reason for what it does not support',
    because: '`requires` and the error of a refused call repeat the reason to the person who must decide what to do',
    run: async ({ provider }) => {
      for (const [name, support] of Object.entries(provider.capabilities)) {
        ok(isCapability(name), `${name} is not a capability`)
        if (!support.yes) expectText(support.why, `the reason of ${name}`)
        else if (support.needs !== undefined) expectText(support.needs, `what ${name} needs`)
      }
      for (const name of ['deposit', 'refund', 'refund.partial'] as const)
        equal(typeof provider.capabilities[name]?.yes, 'boolean', `${name} must be declared`)
    },
  },
  {
    id: 'CAP-002',
    says: 'has an operation for each capability that it declares',
    because: 'a declared capability without an operation passes `requires` and fails at the first payment',
    run: async ({ provider }) => {
      for (const [operation, names] of Object.entries(operationCapabilities))
        for (const name of operation === 'account' ? [...names, 'account.mandate' as const] : names)
          if (supportOf(provider.capabilities, name).yes)
            equal(
              typeof provider.operations[operation as Operation],
              'function',
              `operations.${operation} is missing for ${name}`,
            )
      if (supportOf(provider.capabilities, 'withdrawal').yes)
        equal(typeof provider.decideWithdrawal, 'function', 'decideWithdrawal is missing')
      if (supportOf(provider.capabilities, 'mandate').yes)
        equal(typeof provider.cancelMandate, 'function', 'cancelMandate is missing')
      if (supportOf(provider.capabilities, 'reconciliation').yes)
        ok(provider.reconciliation, 'reconciliation is missing')
    },
  },
  {
    id: 'CAP-003',
    says: 'refuses each operation that it does not declare in `requirements`, with its reason',
    because:
      'a form without fields looks as if the rail needed nothing, and its payment fails after the customer has filled it in',
    applies: [(world) => (undeclared(world).length === 0 ? 'every operation is supported' : null)],
    run: async (world) => {
      const { country, currency } = world.samples
      for (const [operation, why] of undeclared(world)) {
        const { refused } = world.shop.payments.requirements(operation, { country, currency }).rails[railName] ?? {}
        equal(refused, why, `requirements('${operation}') must be refused with the reason of its capability`)
      }
    },
  },
  ...works,
  ...refuses,
]
