import { paidAt, type ShopAtPayabl, shopAtPayabl, tellTokenless, types } from './__fixtures__/shop-at-payabl.ts'
import { depositOf, sek } from './__fixtures__/shop-at-trustly.ts'

type Assumptions = NonNullable<NonNullable<Parameters<typeof shopAtPayabl>[0]>['assumptions']>

const shops: ShopAtPayabl[] = []
afterEach(() => Promise.all(shops.splice(0).map((shop) => shop.close())))

/** A credited deposit. payabl sends all further notifications to the account's own address, without a token of ours. */
const creditedShop = async (assumptions: Assumptions = {}) => {
  const shop = await shopAtPayabl({ account: { balance: { SEK: '1000.00' } }, assumptions })
  shops.push(shop)
  const payment = await paidAt(shop)
  const { payabl } = shop.sandbox
  const transactions = () => payabl.books().payments.flatMap((one) => one.transactions)
  const capture = transactions().find(({ type }) => type === 'capture')?.transactionId ?? ''
  /** Something happens at payabl while no notification arrives. It is then reported without a token. */
  const tell = async (happens: () => string, fields: Readonly<Record<string, string>>, at?: Date) => {
    shop.silence()
    const transactionid = happens()
    await payabl.idle()
    shop.later(0)
    await tellTokenless(shop, { transactionid, orderid: 'order-1', errorcode: '0', amount: '30.00', ...fields }, at)
    return transactionid
  }
  const reasons = async () => (await shop.payments.listReviews()).map(({ reason }) => reason)
  return { ...shop, payment, capture, transactions, tell, reasons, startedAt: Date.now() }
}

describe('without a token, with its own transaction', () => {
  test('a chargeback of a credited deposit is looked up, and reverses the deposit when payabl`s list shows it', async () => {
    const shop = await creditedShop()
    await shop.tell(() => shop.sandbox.payabl.chargeBack(shop.capture, '30.00'), { type: 'chb' })
    expect(types(shop.events)).toEqual(['deposit.credited'])
    await shop.later().sync()
    await shop.later(0.2).sync()
    expect(types(shop.events)).toEqual(['deposit.credited', 'review.needed', 'deposit.reversed'])
    await shop.later(1.5).sync()
    expect(await shop.payments.getDeposit({ reference: 'order-1' })).toMatchObject({
      state: 'reversed',
      reversed: sek('30.00'),
      refundable: sek('70.00'),
      reviews: [],
    })
    expect(types(shop.events)).toEqual(['deposit.credited', 'review.needed', 'deposit.reversed'])
  })

  test('a reported refund is the requested one', async () => {
    const shop = await creditedShop({ tellsRefunds: false })
    shop.sandbox.payabl.faults.dropNextAnswer('payment_refund')
    await shop.payments.refund({ payment: shop.payment, reference: 'r-1', amount: sek('30.00') })
    await shop.tell(() => shop.transactions().find(({ type }) => type === 'refund')?.transactionId ?? '', {
      type: 'refund',
    })
    await shop.later().sync()
    await shop.later(0.2).sync()
    const { refunds, reviews, refundable } = await shop.payments.getDeposit({ reference: 'order-1' })
    expect([refunds.map(({ state }) => state), reviews, refundable]).toEqual([['confirmed'], [], sek('70.00')])
  })

  test('another shop`s order with the same id is foreign: a review, and no money', async () => {
    const shop = await creditedShop()
    const other = shop.sandbox.payabl.otherShop.order({
      orderid: 'order-1',
      amount: '5.00',
      currency: 'SEK',
      notificationUrl: `${shop.url}/elsewhere`,
    })
    await shop.tell(
      () => {
        shop.sandbox.payabl.credit(other)
        return shop.sandbox.payabl.chargeBack(other, '5.00')
      },
      { type: 'chb', amount: '5.00' },
    )
    await shop.later().sync()
    expect(await shop.payments.getDeposit({ reference: 'order-1' })).toMatchObject({
      state: 'credited',
      reversed: sek('0.00'),
      reviews: [{ reason: 'foreign_order' }],
    })
  })

  test('a transaction that payabl does not show yet is looked up again', async () => {
    const shop = await creditedShop({ visibleAfterSeconds: 7200 })
    await shop.tell(() => shop.sandbox.payabl.chargeBack(shop.capture, '30.00'), { type: 'chb' })
    await shop.later().sync()
    expect(await shop.reasons()).toEqual([])
    shop.sandbox.payabl.change({ visibleAfterSeconds: 0 })
    for (const days of [0.2, 0.4, 0.6, 0.8]) await shop.later(days).sync()
    expect(types(shop.events)).toContain('deposit.reversed')
    expect(await shop.reasons()).toEqual([])
  })

  test('a transaction that payabl does not show at all is a review after a day', async () => {
    const shop = await creditedShop()
    await shop.tell(() => shop.sandbox.payabl.chargeBack(shop.capture, '30.00'), { type: 'chb' })
    for (const days of [1.1, 2.2]) {
      shop.sandbox.payabl.faults.dropNextAnswer('tx_diagnose')
      shop.sandbox.payabl.faults.dropNextAnswer('tx_diagnose')
      await shop.later(days).sync()
      if (days < 2) expect(await shop.reasons()).toEqual(['overdue'])
    }
  })
})

