import { dayMs } from '@railswitch/core'
import { paidAt, type ShopAtPayabl, shopAtPayabl } from './__fixtures__/shop-at-payabl.ts'
import { sek } from './__fixtures__/shop-at-trustly.ts'

const shops: ShopAtPayabl[] = []
afterEach(() => Promise.all(shops.splice(0).map((shop) => shop.close())))

const shopWithBooks = async () => {
  const shop = await shopAtPayabl({ account: { balance: { SEK: '1000.00' } } })
  shops.push(shop)
  const payment = await paidAt(shop)
  // payabl's lists have its own days, in which tomorrow begins before it does in UTC.
  const [from = '', to = ''] = [0, 1].map((days) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10))
  return {
    ...shop,
    payment,
    books: async () => {
      const { ledgers } = await shop.later(10).reconcile({ from, to })
      const [ledger] = ledgers
      if (!ledger) throw new Error('The books were not compared.')
      return ledger
    },
  }
}

test('payments, refunds and chargebacks agree with the lists, and what payabl does not report is named', async () => {
  const shop = await shopWithBooks()
  await shop.payments.refund({ payment: shop.payment, reference: 'r-1', amount: sek('30.00') })
  shop.sandbox.payabl.chargeBack(shop.transaction(), '20.00')
  await shop.sandbox.payabl.idle()
  expect(await shop.books()).toMatchObject({
    agrees: true,
    totals: [
      {
        currency: 'SEK',
        vendor: { payment: '100', refund: '-30', reversal: '-20' },
        store: { payment: '100', refund: '-30', reversal: '-20' },
      },
    ],
    notReported: ['fee', 'exchange', 'back_office', 'settlement', 'refund_return', 'payout_return'].map((kind) => ({
      kind,
      why: 'payabl has no report of it',
    })),
    failed: [],
  })
})

test('a refund of the dashboard is a difference at the payment, with one review', async () => {
  const shop = await shopWithBooks()
  shop.silence()
  shop.sandbox.payabl.refundFromDashboard(shop.transaction(), '30.00')
  await shop.sandbox.payabl.idle()
  for (let times = 0; times < 2; times += 1)
    expect(await shop.books()).toMatchObject({
      agrees: false,
      differences: [
        { kind: 'line_without_payment', about: 'refund', remedy: 'review', amount: '-30', reference: 'order-1' },
      ],
    })
  expect((await shop.payments.listReviews()).map(({ reason }) => reason)).toEqual(['unexpected_payout'])
})
