import type { ChargeInput, PaymentRef } from '@railswitch/core'
import { walkCheckout } from '@railswitch/sandbox'
import type { Payments } from '../payments.ts'
import { depositOf, type ShopAtTrustly, sek, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

/**
 * Sources: protocol/trustly.md, sections 3.17 (managed direct debit; the rules of RefundDirectDebit are documented, [D]), 4.3 (its
 * notifications) and 15 (mandates: a `cancel` can come years later, a bank switch reports two accounts in any order). The sandbox imports
 * none of our packages.
 */
let shop: ShopAtTrustly
let payments: Payments<void>

beforeEach(async () => {
  shop = await shopAtTrustly()
  const { trustly } = shop.sandbox
  trustly.fund('10000.00', 'SEK')
  trustly.fund('10000.00', 'GBP')
  trustly.change({ directDebit: true, importMandates: true, account: true })
  payments = shop.start()
})
afterEach(() => shop.close())

const idle = () => shop.sandbox.trustly.idle()
const types = () => shop.events.map(({ type }) => type)
const orderIdOf = (reference: string) => shop.order(reference).orderId
const orders = (kind: string) => shop.sandbox.trustly.books().orders.filter((order) => order.kind === kind)

/** Notifications that the shop has not acknowledged. */
const unaccepted = () =>
  shop.sandbox.trustly
    .books()
    .orders.flatMap(({ notifications }) => notifications)
    .filter(({ attempts }) => attempts.at(-1)?.outcome !== 'accepted')

const mandateInput = (reference: string, country = 'SE') => {
  const { amount: _none, ...input } = depositOf(reference)
  return { ...input, customer: { ...input.customer, country } }
}

/** A mandate that the customer has not signed yet. */
const opened = async (reference = 'mandate-1', country = 'SE'): Promise<PaymentRef> =>
  (await payments.mandate(mandateInput(reference, country))).payment

const active = async (reference = 'mandate-1', country = 'SE'): Promise<PaymentRef> => {
  const payment = await opened(reference, country)
  shop.sandbox.trustly.complete(orderIdOf(reference))
  await idle()
  return payment
}

const chargeOf = (payment: PaymentRef, reference = 'charge-1'): ChargeInput => ({
  reference,
  amount: sek('100.00'),
  from: { payment },
  customer: { id: 'customer-1', email: 'asa@customer.example' },
})

const credited = async (mandate: PaymentRef, reference = 'charge-1'): Promise<PaymentRef> => {
  const { payment } = await payments.charge(chargeOf(mandate, reference))
  shop.sandbox.trustly.complete(orderIdOf(reference))
  await idle()
  return payment
}

test('a customer signs a mandate, is charged, gets a refund, and the mandate is cancelled', async () => {
  const { payment, redirectUrl } = await payments.mandate(mandateInput('mandate-1'))
  expect(await payments.getMandate({ payment })).toMatchObject({ kind: 'mandate', state: 'pending', account: null })
  await walkCheckout(redirectUrl)
  await idle()
  expect(types()).toEqual(['mandate.pending', 'mandate.active'])
  const { account } = await payments.getMandate({ reference: 'mandate-1' })
  expect(account).toMatch(/^\d+$/)
  expect(shop.events.at(-1)).toMatchObject({ account, payment, now: { state: 'active' } })

  const charge = await payments.charge({ ...chargeOf(payment), collection: 'initial' })
  expect(charge).toMatchObject({ status: 'accepted', rail: 't', why: 'recorded' })
  shop.sandbox.trustly.complete(orderIdOf('charge-1'))
  await idle()
  expect(types().slice(2)).toEqual(['deposit.not_credited_yet', 'deposit.credited'])
  expect(await payments.getDeposit({ reference: 'charge-1' })).toMatchObject({ refundable: sek('100.00') })

  const refund = { payment: charge.payment, reference: 'refund-1', amount: sek('40.00') }
  expect(await payments.refund(refund)).toMatchObject({ status: 'accepted' })
  shop.sandbox.trustly.confirmPayout(orderIdOf('charge-1'))
  await idle()
  expect(shop.events.at(-1)).toMatchObject({ type: 'refund.confirmed', refund: 'refund-1', amount: sek('40.00') })
  expect(await payments.getDeposit({ reference: 'charge-1' })).toMatchObject({
    state: 'credited',
    refunded: sek('40.00'),
    reviews: [],
  })

  await payments.cancelMandate({ payment })
  expect(await payments.getMandate({ payment })).toMatchObject({ state: 'revoked', reason: 'cancelled' })
  await idle()
  await payments.cancelMandate({ payment })
  expect(types().filter((type) => type === 'mandate.revoked')).toHaveLength(1)
  await expect(payments.charge(chargeOf(payment, 'charge-2'))).rejects.toMatchObject({ code: 'conflict' })
  expect(unaccepted()).toEqual([])
})

test('a charge of a mandate that is not active is refused before anything is sent', async () => {
  const payment = await opened()
  const refusal = { code: 'conflict', effect: 'not_sent' }
  await expect(payments.charge(chargeOf(payment))).rejects.toMatchObject({ ...refusal, retry: 'same_attempt' })
  shop.sandbox.trustly.complete(orderIdOf('mandate-1'), { notify: ['pending'] })
  await idle()
  expect(types()).toEqual(['mandate.pending'])
  await expect(payments.charge(chargeOf(payment))).rejects.toMatchObject(refusal)
  shop.sandbox.trustly.complete(orderIdOf('mandate-1'), { notify: ['credit'] })
  await idle()
  shop.sandbox.trustly.cancel(orderIdOf('mandate-1'))
  await idle()
  await expect(payments.charge(chargeOf(payment))).rejects.toMatchObject({ ...refusal, retry: 'never' })
  const out = { reference: 'out-1', amount: sek('20.00'), to: { payment }, customer: { id: 'customer-1' } }
  await expect(payments.payout(out)).rejects.toMatchObject(refusal)
  expect(orders('direct debit')).toEqual([])
  expect(orders('direct credit')).toEqual([])
  await expect(payments.getDeposit({ reference: 'charge-1' })).rejects.toMatchObject({ code: 'not_found' })
})

test('a customer who does not sign leaves a mandate that was never given', async () => {
  const payment = await opened()
  shop.sandbox.trustly.cancel(orderIdOf('mandate-1'))
  await idle()
  expect(shop.events).toMatchObject([{ type: 'mandate.revoked', reason: 'abandoned' }])
  expect(await payments.getMandate({ payment })).toMatchObject({ state: 'revoked' })
  expect(await payments.mandate({ ...mandateInput('mandate-1'), attempt: 2 })).toMatchObject({ rail: 't' })
})

test('a second mandate of the same account is refused by the vendor and revoked', async () => {
  await active('mandate-1')
  const second = await active('mandate-2')
  expect(await payments.getMandate({ payment: second })).toMatchObject({ state: 'revoked', reason: 'already_exists' })
  await expect(payments.mandate({ ...mandateInput('mandate-1'), attempt: 2 })).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('a bank switch moves the mandate, and charges draw on the new account', async () => {
  const payment = await active('mandate-1', 'GB')
  const { account: before } = await payments.getMandate({ payment })
  shop.sandbox.trustly.moveMandate(orderIdOf('mandate-1'))
  await idle()
  const { account, state } = await payments.getMandate({ payment })
  expect([state, account === before]).toEqual(['active', false])
  expect(shop.events.filter(({ type }) => type === 'mandate.moved')).toMatchObject([{ account: before }])
  expect(shop.events.at(-1)).toMatchObject({ type: 'mandate.active', account })
  const amount = { value: '10.00', currency: 'GBP' }
  expect(await payments.charge({ ...chargeOf(payment), amount })).toMatchObject({ status: 'accepted' })
})

test('the responses to the cancellation and to the charge are lost, and the same calls resolve them', async () => {
  const payment = await active()
  shop.sandbox.trustly.faults.dropNextAnswer('DirectDebit')
  expect(await payments.charge(chargeOf(payment))).toMatchObject({ status: 'unknown', resolveBy: 'replay' })
  shop.sandbox.trustly.faults.dropNextAnswer('CancelDirectDebitMandate')
  await expect(payments.cancelMandate({ payment })).rejects.toMatchObject({ effect: 'may_have_happened' })
  await payments.cancelMandate({ payment })
  await idle()
  // The mandate is revoked, but the charge was made while it was active: Trustly repeats its response.
  expect(await payments.charge(chargeOf(payment))).toMatchObject({ status: 'accepted' })
  expect(orders('direct debit')).toHaveLength(1)
})

test('a direct debit that the bank takes back is reversed, and one that fails is not credited', async () => {
  const payment = await active()
  await credited(payment)
  shop.sandbox.trustly.debit(orderIdOf('charge-1'))
  await idle()
  expect(types().at(-1)).toBe('deposit.reversed')
  await payments.charge(chargeOf(payment, 'charge-2'))
  shop.sandbox.trustly.cancel(orderIdOf('charge-2'))
  await idle()
  expect(shop.events.at(-1)).toMatchObject({ type: 'deposit.not_credited', reference: 'charge-2' })
})

test('a direct debit can be cancelled before its payment date, and a date in the past is refused', async () => {
  const payment = await active()
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  await expect(payments.charge({ ...chargeOf(payment), paymentDate: day(-3) })).rejects.toMatchObject({
    code: 'invalid_input',
    issues: [{ field: 'paymentDate' }],
  })
  const { payment: charge } = await payments.charge({ ...chargeOf(payment), paymentDate: day(10) })
  await payments.cancelCharge({ payment: charge })
  await idle()
  await payments.cancelCharge({ payment: charge })
  expect(types().at(-1)).toBe('deposit.not_credited')
})

test('a direct debit is refunded once, even if the first refund was partial; one that came back can be sent again', async () => {
  const payment = await credited(await active())
  const first = { payment, reference: 'refund-1', amount: sek('30.00') }
  expect(await payments.refund(first)).toMatchObject({ status: 'accepted' })
  const second = { payment, reference: 'refund-2', amount: sek('30.00') }
  await expect(payments.refund(second)).rejects.toMatchObject({ code: 'conflict', effect: 'not_sent' })
  shop.sandbox.trustly.returnRefund(orderIdOf('charge-1'), '30.00')
  await idle()
  expect(shop.events.at(-1)).toMatchObject({ type: 'refund.failed', refund: 'refund-1', amount: sek('30.00') })
  expect(await payments.refund(second)).toMatchObject({ status: 'accepted' })
  await expect(payments.refund({ ...second, reference: 'refund-3', amount: sek('101.00') })).rejects.toMatchObject({
    code: 'exceeds_refundable',
  })
})

test('a direct debit is not refunded when its mandate has been inactive for more than two years', async () => {
  const mandate = await active()
  const payment = await credited(mandate)
  await payments.cancelMandate({ payment: mandate })
  await idle()
  shop.clock.aheadMs = 729 * 86_400_000
  expect(await payments.refund({ payment, reference: 'refund-1', amount: sek('10.00') })).toMatchObject({
    status: 'accepted',
  })
  shop.sandbox.trustly.returnRefund(orderIdOf('charge-1'), '10.00')
  await idle()
  shop.clock.aheadMs = 732 * 86_400_000
  await expect(payments.refund({ payment, reference: 'refund-2', amount: sek('10.00') })).rejects.toMatchObject({
    code: 'conflict',
    effect: 'not_sent',
  })
})

test('a payout to a mandate is a direct credit, whose debit confirms it', async () => {
  const payment = await active()
  const out = { reference: 'out-1', amount: sek('20.00'), to: { payment }, customer: { id: 'customer-1' } }
  expect(await payments.payout(out)).toMatchObject({ status: 'accepted', why: 'recorded' })
  shop.sandbox.trustly.confirmPayout(orderIdOf('out-1'))
  await idle()
  expect(shop.events.at(-1)).toMatchObject({ type: 'payout.confirmed', amount: sek('20.00'), by: 'vendor' })
  shop.sandbox.trustly.failPayout(orderIdOf('out-1'))
  await idle()
  expect(shop.events.at(-1)).toMatchObject({ type: 'payout.failed', amount: sek('20.00') })
  expect(await payments.getPayout({ reference: 'out-1' })).toMatchObject({ state: 'returned', reviews: [] })
  expect(unaccepted()).toEqual([])
})

test('a mandate that was signed elsewhere is imported once', async () => {
  const { amount: _none, ...input } = depositOf('account-1')
  const { payment: account } = await payments.account(input)
  shop.sandbox.trustly.complete(orderIdOf('account-1'))
  await idle()
  const mandate = {
    reference: 'mandate-1',
    from: { payment: account },
    customer: input.customer,
    mandateReference: '1234567890',
  }
  shop.sandbox.trustly.faults.dropNextAnswer('ImportDirectDebitMandate')
  expect(await payments.importMandate(mandate)).toMatchObject({ status: 'unknown', resolveBy: 'replay' })
  await expect(payments.importMandate({ ...mandate, attempt: 2 })).rejects.toMatchObject({ code: 'conflict' })
  const { payment } = await payments.importMandate(mandate)
  await idle()
  expect(await payments.getMandate({ payment })).toMatchObject({ state: 'active' })
  expect(orders('mandate')).toHaveLength(1)
  expect(await payments.charge(chargeOf(payment))).toMatchObject({ status: 'accepted' })
})

test('a country without direct debit is refused by name', async () => {
  await expect(payments.mandate(mandateInput('mandate-1', 'JP'))).rejects.toMatchObject({
    code: 'invalid_input',
    issues: [{ field: 'customer.country' }],
  })
})
