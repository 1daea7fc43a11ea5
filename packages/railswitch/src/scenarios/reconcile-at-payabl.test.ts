import { paidAt, type ShopAtPayabl, shopAtPayabl, types } from './__fixtures__/shop-at-payabl.ts'
import { depositOf, sek } from './__fixtures__/shop-at-trustly.ts'

type Assumptions = NonNullable<NonNullable<Parameters<typeof shopAtPayabl>[0]>['assumptions']>

const shops: ShopAtPayabl[] = []
afterEach(() => Promise.all(shops.splice(0).map((shop) => shop.close())))

/** A shop with a credited deposit of 100.00 SEK, and what happens at payabl while its notifications are lost. */
const creditedShop = async (assumptions: Assumptions = {}) => {
  const shop = await shopAtPayabl({ account: { balance: { SEK: '1000.00' } }, assumptions })
  shops.push(shop)
  const payment = await paidAt(shop)
  return { ...shop, ...callsOf(shop), payment }
}

const callsOf = (shop: ShopAtPayabl) => {
  const { payabl } = shop.sandbox
  return {
    /** Returns what happened at payabl. */
    unheard: async <A>(happens: () => A): Promise<A> => {
      shop.silence()
      const result = happens()
      await payabl.idle()
      shop.later(0)
      return result
    },
    /** Delivers the notifications of a transaction once more. */
    deliver: async (transactionId: string) => {
      const sent = payabl
        .books()
        .payments.flatMap(({ transactions }) => transactions)
        .filter((one) => one.transactionId === transactionId)
        .flatMap(({ notifications }) => notifications)
      for (const { id } of sent) await payabl.redeliver(id)
    },
    reasons: async () => (await shop.payments.listReviews()).map(({ reason }) => reason),
    deposit: () => shop.payments.getDeposit({ reference: 'order-1' }),
    reversals: () => types(shop.events).filter((type) => type === 'deposit.reversed').length,
  }
}

const everyId: readonly (readonly [string, Assumptions])[] = [
  ['ids of their own', {}],
  ['the id of the deposit', { chargebackId: 'original', refundId: 'original' }],
]

describe.each(everyId)('with %s', (_, assumptions) => {
  test('a chargeback whose notification is lost is recorded, and sync would never have found it', async () => {
    const shop = await creditedShop(assumptions)
    await shop.unheard(() => shop.sandbox.payabl.chargeBack(shop.transaction(), '30.00'))
    for (const days of [1, 2, 20]) await shop.later(days).sync()
    expect((await shop.deposit()).state).toBe('credited')
    expect(await shop.payments.reconcile()).toMatchObject({ rails: [{ recorded: 1, unowned: [], failed: 0 }] })
    expect(await shop.deposit()).toMatchObject({ state: 'reversed', reversed: sek('30.00'), reviews: [] })
    expect(types(shop.events)).toEqual(['deposit.credited', 'deposit.reversed'])
  })

  test('a chargeback is one event, whether its notification comes before, afterwards or twice', async () => {
    const before = await creditedShop(assumptions)
    before.sandbox.payabl.chargeBack(before.transaction(), '30.00')
    await before.sandbox.payabl.idle()
    const afterwards = await creditedShop(assumptions)
    const id = await afterwards.unheard(() => afterwards.sandbox.payabl.chargeBack(afterwards.transaction(), '30.00'))
    await afterwards.payments.reconcile()
    for (let times = 0; times < 2; times += 1) await afterwards.deliver(id)
    for (const shop of [before, afterwards]) {
      for (let times = 0; times < 2; times += 1) await shop.payments.reconcile()
      expect(await shop.payments.reconcile()).toMatchObject({ rails: [{ recorded: 0, failed: 0 }] })
      expect(shop.reversals()).toBe(1)
      expect(await shop.deposit()).toMatchObject({ reversed: sek('30.00'), reviews: [] })
    }
  })

  test.each([[[]], [['second']], [['first', 'second']]] as const)(
    'two equal chargebacks are two if these notifications arrive late: %j',
    async (delivered) => {
      const shop = await creditedShop(assumptions)
      const chargeBack = (days: number) => () =>
        shop.sandbox.payabl.chargeBack(shop.transaction(), '30.00', { at: new Date(Date.now() + days * 86_400_000) })
      const ids = { first: await shop.unheard(chargeBack(0)), second: '' }
      await shop.payments.reconcile()
      expect(shop.reversals()).toBe(1)
      ids.second = await shop.unheard(chargeBack(1))
      await shop.payments.reconcile()
      for (const name of delivered) await shop.deliver(ids[name])
      await shop.payments.reconcile()
      for (const days of [2, 3]) await shop.later(days).sync()
      expect(await shop.deposit()).toMatchObject({ reversed: sek('60.00'), reviews: [] })
      expect(shop.reversals()).toBe(2)
    },
  )

  test('a refund of ours is confirmed, and one of the back office with the same money needs review', async () => {
    const shop = await creditedShop(assumptions)
    await shop.payments.refund({ payment: shop.payment, reference: 'r-1', amount: sek('30.00') })
    await shop.payments.reconcile()
    expect((await shop.deposit()).refunds).toMatchObject([{ reference: 'r-1', state: 'confirmed' }])
    expect(await shop.reasons()).toEqual([])
    shop.sandbox.payabl.refundFromDashboard(shop.transaction(), '30.00')
    for (let times = 0; times < 2; times += 1) await shop.payments.reconcile()
    expect((await shop.deposit()).refunds).toMatchObject([{ reference: 'r-1', state: 'confirmed' }])
    expect(await shop.reasons()).toEqual(['unexpected_payout'])
    expect(types(shop.events)).toEqual(['deposit.credited', 'refund.confirmed', 'review.needed'])
  })
})

