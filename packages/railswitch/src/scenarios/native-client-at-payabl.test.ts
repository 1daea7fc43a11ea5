import { isLeft } from '@railswitch/core'
import type { ListedType, PayablClient } from '@railswitch/payabl-trustly'
import { paidAt, type ShopAtPayabl, shopAtPayabl } from './__fixtures__/shop-at-payabl.ts'
import { sek } from './__fixtures__/shop-at-trustly.ts'

let shop: ShopAtPayabl
let native: PayablClient
beforeEach(async () => {
  shop = await shopAtPayabl({ account: { balance: { SEK: '1000.00' } } })
  native = shop.payments.native('p', 'payabl-trustly')
})
afterEach(() => shop.close())

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const listed = async (type: ListedType, from = day(-1), to = day(1)) => {
  const found: string[] = []
  for await (const { order_id, amount, currency } of native.list(type, { from, to }))
    found.push(`${order_id} ${amount} ${currency}`)
  return found
}
const captured = (): string =>
  shop.sandbox.payabl.books().payments[0]?.transactions.find(({ type }) => type === 'capture')?.transactionId ?? ''
const right = <A>(
  result: { readonly _tag: 'Left'; readonly left: unknown } | { readonly _tag: 'Right'; readonly right: A },
): A => {
  if (result._tag === 'Left') throw result.left
  return result.right
}

test('captures, refunds, payouts and chargebacks between two days are listed, also those of the application', async () => {
  const payment = await paidAt(shop)
  await shop.payments.refund({ payment, reference: 'r-1', amount: sek('10.00') })
  await shop.payments.payout({ reference: 'out-1', amount: sek('5.00'), to: { payment }, customer: { id: 'c' } })
  shop.sandbox.payabl.refundFromDashboard(captured(), '1.00')
  shop.sandbox.payabl.chargeBack(captured(), '2.00')
  await shop.sandbox.payabl.idle()
  expect(await listed('capture')).toEqual(['order-1 100.00 SEK'])
  expect(await listed('refund')).toEqual(['order-1 10.00 SEK', 'order-1 1.00 SEK'])
  expect(await listed('cft')).toEqual(['out-1 5.00 SEK'])
  expect(await listed('chb')).toEqual(['order-1 2.00 SEK'])
  expect(await listed('failed')).toEqual([])
})

test('a year is requested month by month, without leaving out a day', async () => {
  await paidAt(shop)
  expect(await listed('capture', day(-300), day(60))).toEqual(['order-1 100.00 SEK'])
  const requests = shop.sandbox.payabl.requests().filter(({ action }) => action === 'tx_diagnose')
  expect(requests.length).toBeGreaterThanOrEqual(12)
})

test('a transaction is diagnosed by its id and by its order, and its last notification is sent again', async () => {
  await paidAt(shop)
  const { transactions } = right(await native.diagnose({ type: 'tx', transactionid: captured() })())
  expect(transactions).toMatchObject([{ form: 'steps', steps: [{ order_id: 'order-1' }, { order_id: 'order-1' }] }])
  const before = shop.events.length
  const { notifications } = right(await native.sendNotification({ transactionid: captured() })())
  expect(notifications).toMatchObject([{ transaction_id: captured(), sent: true }])
  await shop.sandbox.payabl.idle()
  expect(shop.events).toHaveLength(before)
})

test('an unknown transaction is not found, and its notification cannot be sent', async () => {
  expect(right(await native.diagnose({ type: 'tx', transactionid: '1' })()).transactions).toEqual([])
  const refused = await native.sendNotification({ transactionid: '1' })()
  expect(isLeft(refused) && refused.left).toMatchObject({ code: 'misconfigured', vendor: { code: '-6000' } })
})

test('money that the low-level client moves is not recorded here', async () => {
  const payment = await paidAt(shop)
  const money = { amount: '5.00', currency: 'SEK' }
  const payout = { orderid: 'native-1', transactionid: captured(), payment_method: '116', ...money }
  expect(right(await native.cft(payout)())).toMatchObject({ status: '0', orderid: 'native-1' })
  expect(right(await native.refund({ transactionid: captured(), ...money })())).toMatchObject({ status: '0' })
  expect(shop.payouts()).toEqual(['native-1 5.00 SEK accepted'])
  expect(await shop.payments.getDeposit({ payment })).toMatchObject({ refunds: [] })
})

test.each(['capture', 'reversal'] as const)('%s is only for cards, which the gateway reports', async (name) => {
  await paidAt(shop)
  const refused = await native[name]({ transactionid: captured() })()
  expect(isLeft(refused) && refused.left).toMatchObject({
    code: 'misconfigured',
    effect: 'refused',
    vendor: { code: '-104' },
  })
})

test('any action can be called, and the response to an unknown one is returned unchanged', async () => {
  const { status, body } = right(await native.call('payment_init', { amount: '1.00' })())
  expect([status, Buffer.from(body).toString()]).toEqual([404, expect.any(String)])
})
