import type { ChargeInput } from '@railswitch/core'
import { walkCheckout } from '@railswitch/sandbox'
import type { Payments } from '../payments.ts'
import { depositOf, type ShopAtTrustly, sek, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

/** Sources: protocol/trustly.md, sections 3.7 (SelectAccount), 3.11 (Charge, CancelCharge) and 6. */
let shop: ShopAtTrustly
let payments: Payments<void>

beforeEach(async () => {
  shop = await shopAtTrustly()
  const { trustly } = shop.sandbox
  trustly.fund('10000.00', 'SEK')
  trustly.change({ account: true, directDebit: true })
  payments = shop.start()
})
afterEach(() => shop.close())

const types = () => shop.events.map(({ type }) => type)
const idle = () => shop.sandbox.trustly.idle()

const chosen = async (mandate: boolean, reference = 'account-1') => {
  const { amount: _none, ...input } = depositOf(reference)
  const { payment, redirectUrl } = await payments.account({ ...input, mandate })
  await walkCheckout(redirectUrl)
  await idle()
  return payment
}

const chargeOf = (payment: ChargeInput['from']['payment']): ChargeInput => ({
  reference: 'charge-1',
  amount: sek('100.00'),
  from: { payment },
  customer: { id: depositOf('x').customer.id, email: 'asa@customer.example' },
})

test('an account that the customer chose is reported and receives a payout', async () => {
  const payment = await chosen(false)
  expect(shop.events).toMatchObject([{ type: 'account.received', mandate: false }])
  expect(await payments.getAccount({ payment })).toMatchObject({ kind: 'account', state: 'received' })
  const out = { reference: 'out-1', amount: sek('20.00'), to: { payment }, customer: { id: 'customer-1' } }
  expect(await payments.payout(out)).toMatchObject({ status: 'accepted', why: 'recorded' })
  await expect(payments.charge(chargeOf(payment))).rejects.toMatchObject({ code: 'conflict', effect: 'not_sent' })
})

test('an abandoned choice of an account is reported', async () => {
  const { amount: _none, ...input } = depositOf('account-1')
  await payments.account(input)
  shop.sandbox.trustly.cancel(shop.order('account-1').orderId)
  await idle()
  expect(types()).toEqual(['account.not_received'])
})

test('an account with a mandate is charged, and the charge can be refunded and reversed like a deposit', async () => {
  const payment = await chosen(true)
  expect(shop.events.at(-1)).toMatchObject({ type: 'account.received', mandate: true })
  expect(await payments.charge(chargeOf(payment))).toMatchObject({ status: 'accepted', rail: 't' })
  const { orderId } = shop.order('charge-1')
  shop.sandbox.trustly.complete(orderId)
  await idle()
  expect(types()).toContain('deposit.credited')
  const charged = await payments.getDeposit({ reference: 'charge-1' })
  expect(charged).toMatchObject({ state: 'credited', refundable: sek('100.00') })
  const refund = { payment: charged.payment, reference: 'refund-1', amount: sek('10.00') }
  expect(await payments.refund(refund)).toMatchObject({ status: 'accepted' })
  shop.sandbox.trustly.debit(orderId)
  await idle()
  expect(types().at(-1)).toBe('deposit.reversed')
  await expect(payments.cancelCharge({ payment: charged.payment })).rejects.toMatchObject({ code: 'conflict' })
})

test('a charge whose response was lost is unknown and needs manual review, and the same call resolves it', async () => {
  const payment = await chosen(true)
  shop.sandbox.trustly.faults.dropNextAnswer('Charge')
  expect(await payments.charge(chargeOf(payment))).toMatchObject({ status: 'unknown', resolveBy: 'replay' })
  shop.clock.aheadMs = 3_600_000
  expect((await payments.sync()).manualReview).toMatchObject([
    { why: expect.stringContaining('exactly the same call') },
  ])
  expect(await payments.charge(chargeOf(payment))).toMatchObject({ status: 'accepted' })
  expect(shop.sandbox.trustly.books().orders.filter(({ kind }) => kind === 'charge')).toHaveLength(1)
})

test('a charge that may have been made is refused with another attempt; after a refusal or a cancellation it is allowed', async () => {
  const charges = () => shop.sandbox.trustly.books().orders.filter(({ kind }) => kind === 'charge')
  const plain = chargeOf(await chosen(false, 'account-1'))
  await expect(payments.charge(plain)).rejects.toMatchObject({ effect: 'not_sent' })
  const from = { payment: await chosen(true, 'account-2') }
  const second = { ...plain, from, attempt: 2 }
  shop.sandbox.trustly.faults.dropNextAnswer('Charge')
  expect(await payments.charge(second)).toMatchObject({ status: 'unknown' })
  const third = { ...second, attempt: 3 }
  await expect(payments.charge(third)).rejects.toMatchObject({ code: 'conflict', effect: 'not_sent' })
  expect(await payments.charge(second)).toMatchObject({ status: 'accepted' })
  await expect(payments.charge(third)).rejects.toMatchObject({ code: 'conflict', effect: 'not_sent' })
  expect(charges()).toHaveLength(1)
  shop.sandbox.trustly.cancel(shop.order('charge-1_2').orderId)
  await idle()
  expect(await payments.charge(third)).toMatchObject({ status: 'accepted' })
  expect(charges()).toHaveLength(2)
})

test('a charge can be cancelled before its payment date, and the call can be repeated', async () => {
  const payment = await chosen(true)
  const paymentDate = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)
  const { payment: charge } = await payments.charge({ ...chargeOf(payment), paymentDate })
  await payments.cancelCharge({ payment: charge })
  await idle()
  await payments.cancelCharge({ payment: charge })
  expect(types().at(-1)).toBe('deposit.not_credited')
  await expect(payments.cancelCharge({ payment })).rejects.toMatchObject({ code: 'not_found' })
})
