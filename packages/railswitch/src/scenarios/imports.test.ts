import { memoryStore, type PaymentEvent } from '@railswitch/core'
import type { Payments } from '../payments.ts'
import { type ShopAtPayabl, shopAtPayabl, tellTokenless, types } from './__fixtures__/shop-at-payabl.ts'
import { depositOf, type ShopAtTrustly, sek, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

const decision = { by: 'Finance', why: 'older than the installation' }

/** A shop whose deposit `old-1` of 100.00 SEK was begun by another installation, at one vendor's sandbox. */
interface OldDeposit {
  readonly rail: string
  readonly payments: Payments<void>
  /** The events that the handlers of this installation received. */
  readonly events: readonly PaymentEvent[]
  /** The vendor's id of it, after it is credited. */
  readonly vendorIds: () => readonly [string, ...string[]]
  readonly credit: () => Promise<void>
  readonly takeBack: (amount: string) => Promise<void>
  /** Delivers the credit's notification again. */
  readonly repeatCredit: () => Promise<void>
  /** The same vendor with an empty store. */
  readonly swept: () => Payments<void>
  readonly close: () => Promise<unknown>
}

interface Begun {
  /** The other installation received the report of its credit. */
  readonly isCredited?: boolean
}

const atTrustly = async ({ isCredited }: Begun = {}): Promise<OldDeposit> => {
  const shop: ShopAtTrustly = await shopAtTrustly()
  await shop.start({ store: memoryStore() }).deposit(depositOf('old-1'))
  const { orderId } = shop.order('old-1')
  const { trustly } = shop.sandbox
  let credited = ''
  if (isCredited) {
    trustly.complete(orderId, { notify: ['credit'] })
    await trustly.idle()
    shop.events.splice(0)
  }
  return {
    rail: 't',
    payments: shop.start(),
    events: shop.events,
    vendorIds: () => [orderId],
    credit: async () => {
      credited = trustly.complete(orderId, { notify: ['credit'] }).at(-1) ?? ''
      await trustly.idle()
    },
    takeBack: async (amount) => {
      trustly.debit(orderId, amount)
      await trustly.idle()
    },
    repeatCredit: async () => void (await trustly.redeliver(credited)),
    swept: () => shop.start({ store: memoryStore() }),
    close: shop.close,
  }
}

const atPayabl = async ({ isCredited }: Begun = {}): Promise<OldDeposit> => {
  const shop: ShopAtPayabl = await shopAtPayabl({ assumptions: { chargebackId: 'original' } })
  await shop.begunElsewhere().deposit(depositOf('old-1'))
  const { payabl } = shop.sandbox
  if (isCredited) {
    payabl.credit(shop.transaction())
    await payabl.idle()
    shop.events.splice(0)
  }
  const capture = () => payabl.books().payments[0]?.transactions.find(({ type }) => type === 'capture')?.transactionId
  const payments = shop.later(0)
  let credited = ''
  return {
    rail: 'p',
    payments,
    events: shop.events,
    vendorIds: () => [capture() ?? shop.transaction(), shop.transaction()],
    credit: async () => {
      credited = payabl.credit(shop.transaction())
      await payabl.idle()
    },
    takeBack: async (amount) => {
      payabl.chargeBack(shop.transaction(), amount)
      await payabl.idle()
    },
    repeatCredit: async () => void (await payabl.redeliver(credited)),
    swept: shop.begunElsewhere,
    close: shop.close,
  }
}

const shops: Pick<OldDeposit, 'close'>[] = []
afterEach(() => Promise.all(shops.splice(0).map(({ close }) => close())))

describe.each([
  ['Trustly', atTrustly],
  ['payabl', atPayabl],
])('a deposit that was begun elsewhere at %s', (_vendor, start) => {
  const begun = async (options: Begun = {}) => {
    const shop = await start(options)
    shops.push(shop)
    const importOld = (state: 'pending' | 'credited', reference = 'old-1', payments = shop.payments) =>
      payments.importPayment({
        deposit: {
          rail: shop.rail,
          reference,
          amount: sek('100.00'),
          vendorIds: shop.vendorIds(),
          state,
          begunAt: new Date().toISOString(),
        },
        ...decision,
      })
    const moneyEvents = () =>
      shop.events
        .filter(({ type }) => type !== 'review.needed')
        .map((event) => `${event.type} ${'amount' in event ? event.amount.value : ''}`)
    return { ...shop, importOld, moneyEvents }
  }

  test('row 13: cannot be imported under a second reference, and its money is refunded once', async () => {
    const { payments, credit, importOld } = await begun()
    await credit()
    const { payment } = await importOld('credited')
    await expect(importOld('credited', 'old-2')).rejects.toMatchObject({ code: 'conflict', effect: 'not_sent' })
    await expect(payments.getDeposit({ reference: 'old-2' })).rejects.toMatchObject({ code: 'not_found' })
    await payments.refund({ payment, reference: 'r-1', amount: sek('60.00') })
    await expect(payments.refund({ payment, reference: 'r-2', amount: sek('60.00') })).rejects.toMatchObject({
      code: 'exceeds_refundable',
    })
    expect(await importOld('credited')).toMatchObject({ payment })
    expect(await payments.getDeposit({ payment })).toMatchObject({ credited: sek('100.00'), refundable: sek('40.00') })
  })

  test('row 14: is credited once by a report that came before it was imported as pending', async () => {
    const { payments, credit, repeatCredit, importOld, moneyEvents } = await begun()
    await credit()
    expect(moneyEvents()).toEqual([])
    const { payment } = await importOld('pending')
    expect(moneyEvents()).toEqual(['deposit.credited 100.00'])
    await repeatCredit()
    await importOld('pending')
    expect(moneyEvents()).toEqual(['deposit.credited 100.00'])
    expect(await payments.getDeposit({ payment })).toMatchObject({
      state: 'credited',
      refundable: sek('100.00'),
      reviews: [],
    })
    expect((await payments.listReviews()).map(({ reason }) => reason)).not.toContain('record_missing')
  })

  test('row 14: is reversed by a report that came before it was imported as credited, and is not credited again', async () => {
    const { payments, takeBack, importOld, moneyEvents } = await begun({ isCredited: true })
    await takeBack('30.00')
    expect(moneyEvents()).toEqual([])
    const { payment } = await importOld('credited')
    await payments.sync()
    expect(moneyEvents()).toEqual(['deposit.reversed 30.00'])
    expect(await payments.getDeposit({ payment })).toMatchObject({ reversed: sek('30.00'), refundable: sek('70.00') })
  })

  test('row 14: is not credited again by reports after it was swept and imported', async () => {
    const { credit, repeatCredit, importOld, moneyEvents, swept } = await begun()
    await importOld('pending')
    await credit()
    expect(moneyEvents()).toEqual(['deposit.credited 100.00'])
    const payments = swept()
    expect(await importOld('credited', 'old-1', payments)).toMatchObject({ confirmed: true })
    await repeatCredit()
    expect(moneyEvents()).toEqual(['deposit.credited 100.00'])
    expect(await payments.getDeposit({ reference: 'old-1' })).toMatchObject({
      state: 'credited',
      credited: sek('100.00'),
      reviews: [],
    })
  })

  test('is confirmed by a look-up, which is in its history', async () => {
    const { payments, importOld, moneyEvents } = await begun({ isCredited: true })
    const { payment, confirmed } = await importOld('credited')
    expect(confirmed).toBe(true)
    const { history, reviews } = await payments.getDeposit({ payment })
    expect(history.filter(({ proof }) => proof === 'lookup')).toHaveLength(1)
    expect([reviews, moneyEvents()]).toEqual([[], []])
  })

  test('is confirmed by an earlier report of the vendor', async () => {
    const { credit, importOld } = await begun()
    await credit()
    expect(await importOld('credited')).toMatchObject({ confirmed: true })
  })

  test('is unconfirmed, with name and reason, if its vendor does not show it', async () => {
    const { payments, importOld } = await begun()
    const { payment, confirmed } = await importOld('credited')
    expect(confirmed).toBe(false)
    const { history, state } = await payments.getDeposit({ payment })
    expect(state).toBe('credited')
    expect(history.at(-1)).toMatchObject({
      method: 'imported:unconfirmed',
      proof: 'person',
      members: { by: 'Finance', why: decision.why, reason: expect.stringContaining('vendor') },
    })
  })
})

describe('row 14: a payabl report with its own id that came before the deposit was imported', () => {
  const sold = async (isTokenless: boolean, reversed: '30.00' | null) => {
    const shop = await shopAtPayabl()
    shops.push({ close: shop.close })
    const { payabl } = shop.sandbox
    await shop.begunElsewhere().deposit(depositOf('old-1'))
    payabl.credit(shop.transaction())
    await payabl.idle()
    const capture = payabl.books().payments[0]?.transactions.find(({ type }) => type === 'capture')?.transactionId ?? ''
    shop.later(0)
    shop.events.splice(0)
    if (isTokenless) shop.silence()
    const charged = reversed && payabl.chargeBack(capture, reversed)
    await payabl.idle()
    const payments = shop.later(0)
    const chargeback = { type: 'chb', orderid: 'old-1', errorcode: '0', amount: '30.00' }
    if (isTokenless) await tellTokenless(shop, { ...chargeback, transactionid: charged ?? '777' })
    const before = (await payments.listReviews()).map(({ reason }) => reason)
    const deposit = {
      rail: 'p',
      reference: 'old-1',
      amount: sek('100.00'),
      vendorIds: [capture, shop.transaction()] as const,
      state: 'credited' as const,
    }
    await payments.importPayment({ deposit, ...decision })
    const imported = types(shop.events)
    for (const days of [1 / 24, 0.2, 1.5]) await shop.later(days).sync()
    return { ...shop, payments, before, imported }
  }

  test.each([
    ['without a token', true, 'foreign_order'],
    ['with its token', false, 'record_missing'],
  ])('a chargeback %s is looked up after the import and reverses the deposit', async (_, isTokenless, reason) => {
    const { payments, before, imported, events } = await sold(isTokenless, '30.00')
    expect(before).toEqual([reason])
    expect(imported).toEqual(['review.needed'])
    expect(types(events).filter((type) => type !== 'review.needed')).toEqual(['deposit.reversed'])
    expect(await payments.getDeposit({ reference: 'old-1' })).toMatchObject({
      reversed: sek('30.00'),
      refundable: sek('70.00'),
      reviews: [],
    })
    expect(await payments.listReviews()).toEqual([])
  })

  test('a report that payabl does not show for this order is a review and reverses nothing', async () => {
    const { payments, events } = await sold(true, null)
    expect(types(events)).not.toContain('deposit.reversed')
    expect(await payments.getDeposit({ reference: 'old-1' })).toMatchObject({
      state: 'credited',
      reversed: sek('0.00'),
      reviews: [{ reason: 'foreign_order' }],
    })
  })
})

describe('money out that was sent elsewhere at payabl', () => {
  const sent = async () => {
    const shop = await shopAtPayabl({ account: { balance: { SEK: '1000.00' } } })
    const elsewhere = shop.begunElsewhere()
    const { payment } = await elsewhere.deposit(depositOf('old-1'))
    shop.sandbox.payabl.credit(shop.transaction())
    await shop.sandbox.payabl.idle()
    await elsewhere.refund({ payment, reference: 'refund-0', amount: sek('30.00') })
    await elsewhere.payout({ reference: 'payout-0', amount: sek('50.00'), to: { payment }, customer: { id: 'c' } })
    const transactions = shop.sandbox.payabl.books().payments.flatMap((one) => one.transactions)
    const idOf = (type: string) => transactions.find((one) => one.type === type)?.transactionId ?? ''
    const payments = shop.later(0)
    const begunAt = new Date().toISOString()
    const old = {
      rail: 'p',
      begunAt,
      amount: sek('100.00'),
      vendorIds: [idOf('capture')] as const,
      state: 'credited' as const,
    }
    const imported = await payments.importPayment({ deposit: { ...old, reference: 'order-77' }, ...decision })
    return { ...shop, payments, idOf, begunAt, imported }
  }
  const closed = async (test: (shop: Awaited<ReturnType<typeof sent>>) => Promise<void>) => {
    const shop = await sent()
    await test(shop).finally(shop.close)
  }

  test('a deposit with another reference than at the vendor is confirmed by its transaction', () =>
    closed(async ({ imported, payments }) => {
      expect(imported.confirmed).toBe(true)
      await payments.sync()
      expect(await payments.getDeposit({ reference: 'order-77' })).toMatchObject({ state: 'credited', reviews: [] })
    }))

  test.each([
    ['30.00', true, 'confirmed'],
    ['31.00', false, 'accepted'],
  ])('a refund of %s is confirmed by payabl`s list: %s', (value, confirmed, state) =>
    closed(async ({ payments, idOf, begunAt, imported }) => {
      const refund = {
        payment: imported.payment,
        reference: 'refund-77',
        amount: sek(value),
        vendorIds: [idOf('refund')] as const,
        begunAt,
      }
      expect(await payments.importPayment({ refund, ...decision })).toMatchObject({ confirmed })
      expect((await payments.getDeposit({ reference: 'refund-77' })).refunds).toMatchObject([{ state }])
    }),
  )

  test.each([
    ['50.00', true],
    ['51.00', false],
  ])('a payout of %s is confirmed by its transaction: %s', (value, confirmed) =>
    closed(async ({ payments, idOf, begunAt }) => {
      const payout = {
        rail: 'p',
        reference: 'payout-77',
        amount: sek(value),
        vendorIds: [idOf('cft')] as const,
        begunAt,
      }
      expect(await payments.importPayment({ payout, ...decision })).toMatchObject({ confirmed })
      expect((await payments.getPayout({ reference: 'payout-77' })).state).toBe('accepted')
    }),
  )

  test('a deposit of more money than the vendor shows needs review', () =>
    closed(async ({ payments, idOf, events }) => {
      const wrong = {
        rail: 'p',
        reference: 'order-78',
        amount: sek('5000.00'),
        vendorIds: [idOf('preauthorization')] as const,
        state: 'credited' as const,
      }
      expect(await payments.importPayment({ deposit: wrong, ...decision })).toMatchObject({ confirmed: false })
      expect((await payments.getDeposit({ reference: 'order-78' })).reviews).toMatchObject([
        { reason: 'lookup_differs' },
      ])
      expect(events.at(-1)).toMatchObject({ type: 'review.needed', reason: 'lookup_differs' })
    }))

  test('row 13: a refund`s transaction is imported once', () =>
    closed(async ({ payments, idOf, imported: { payment } }) => {
      const vendorIds = [idOf('refund')] as const
      const refund = { payment, reference: 'refund-77', amount: sek('30.00'), vendorIds }
      await payments.importPayment({ refund, ...decision })
      const second = { rail: 'p', reference: 'payout-77', amount: sek('30.00'), vendorIds }
      await expect(payments.importPayment({ payout: second, ...decision })).rejects.toMatchObject({ code: 'conflict' })
      expect(await payments.getDeposit({ payment })).toMatchObject({ refundable: sek('70.00') })
    }))
})
