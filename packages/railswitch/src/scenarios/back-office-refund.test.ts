import { paidAt, type ShopAtPayabl, shopAtPayabl } from './__fixtures__/shop-at-payabl.ts'
import { depositOf, type ShopAtTrustly, sek, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

const by = { by: 'Ada, Finance', why: 'made in the back office' }
const closing: (() => Promise<unknown>)[] = []
afterEach(() => Promise.all(closing.splice(0).map((close) => close())))

/** A refund of 30.00 of a deposit of 100.00 that somebody makes in the vendor's back office. */
const atPayabl = async () => {
  const shop: ShopAtPayabl = await shopAtPayabl({ account: { balance: { SEK: '1000.00' } } })
  closing.push(shop.close)
  const payment = await paidAt(shop)
  shop.sandbox.payabl.refundFromDashboard(shop.transaction(), '30.00')
  await shop.payments.reconcile()
  return { payments: shop.payments, payment, again: () => shop.payments.reconcile() }
}

const atTrustly = async () => {
  const shop: ShopAtTrustly = await shopAtTrustly()
  closing.push(shop.close)
  const payments = shop.start()
  const { payment } = await payments.deposit(depositOf('order-1'))
  const { orderId } = shop.order('order-1')
  shop.sandbox.trustly.complete(orderId)
  await shop.sandbox.trustly.idle()
  shop.sandbox.trustly.notify(orderId, 'payoutconfirmation', { amount: '30.00', currency: 'SEK' })
  await shop.sandbox.trustly.idle()
  return { payments, payment, again: () => payments.sync() }
}

test.each([
  ['payabl', atPayabl],
  ['Trustly', atTrustly],
])('a refund of the back office at %s counts when it is imported, and its review closes', async (_vendor, start) => {
  const { payments, payment, again } = await start()
  const [review] = await payments.listReviews()
  expect(review).toMatchObject({ reason: 'unexpected_payout', money: sek('30.00') })
  expect((await payments.getDeposit({ reference: 'order-1' })).refundable).toEqual(sek('100.00'))
  await payments.importPayment({
    refund: {
      reference: 'refund-by-hand',
      payment,
      amount: sek('30.00'),
      vendorIds: [review?.vendorId ?? ''],
      begunAt: review?.at ?? '',
    },
    ...by,
  })
  await again()
  expect(await payments.getDeposit({ reference: 'order-1' })).toMatchObject({ refundable: sek('70.00'), reviews: [] })
})
