import type { BookRow } from '../reconcile/books/match-lines.ts'
import type { ReconcileInput } from '../reconcile/reconcile.ts'
import { depositOf, type ShopAtTrustly, sek, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

const dayMs = 86_400_000
const shops: ShopAtTrustly[] = []
afterEach(() => Promise.all(shops.splice(0).map((shop) => shop.close())))

/** A shop ten days later than the vendor's books, so that nothing is awaited. */
const shopWithBooks = async () => {
  const shop = await shopAtTrustly()
  shops.push(shop)
  const payments = shop.start()
  const { trustly } = shop.sandbox
  const today = new Date().toISOString().slice(0, 10)
  return {
    ...shop,
    payments,
    trustly,
    today,
    pay: async (reference: string, value = '100.00') => {
      const { payment } = await payments.deposit(depositOf(reference, value))
      trustly.complete(shop.order(reference).orderId)
      await trustly.idle()
      return payment
    },
    books: async (more: ReconcileInput = {}) => {
      shop.clock.aheadMs = 10 * dayMs
      const { ledgers } = await payments.reconcile({ rail: 't', from: today, to: today, ...more })
      shop.clock.aheadMs = 0
      const [ledger] = ledgers
      if (!ledger) throw new Error('The books were not compared.')
      return ledger
    },
  }
}

test('payments, refunds, reversals and payouts agree with the ledger, and fees are named', async () => {
  const { payments, trustly, order, books, pay } = await shopWithBooks()
  trustly.change({ fee: '1.00', account: true })
  trustly.fund('1000.00', 'SEK')
  const payment = await pay('order-1')
  await payments.refund({ payment, reference: 'r-1', amount: sek('30.00') })
  trustly.debit(order('order-1').orderId, '20.00')
  await trustly.idle()
  await payments.payout({ reference: 'p-1', amount: sek('50.00'), to: { payment }, customer: { id: 'customer-1' } })
  expect(await books()).toEqual({
    rail: 't',
    agrees: true,
    lines: 8,
    totals: [
      {
        currency: 'SEK',
        vendor: { back_office: '1000', payment: '100', fee: '-3', refund: '-30', reversal: '-20', payout: '-50' },
        store: { payment: '100', refund: '-30', reversal: '-20', payout: '-50' },
        application: {},
        rounding: '0',
        movements: '997',
        settled: '0',
      },
    ],
    differences: [],
    differenceCount: 0,
    awaited: 0,
    notReported: [],
    failed: [],
    balances: [],
  })
})

test('a payment that the store lacks is to be imported, and one that the vendor lacks needs review', async () => {
  const { books, pay, trustly, order, payments, today } = await shopWithBooks()
  await pay('order-1')
  const rows = (day: string): BookRow[] =>
    day !== today ? [] : [{ reference: 'order-1', kind: 'payment', amount: sek('100.00') }]
  expect(await books({ rows })).toMatchObject({ agrees: true, totals: [{ application: { payment: '100' } }] })
  expect(await books({ rows: () => [] })).toMatchObject({
    agrees: false,
    differences: [{ kind: 'payment_without_row', remedy: 'correct_row', reference: 'order-1', amount: '-100' }],
  })
  trustly.complete((await payments.deposit(depositOf('order-2'))).payment && order('order-2').orderId, {
    notify: ['credit'],
  })
  await trustly.idle()
  expect(await books()).toMatchObject({ agrees: true })
})

test('a credit that the store lacks is a review of its payment, until a later comparison finds it explained', async () => {
  const { books, payments, trustly, order, capture, events } = await shopWithBooks()
  await payments.deposit(depositOf('order-1'))
  await capture(() => void trustly.complete(order('order-1').orderId, { notify: ['credit'] }))
  const lacking = {
    agrees: false,
    differences: [
      { kind: 'line_without_payment', about: 'payment', remedy: 'review', amount: '100', reference: 'order-1' },
    ],
  }
  expect(await books()).toMatchObject(lacking)
  const [review, ...more] = await payments.listReviews()
  expect([review?.reason, review?.money, more]).toEqual(['unexpected_credit', sek('100.00'), []])
  expect(await books()).toMatchObject(lacking)
  expect((await payments.getDeposit({ reference: 'order-1' })).state).toBe('pending')
  expect(events.map(({ type }) => type)).toEqual(['review.needed'])

  await trustly.redeliver(order('order-1').notifications[0]?.id ?? '')
  expect((await payments.getDeposit({ reference: 'order-1' })).state).toBe('credited')
  expect(await books()).toMatchObject({ agrees: true })
  expect(await payments.listReviews()).toEqual([])
})

test('the opening balance and the lines of a period give the balance that Trustly tells, or the difference is named', async () => {
  const { payments, trustly, today, pay } = await shopWithBooks()
  trustly.change({ fee: '1.00' })
  trustly.fund('1000.00', 'SEK')
  await pay('order-1')
  const ask = async (opening: Readonly<Record<string, string>>) => {
    const { ledgers } = await payments.reconcile({ rail: 't', from: today, to: today, opening })
    return ledgers[0]
  }
  const balances = [{ currency: 'SEK', opening: '0', closing: '1099' }]
  expect(await ask({})).toMatchObject({ agrees: true, balances })
  expect(await ask({ SEK: '0.00' })).toMatchObject({ agrees: true, balances })
  expect(await ask({ SEK: '10.01', EUR: '5.00' })).toMatchObject({
    agrees: false,
    differences: [
      { kind: 'balance_differs', remedy: 'ask_vendor', day: today, currency: 'EUR', amount: '-5' },
      {
        kind: 'balance_differs',
        currency: 'SEK',
        amount: '-10.01',
        detail: 'The balance is 1099.00 SEK, and should be 1109.01 SEK.',
      },
    ],
  })
  await expect(ask({ SEK: '1,00' })).rejects.toMatchObject({
    code: 'invalid_input',
    issues: [{ field: 'opening.SEK' }],
  })
  trustly.change({ deniedMethods: ['Balance'] })
  expect(await ask({ SEK: '0' })).toMatchObject({ agrees: false, balances: [], failed: [{ report: 'balance' }] })
})

test('money that is minutes old is awaited, and a report that is refused counts for nothing', async () => {
  const { payments, trustly, order, capture, today, pay } = await shopWithBooks()
  await pay('order-0')
  await payments.deposit(depositOf('order-1'))
  await capture(() => void trustly.complete(order('order-1').orderId, { notify: ['credit'] }))
  const days = { rail: 't', from: today, to: today }
  expect((await payments.reconcile(days)).ledgers).toMatchObject([{ agrees: true, awaited: 1, differences: [] }])
  trustly.change({ deniedMethods: ['AccountLedger'] })
  const [refused] = (await payments.reconcile(days)).ledgers
  expect(refused).toMatchObject({ agrees: false, lines: 0, awaited: 1, differences: [] })
  expect(refused?.failed.map(({ report }) => report)).toEqual(['ledger'])
  expect((await payments.reconcile({ ...days, books: false })).ledgers).toEqual([])
  expect(await payments.listReviews()).toEqual([])
})
