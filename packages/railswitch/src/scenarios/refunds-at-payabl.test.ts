import { paidAt, type ShopAtPayabl, shopAtPayabl, types } from './__fixtures__/shop-at-payabl.ts'
import { sek } from './__fixtures__/shop-at-trustly.ts'

/** protocol/payabl.md, section 3.3: the response to a refund may contain the original's id; notifications of refunds are not documented. */

const shops: ShopAtPayabl[] = []
afterEach(() => Promise.all(shops.splice(0).map((shop) => shop.close())))

const paidShop = async (assumptions: NonNullable<Parameters<typeof shopAtPayabl>[0]>['assumptions']) => {
  const shop = await shopAtPayabl({ assumptions: assumptions ?? {} })
  shops.push(shop)
  const payment = await paidAt(shop)
  const refund = (reference: string, value = '10.00') =>
    shop.payments.refund({ payment, reference, amount: sek(value) })
  return { ...shop, payment, refund }
}
const statesOf = async ({ payments }: Pick<ShopAtPayabl, 'payments'>) => {
  const { refunds, refundable } = await payments.getDeposit({ reference: 'order-1' })
  return [...refunds.map(({ reference, state }) => `${reference} ${state}`), refundable.value]
}

test.each([0, 2000] as const)(
  'a response with status %s and the original`s id is accepted all the same',
  async (refundStatus) => {
    const shop = await paidShop({ refundId: 'original', refundStatus })
    expect(await shop.refund('r-1')).toMatchObject({ status: 'accepted' })
    expect(await shop.refund('r-2')).toMatchObject({ status: 'accepted' })
    expect(await statesOf(shop)).toEqual(['r-1 accepted', 'r-2 accepted', '80.00'])
    expect(shop.refunds()).toEqual(['10.00', '10.00'])
  },
)

test('refunds of two amounts with the original`s id are distinguished by their notifications', async () => {
  const shop = await paidShop({ refundId: 'original', tellsRefunds: true })
  await shop.refund('r-1', '10.00')
  await shop.refund('r-2', '20.00')
  await shop.sandbox.payabl.idle()
  expect(await statesOf(shop)).toEqual(['r-1 confirmed', 'r-2 confirmed', '70.00'])
  expect(types(shop.events)).toEqual(['deposit.credited', 'refund.confirmed', 'refund.confirmed'])
})

test('an unknown one of two equal refunds is confirmed when the list contains both, whatever their ids', async () => {
  const shop = await paidShop({ refundId: 'original' })
  await shop.refund('r-1')
  shop.sandbox.payabl.faults.dropNextAnswer('payment_refund')
  expect(await shop.refund('r-2')).toMatchObject({ status: 'unknown', resolveBy: 'lookup' })
  expect(await shop.later().sync()).toMatchObject({ resolved: 1, manualReview: [] })
  expect(await statesOf(shop)).toEqual(['r-1 confirmed', 'r-2 confirmed', '80.00'])
  expect(shop.refunds()).toEqual(['10.00', '10.00'])
})

test('a refund that is unknown because the secret is another one says so, and a repeated call says the same', async () => {
  const shop = await paidShop({})
  shop.sandbox.payabl.setSecret('another secret')
  const first = await shop.refund('r-1')
  expect(first).toMatchObject({
    status: 'unknown',
    why: 'recorded',
    error: {
      message: 'payabl responded with -999 Unknown error.',
      hint: expect.stringMatching(
        /restart the application.*Check merchant id, secret and signature.*sync\(\) looks up/,
      ),
    },
  })
  expect(await shop.later().refund({ payment: shop.payment, reference: 'r-1', amount: sek('10.00') })).toEqual(first)
  expect(shop.refunds()).toEqual([])
})

test('a refund made in the vendor’s back office needs review and does not confirm ours', async () => {
  const shop = await paidShop({ refundId: 'new', tellsRefunds: true })
  shop.sandbox.payabl.refundFromDashboard(shop.transaction(), '5.00')
  await shop.sandbox.payabl.idle()
  expect(types(shop.events)).toEqual(['deposit.credited', 'review.needed'])
  expect((await shop.payments.getDeposit({ reference: 'order-1' })).reviews).toMatchObject([
    { reason: 'unexpected_payout' },
  ])
})

test('a refund with its own id is confirmed only by this id', async () => {
  const shop = await paidShop({ refundId: 'new', tellsRefunds: true })
  await shop.refund('r-1')
  await shop.refund('r-2')
  await shop.sandbox.payabl.idle()
  expect(await statesOf(shop)).toEqual(['r-1 confirmed', 'r-2 confirmed', '80.00'])
})
