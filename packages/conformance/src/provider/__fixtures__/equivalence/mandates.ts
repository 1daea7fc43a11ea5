import type { PaymentRef } from '@railswitch/core'
import { declares, vendorCan } from '../../behaviour.ts'
import { charge, importInput, mandateInput, openMandate, signedMandate } from '../../groups/mandate-calls.ts'
import type { VendorControl } from '../../provider-under-test.ts'
import { letTimePass } from '../../world/expectations.ts'
import type { World } from '../../world/world.ts'
import { everythingNow, mandateNow, resultOf } from './observations.ts'
import type { Observations, Scenario } from './scenario.ts'

/** What happens to a mandate that the customer has signed, after its events. */
const signed = (
  name: string,
  then: (world: World, payment: PaymentRef) => Promise<Observations>,
  ...needs: readonly (keyof VendorControl)[]
): Scenario => ({
  name,
  applies: [declares('mandate'), ...needs.map(vendorCan)],
  observe: async (world) => then(world, await signedMandate(world)),
})

const charged = (name: string, then: (world: World) => Promise<unknown>, ...needs: readonly (keyof VendorControl)[]) =>
  signed(
    name,
    async (world, payment) => {
      const result = await resultOf(charge(world, payment))
      await then(world)
      const { state } = await world.shop.payments.getMandate({ payment })
      return { result, ...(await everythingNow(world)), 'state of the mandate': `\`${state}\`` }
    },
    ...needs,
  )

const refundOf = async (world: World, reference = 'refund-1'): Promise<string> => {
  const { payment } = await world.shop.payments.getDeposit({ reference: 'charge-1' })
  return resultOf(world.refund(payment, '3.00', reference))
}

/** The life of mandates, and what they are for. */
export const mandateScenarios: readonly Scenario[] = [
  {
    name: 'the customer signs a mandate',
    observe: async (world) => {
      const result = await resultOf(world.shop.payments.mandate(mandateInput(world)))
      if (!world.vendor.signMandate) return { result }
      await world.vendor.signMandate('mandate-1')
      return { result, ...(await mandateNow(world)) }
    },
  },
  {
    name: 'the customer leaves the page of a mandate',
    applies: [declares('mandate')],
    observe: async (world) => {
      await openMandate(world)
      await world.vendor.cancel('mandate-1')
      return mandateNow(world)
    },
  },
  {
    name: 'the response to a mandate is lost, and the customer signs it',
    applies: [declares('mandate')],
    observe: async (world) => {
      world.wire.strike('response lost')
      const result = await resultOf(world.shop.payments.mandate(mandateInput(world)))
      world.wire.repair()
      const again = await resultOf(world.shop.payments.mandate(mandateInput(world)))
      await world.vendor.signMandate?.('mandate-1')
      return { result, 'the same call again': again, ...(await mandateNow(world)) }
    },
  },
  signed(
    'the customer or the bank ends a mandate',
    async (world) => {
      await world.vendor.revokeMandate?.('mandate-1')
      return mandateNow(world)
    },
    'revokeMandate',
  ),
  signed('a mandate is cancelled', async (world, payment) => {
    const cancelled = await resultOf(world.shop.payments.cancelMandate({ payment }))
    const again = await resultOf(world.shop.payments.cancelMandate({ payment }))
    return { result: cancelled, 'the same call again': again, ...(await mandateNow(world)) }
  }),
  {
    name: 'the customer of a mandate moves to another bank',
    applies: [declares('mandate'), vendorCan('moveMandate')],
    observe: async (world) => {
      const market = world.samples.mandateMarkets?.find(({ moves }) => moves)
      await signedMandate(world, 'mandate-1', market)
      await world.vendor.moveMandate?.('mandate-1')
      return mandateNow(world)
    },
  },
  {
    name: 'a mandate that was signed elsewhere is imported',
    observe: async (world) => {
      const result = await resultOf(world.shop.payments.importMandate(await importInput(world)))
      if (!world.vendor.signMandate) return { result }
      await world.vendor.signMandate('mandate-1')
      return { result, ...(await mandateNow(world)) }
    },
  },
  {
    name: 'a charge of a mandate that is not signed',
    applies: [declares('mandate')],
    observe: async (world) => ({ result: await resultOf(charge(world, await openMandate(world))) }),
  },
  signed('a charge of a mandate that has ended', async (world, payment) => {
    await world.shop.payments.cancelMandate({ payment })
    return { result: await resultOf(charge(world, payment)) }
  }),
  charged('the bank pays a charge', ({ vendor }) => vendor.credit('charge-1')),
  charged('the bank does not pay a charge', ({ vendor }) => vendor.cancel('charge-1')),
  charged(
    'the customer takes a charge back',
    async ({ vendor, money }) => {
      await vendor.credit('charge-1')
      await vendor.reverse?.('charge-1', money('10.00'))
    },
    'reverse',
  ),
  signed('the response to a charge is lost', async (world, payment) => {
    world.wire.strike('response lost')
    const result = await resultOf(charge(world, payment))
    world.wire.repair()
    const again = await resultOf(charge(world, payment))
    await letTimePass(world)
    const count = world.orders('charge-1').length
    return { result, 'the same call again': again, 'charges at the vendor': `${count}` }
  }),
  signed('two refunds of a charge', async (world, payment) => {
    await charge(world, payment)
    await world.vendor.credit('charge-1')
    return { 'first refund': await refundOf(world), 'second refund': await refundOf(world, 'refund-2') }
  }),
  signed(
    'a refund of a charge whose mandate has ended',
    async (world, payment) => {
      await charge(world, payment)
      await world.vendor.credit('charge-1')
      await world.vendor.revokeMandate?.('mandate-1')
      const atOnce = await refundOf(world)
      if (world.order('charge-1').refunds.length > 0) await world.vendor.returnRefund?.('charge-1', world.money('3.00'))
      await world.advance(3 * 366 * 86_400_000)
      return { 'at once': atOnce, 'three years later': await refundOf(world, 'refund-2') }
    },
    'revokeMandate',
    'returnRefund',
  ),
]