test('a chargeback of a payment whose credit was lost as well is reversed after the credit', async () => {
  const shop = await shopAtPayabl()
  shops.push(shop)
  const { unheard, deposit } = callsOf(shop)
  await shop.payments.deposit(depositOf('order-1'))
  await unheard(() => {
    shop.sandbox.payabl.credit(shop.transaction())
    shop.sandbox.payabl.chargeBack(shop.transaction(), '30.00')
  })
  await shop.payments.reconcile()
  await shop.sandbox.payabl.idle()
  expect(types(shop.events).filter((type) => type !== 'review.needed')).toEqual([
    'deposit.credited',
    'deposit.reversed',
  ])
  expect(await deposit()).toMatchObject({ credited: sek('100.00'), reversed: sek('30.00'), reviews: [] })
})

test('credited money that is lost again is reversed, although its notification was lost', async () => {
  const shop = await creditedShop({ resendTimestamp: 'same' })
  const time = { at: new Date(Date.now() + 60_000) }
  await shop.unheard(() => shop.sandbox.payabl.fail(shop.transaction(), undefined, time))
  for (const days of [1, 2, 20]) await shop.later(days).sync()
  expect((await shop.deposit()).state).toBe('credited')
  await shop.later(1).reconcile()
  await shop.sandbox.payabl.idle()
  expect(await shop.deposit()).toMatchObject({ state: 'reversed', reversed: sek('100.00') })
  expect(shop.reversals()).toBe(1)
})

describe('a further transaction of a credited order', () => {
  const paidTwice = async (assumptions: Assumptions = {}) => {
    const shop = await creditedShop(assumptions)
    await shop.unheard(() => shop.sandbox.payabl.credit(shop.sandbox.payabl.otherShop.imitate(shop.transaction())))
    return shop
  }

  test('whose notification is lost is requested again, and is overpaid', async () => {
    const shop = await paidTwice()
    await shop.payments.reconcile()
    await shop.sandbox.payabl.idle()
    expect(await shop.reasons()).toEqual(['overpaid'])
    expect(await shop.deposit()).toMatchObject({ credited: sek('200.00') })
  })

  test('whose notification never comes needs review the next day', async () => {
    const shop = await paidTwice()
    for (const days of [0, 1, 2]) {
      const payments = shop.later(days)
      shop.silence()
      await payments.reconcile({ from: new Date().toISOString().slice(0, 10) })
    }
    expect(await shop.reasons()).toEqual(['unexpected_credit'])
    expect(await shop.deposit()).toMatchObject({ state: 'credited', credited: sek('100.00') })
  })
})

test('another program`s payments of the same account are named, and change nothing', async () => {
  const shop = await creditedShop()
  const { payabl } = shop.sandbox
  const other = payabl.otherShop.order({
    orderid: 'their-1',
    amount: '5.00',
    currency: 'SEK',
    notificationUrl: `${shop.url}/elsewhere`,
  })
  payabl.credit(other)
  payabl.chargeBack(other, '5.00')
  const { rails } = await shop.payments.reconcile()
  expect(rails[0]?.unowned.map(({ method, merchantReference, money }) => [method, merchantReference, money])).toEqual([
    ['capture', 'their-1', sek('5.00')],
    ['chb', 'their-1', sek('5.00')],
  ])
  expect([await shop.reasons(), types(shop.events)]).toEqual([[], ['deposit.credited']])
})

test('another program`s chargeback of an order with our id is foreign: a review, and no money', async () => {
  const shop = await creditedShop()
  const { payabl } = shop.sandbox
  const other = payabl.otherShop.order({
    orderid: 'order-1',
    amount: '5.00',
    currency: 'SEK',
    notificationUrl: `${shop.url}/elsewhere`,
  })
  payabl.credit(other)
  payabl.chargeBack(other, '5.00')
  await shop.payments.reconcile()
  expect(await shop.deposit()).toMatchObject({ state: 'credited', reversed: sek('0.00') })
  expect(new Set(await shop.reasons())).toEqual(new Set(['foreign_order']))
})

test('an imported payment is found by its transaction', async () => {
  const shop = await creditedShop({ chargebackId: 'original', captureId: 'same' })
  const elsewhere = shop.begunElsewhere()
  const imported = {
    rail: 'p',
    reference: 'old-77',
    amount: sek('100.00'),
    state: 'credited',
    vendorIds: [shop.transaction()],
  } as const
  await elsewhere.importPayment({ deposit: imported, by: 'migration', why: 'begun elsewhere' })
  shop.silence()
  shop.sandbox.payabl.chargeBack(shop.transaction(), '30.00')
  await elsewhere.reconcile()
  expect(await elsewhere.getDeposit({ reference: 'old-77' })).toMatchObject({ reversed: sek('30.00'), reviews: [] })
})

test('a list that fails is counted, the others are recorded, and the next run records the rest', async () => {
  const shop = await creditedShop({ tellsChargebacks: false })
  shop.sandbox.payabl.chargeBack(shop.transaction(), '30.00')
  shop.sandbox.payabl.faults.dropNextAnswer('tx_diagnose')
  expect(await shop.payments.reconcile()).toMatchObject({ rails: [{ recorded: 1, failed: 1 }] })
  expect((await shop.deposit()).state).toBe('reversed')
})

test('a year is listed in parts that payabl accepts', async () => {
  const shop = await creditedShop({ widestDiagnoseDays: 13, tellsChargebacks: false })
  shop.sandbox.payabl.chargeBack(shop.transaction(), '30.00')
  const from = new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10)
  expect(await shop.payments.reconcile({ from })).toMatchObject({ from, rails: [{ recorded: 1, failed: 0 }] })
})
