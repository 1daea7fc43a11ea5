import { equal } from 'node:assert/strict'
import { type Money, type PaymentRef, supportOf } from '@railswitch/core'
import type { Outcome } from '@railswitch/core/provider'
import { errorOf } from '../world/expectations.ts'
import type { World } from '../world/world.ts'

/** Another customer or another country than those of the samples. */
export interface MandateTerms {
  readonly customer?: string
  readonly country?: string
}

type MandateInput = Parameters<World['shop']['payments']['mandate']>[0]

export const mandateInput = (
  world: World,
  reference = 'mandate-1',
  { customer: id = 'customer-1', country = world.samples.country }: MandateTerms = {},
): MandateInput => {
  const { amount: _none, ...input } = world.depositInput(reference)
  return { ...input, customer: { ...input.customer, id, country } }
}

/** A mandate that the customer has not signed. */
export const openMandate = async (
  world: World,
  reference = 'mandate-1',
  terms: MandateTerms = {},
): Promise<PaymentRef> => (await world.shop.payments.mandate(mandateInput(world, reference, terms))).payment

/** A mandate that the customer has signed and that is active. */
export const signedMandate = async (
  world: World,
  reference = 'mandate-1',
  terms: MandateTerms = {},
): Promise<PaymentRef> => {
  const payment = await openMandate(world, reference, terms)
  await world.vendor.signMandate?.(reference)
  await expectMandateState(world, reference, 'active')
  return payment
}

/** An account that the customer has chosen, with a mandate of the account if it was requested. */
export const chosenAccount = async (world: World, mandate: boolean): Promise<PaymentRef> => {
  const { amount: _none, ...input } = world.depositInput('account-1')
  const { payment } = await world.shop.payments.account({ ...input, mandate })
  await world.vendor.chooseAccount?.('account-1')
  return payment
}

/** A mandate to the account of an earlier payment. */
export const importInput = async (world: World): Promise<Parameters<World['shop']['payments']['importMandate']>[0]> => {
  const { customer } = world.depositInput('mandate-1')
  const { yes } = supportOf(world.provider.capabilities, 'account')
  const payment = yes ? await chosenAccount(world, false) : (await world.deposit()).payment
  return { reference: 'mandate-1', customer, from: { payment }, mandateReference: '1234567890' }
}

/** A charge of 10.00. */
export const charge = async (
  world: World,
  payment: PaymentRef,
  { reference = 'charge-1', amount = world.money('10.00'), attempt = 1 }: ChargeTerms = {},
): Promise<Outcome> =>
  world.shop.payments.charge({
    reference,
    attempt,
    amount,
    from: { payment },
    customer: { id: 'customer-1', email: 'asa@customer.example' },
  })

interface ChargeTerms {
  readonly reference?: string
  readonly amount?: Money
  readonly attempt?: number
}

/** A charge of 10.00 that was credited. */
export const creditedCharge = async (world: World): Promise<PaymentRef> => {
  const { payment } = await charge(world, await signedMandate(world))
  await world.vendor.credit('charge-1')
  const { state } = await world.shop.payments.getDeposit({ payment })
  equal(state, 'credited', `the charge is ${state} after the customer's bank paid it`)
  return payment
}

export const expectMandateState = async ({ shop }: World, reference: string, state: string): Promise<void> => {
  const mandate = await shop.payments.getMandate({ reference })
  equal(mandate.state, state, `the mandate ${reference} is ${mandate.state}, not ${state}`)
}

/** The charge is refused before anything is sent. */
export const expectNotCharged = async (world: World, payment: PaymentRef, reference = 'charge-1'): Promise<void> => {
  const before = world.wire.requests.length
  const error = await errorOf(charge(world, payment, { reference }))
  equal(error.code, 'conflict', `the charge failed with ${error.code}`)
  equal(error.effect, 'not_sent')
  equal(world.wire.requests.length, before, 'nothing may be sent')
  equal(world.orders(reference).length, 0, 'the vendor must have no charge')
}