describe('row 10: two chargebacks of one amount with the deposit`s id', () => {
  const charged = { type: 'chb', errorcode: '0' } as const
  const tellOf = (shop: Awaited<ReturnType<typeof creditedShop>>, days: number) => {
    const timestamp = String(Math.floor((shop.startedAt + days * 86_400_000) / 1000))
    shop.sandbox.payabl.notify(shop.capture, { ...charged, payment_state: undefined, amount: '30.00', timestamp })
    return shop.sandbox.payabl.idle()
  }

  test.each([
    [2, '60.00', 'as two'],
    [1, '30.00', 'as one'],
  ])('are resolved by payabl`s list of %s: %s', async (count, reversed) => {
    const shop = await creditedShop({ chargebackId: 'original', tellsChargebacks: false })
    for (let index = 0; index < count; index += 1) shop.sandbox.payabl.chargeBack(shop.capture, '30.00')
    await tellOf(shop, 0)
    await tellOf(shop, 0)
    expect(types(shop.events)).toEqual(['deposit.credited', 'deposit.reversed'])
    await tellOf(shop, 3)
    expect(await shop.reasons()).toEqual(['possible_duplicate'])
    expect(types(shop.events)).toEqual(['deposit.credited', 'deposit.reversed', 'review.needed'])
    await shop.later(4.1).sync()
    await shop.later(5.2).sync()
    expect(await shop.payments.getDeposit({ reference: 'order-1' })).toMatchObject({
      reversed: sek(reversed),
      reviews: [],
    })
    expect(types(shop.events).filter((type) => type === 'deposit.reversed')).toHaveLength(count)
  })
})

describe('row 15: a failed payout that is reported without its token and names its deposit`s order', () => {
  test.each(['the payout`s transaction', 'the deposit`s'])('under %s fails the payout', async (named) => {
    const shop = await creditedShop()
    const { payment } = shop
    await shop.payments.payout({ reference: 'out-1', amount: sek('30.00'), to: { payment }, customer: { id: 'c' } })
    const payout = () => shop.transactions().find(({ type }) => type === 'cft')?.transactionId ?? ''
    await shop.tell(
      () => {
        shop.sandbox.payabl.failPayout(payout())
        return named === 'the deposit`s' ? shop.capture : payout()
      },
      { type: 'cft', errorcode: '-5008' },
    )
    for (const days of [0.1, 0.5, 1.5]) await shop.later(days).sync()
    expect((await shop.payments.getPayout({ reference: 'out-1' })).state).toBe('failed')
    expect(types(shop.events).filter((type) => type === 'payout.failed')).toHaveLength(1)
    expect(await shop.payments.getDeposit({ payment })).toMatchObject({ state: 'credited', refundable: sek('100.00') })
  })
})

test('row 6: a payment after a declined try is found, even if no callback arrives', async () => {
  const shop = await shopAtPayabl()
  shops.push(shop)
  await shop.payments.deposit(depositOf('order-1'))
  const declined = { transactionid: '999', errorcode: '-5002', payment_state: 'not_credited' }
  shop.sandbox.payabl.notify(shop.transaction(), declined)
  await shop.sandbox.payabl.idle()
  expect(types(shop.events)).toEqual(['deposit.not_credited'])
  shop.silence()
  shop.sandbox.payabl.credit(shop.transaction())
  await shop.sandbox.payabl.idle()
  for (const days of [0.1, 0.4, 0.7]) {
    const payments = shop.later(days)
    shop.silence()
    await payments.sync()
    await shop.sandbox.payabl.idle()
  }
  const { reviews, state } = await shop.payments.getDeposit({ reference: 'order-1' })
  expect([state, reviews.map(({ reason }) => reason)]).toEqual(['not_credited', ['lookup_differs']])
  await shop.later(1.7).sync()
  await shop.sandbox.payabl.idle()
  expect(await shop.payments.getDeposit({ reference: 'order-1' })).toMatchObject({ state: 'credited', reviews: [] })
})
