import type { PayoutInput } from '@railswitch/core'
import { walkCheckout } from '@railswitch/sandbox'
import type { Payments } from '../payments.ts'
import { depositOf, type ShopAtTrustly, sek, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

let shop: ShopAtTrustly
let payments: Payments<void>

beforeEach(async () => {
  shop = await shopAtTrustly()
  const { trustly } = shop.sandbox
  trustly.fund('10000.00', 'SEK')
  trustly.change({ account: true, payoutconfirmation: true, payoutfailed: true })
  payments = shop.start()
})
afterEach(() => shop.close())

const types = () => shop.events.map(({ type }) => type)
const idle = () => shop.sandbox.trustly.idle()
const customer = { id: 'customer-1' }

const toAccount: PayoutInput = {
  reference: 'payout-1',
  amount: sek('80.00'),
  to: { account: { country: 'SE', bankNumber: '6112', accountNumber: '69706212' } },
  customer: { id: 'customer-1', firstName: 'Åsa', lastName: 'Öberg' },
}

/** The customer pays on the vendor's page and chooses the account there. */
const paid = async () => {
  const { payment, redirectUrl } = await payments.deposit(depositOf('order-1'))
  await walkCheckout(redirectUrl)
  await idle()
  return payment
}

test('the account of a deposit is reported and receives a payout', async () => {
  const payment = await paid()
  expect(types()).toContain('account.received')
  const paidOut = await payments.payout({ reference: 'payout-1', amount: sek('300.00'), to: { payment }, customer })
  expect(paidOut).toMatchObject({ status: 'accepted', payment: 'rs1.t.payout.payout-1.1' })
  const { orderId, accountId } = shop.order('payout-1')
  expect(accountId).toBe(shop.order('order-1').accountId)
  shop.sandbox.trustly.confirmPayout(orderId)
  await idle()
  expect(shop.events.at(-1)).toMatchObject({ type: 'payout.confirmed', by: 'vendor', amount: sek('300.00') })
  expect(await payments.getPayout({ reference: 'payout-1' })).toMatchObject({ state: 'confirmed' })
})

test('a payout is refused before the account is reported', async () => {
  shop.sandbox.trustly.change({ account: false })
  const payment = await paid()
  const payout = payments.payout({ reference: 'payout-1', amount: sek('10.00'), to: { payment }, customer })
  await expect(payout).rejects.toMatchObject({ code: 'not_found', effect: 'not_sent' })
  expect(shop.sandbox.trustly.requests().map(({ method }) => method)).not.toContain('AccountPayout')
})

test('a payout to bank details that the bank returns is one event for three notifications', async () => {
  await payments.payout(toAccount)
  const { orderId } = shop.order('payout-1')
  shop.sandbox.trustly.failPayout(orderId)
  shop.sandbox.trustly.notify(orderId, 'cancel')
  await idle()
  expect(types()).toEqual(['payout.failed'])
  expect(await payments.getPayout({ reference: 'payout-1' })).toMatchObject({ state: 'failed' })
})

test('a payout whose response was lost is repeated with the same bytes, and paid once', async () => {
  shop.sandbox.trustly.faults.dropNextAnswer('RegisterAccountPayout')
  expect(await payments.payout(toAccount)).toMatchObject({ status: 'unknown', resolveBy: 'replay' })
  await payments.payout(toAccount)
  const sent = shop.sandbox.trustly.books().orders.filter(({ kind }) => kind === 'payout')
  expect(sent).toHaveLength(1)
})

const withdrawn = async (reserved = true) => {
  shop.behaviour.reserved = reserved
  const { payment, redirectUrl } = await payments.withdrawal(depositOf('out-1', '50.00'))
  await walkCheckout(redirectUrl)
  await idle()
  return payment
}

test('a withdrawal that is reserved and approved is sent', async () => {
  const payment = await withdrawn()
  expect(types()).toEqual(expect.arrayContaining(['account.received', 'withdrawal.requested']))
  await payments.approve({ payment })
  await payments.approve({ payment })
  shop.sandbox.trustly.confirmPayout(shop.order('out-1').orderId)
  await idle()
  expect(shop.events.at(-1)).toMatchObject({ type: 'payout.confirmed', amount: sek('50.00') })
})

test('a withdrawal that is approved before its question is answered is refused, and approved afterwards', async () => {
  const { payment, redirectUrl } = await payments.withdrawal(depositOf('out-1', '50.00'))
  let early: unknown
  shop.behaviour.handle = async ({ type }) => {
    if (type === 'withdrawal.requested') early = await payments.approve({ payment }).catch((error: unknown) => error)
  }
  await walkCheckout(redirectUrl)
  await idle()
  expect(early).toMatchObject({ code: 'declined', effect: 'refused' })
  await payments.approve({ payment })
  expect(shop.order('out-1').state).toBe('executed')
  expect(await payments.getPayout({ payment })).toMatchObject({ state: 'accepted' })
})

test('a withdrawal whose money was not reserved is never approved', async () => {
  shop.sandbox.chaos.set({ rules: [{ on: 'callback', method: 'cancel', do: 'drop' }] })
  const payment = await withdrawn(false)
  await expect(payments.approve({ payment })).rejects.toMatchObject({ code: 'conflict', effect: 'not_sent' })
  expect(shop.sandbox.trustly.requests().map(({ method }) => method)).not.toContain('ApproveWithdrawal')
})

test('a withdrawal that is denied returns the money once', async () => {
  const payment = await withdrawn()
  await payments.deny({ payment })
  await idle()
  expect(types().filter((type) => type === 'payout.failed')).toHaveLength(1)
  expect(await payments.getPayout({ reference: 'out-1' })).toMatchObject({ state: 'failed' })
})

test('a withdrawal that could not be reserved is acknowledged as FAILED, and nothing is returned', async () => {
  await withdrawn(false)
  expect(shop.order('out-1').state).toBe('cancelled')
  expect(types()).not.toContain('payout.failed')
  expect(await payments.getPayout({ reference: 'out-1' })).toMatchObject({ state: 'failed' })
})

const identified = async (proceed: boolean) => {
  shop.behaviour.proceed = proceed
  const providerOptions = { 'trustly-direct': { Attributes: { RequestKYC: '1' as const } } }
  const { redirectUrl } = await payments.deposit({ ...depositOf('order-1'), providerOptions })
  await walkCheckout(redirectUrl)
  await idle()
}

test.each([
  [true, 'credited'],
  [false, 'not_credited'],
])('the customer’s identity is asked first: after proceed: %s the deposit is %s', async (proceed, state) => {
  await identified(proceed)
  const question = shop.events.find(({ type }) => type === 'kyc.received')
  expect(question).toMatchObject({ customer: { firstName: expect.any(String), personId: expect.any(String) } })
  expect((await payments.getDeposit({ reference: 'order-1' })).state).toBe(state)
})

test('a customer whom Trustly refused is reported with the reason, whatever the shop answers', async () => {
  const providerOptions = { 'trustly-direct': { Attributes: { RequestKYC: '1' as const } } }
  const { redirectUrl } = await payments.deposit({ ...depositOf('order-1'), providerOptions })
  await walkCheckout(redirectUrl, { outcome: 'kyc-abort' })
  await idle()
  expect(shop.events.find(({ type }) => type === 'kyc.received')).toMatchObject({ abort: 'underage' })
  expect((await payments.getDeposit({ reference: 'order-1' })).state).toBe('not_credited')
})

test('a deposit whose credit notification never arrived is found in the ledger, once', async () => {
  await payments.deposit(depositOf('order-1'))
  const { orderId } = shop.order('order-1')
  await shop.capture(() => shop.sandbox.trustly.complete(orderId, { notify: ['credit'] }))
  expect((await payments.getDeposit({ reference: 'order-1' })).state).toBe('pending')
  shop.clock.aheadMs = 20 * 60_000
  await payments.sync()
  expect(types()).toEqual(['deposit.credited'])
  const late = shop.order('order-1').notifications.find(({ method }) => method === 'credit')
  expect(await shop.sandbox.trustly.redeliver(late?.id ?? '')).toBe('accepted')
  expect(types().filter((type) => type === 'deposit.credited')).toHaveLength(1)
})
