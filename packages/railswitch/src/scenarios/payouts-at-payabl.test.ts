import { createHash } from 'node:crypto'
import { createTokens } from '@railswitch/callbacks'
import type { PayoutInput } from '@railswitch/core'
import { paidAt, type ShopAtPayabl, shopAtPayabl, types } from './__fixtures__/shop-at-payabl.ts'
import { sek } from './__fixtures__/shop-at-trustly.ts'

const shops: ShopAtPayabl[] = []
afterEach(() => Promise.all(shops.splice(0).map((shop) => shop.close())))

const rig = async (options: Parameters<typeof shopAtPayabl>[0] = {}): Promise<ShopAtPayabl> => {
  const shop = await shopAtPayabl({ account: { balance: { SEK: '1000.00' } }, ...options })
  shops.push(shop)
  return shop
}

const toAccount = (more: Partial<PayoutInput> = {}): PayoutInput => ({
  reference: 'out-1',
  amount: sek('50.00'),
  to: { account: { country: 'SE', accountNumber: '69706212', bankNumber: '6112' } },
  customer: {
    id: 'customer-1',
    firstName: 'Łukasz',
    lastName: 'Dvořák-Žižka',
    email: 'l@customer.example',
    dateOfBirth: '1979-01-31',
  },
  ...(more as object),
})

const payoutTransaction = ({ sandbox }: ShopAtPayabl): string =>
  sandbox.payabl
    .books()
    .payments.flatMap(({ transactions }) => transactions)
    .find(({ type }) => type === 'cft')?.transactionId ?? ''

/** protocol/payabl.md, section 2.3, and samples/payabl/notification-payout-failed.txt, without the members that are not signed. */
const failureOf = (transactionid: string, secret: string, { type = 'cft', ...more } = {}): string => {
  const timestamp = '1795166800'
  const security = createHash('sha256').update(`${transactionid}${type}-5008${timestamp}${secret}`).digest('hex')
  return new URLSearchParams({ transactionid, type, errorcode: '-5008', timestamp, security, ...more }).toString()
}

test('a payout to a depositor may exceed the deposit, and is accepted, not paid', async () => {
  const shop = await rig()
  const payment = await paidAt(shop)
  const paidOut = await shop.payments.payout({
    reference: 'out-1',
    amount: sek('300.00'),
    to: { payment },
    customer: { id: 'customer-1' },
  })
  expect(paidOut).toMatchObject({ status: 'accepted', payment: 'rs1.p.payout.out-1.1', rail: 'p', why: 'recorded' })
  expect(shop.payouts()).toEqual(['out-1 300.00 SEK accepted'])
  expect((await shop.payments.getPayout({ reference: 'out-1' })).state).toBe('accepted')
  expect((await shop.payments.getDeposit({ payment })).refundable).toEqual(sek('100.00'))
})

test('a payout to bank details uses a name that can be encoded in ISO-8859-1', async () => {
  const shop = await rig({ assumptions: { latin1Only: true } })
  expect(await shop.payments.payout(toAccount())).toMatchObject({ status: 'accepted', why: 'active' })
  expect(shop.payouts()).toEqual(['out-1 50.00 SEK accepted'])
})

test.each(['notified', 'refused'] as const)('it fails at once if the balance is too low (%s)', async (shortBalance) => {
  const shop = await rig({ assumptions: { shortBalance }, account: { balance: { SEK: '1.00' } } })
  const call = shop.payments.payout(toAccount())
  if (shortBalance === 'refused') await expect(call).rejects.toMatchObject({ code: 'declined', effect: 'refused' })
  else expect(await call).toMatchObject({ status: 'accepted' })
  await shop.sandbox.payabl.idle()
  expect(types(shop.events)).toEqual(shortBalance === 'refused' ? [] : ['payout.failed'])
  expect((await shop.payments.getPayout({ reference: 'out-1' })).state).toBe('failed')
  shop.sandbox.payabl.setBalance('SEK', '100.00')
  expect(await shop.payments.payout(toAccount({ attempt: 2 }))).toMatchObject({ status: 'accepted' })
  expect(shop.payouts().filter((payout) => payout.endsWith('accepted'))).toEqual(['out-1_2 50.00 SEK accepted'])
})

test('it fails once if the bank returns it days later, however often this is reported', async () => {
  const shop = await rig()
  await shop.payments.payout(toAccount())
  const id = shop.sandbox.payabl.failPayout(payoutTransaction(shop))
  await shop.sandbox.payabl.idle()
  await shop.sandbox.payabl.redeliver(id)
  shop.sandbox.payabl.notify(payoutTransaction(shop))
  await shop.sandbox.payabl.idle()
  expect(types(shop.events)).toEqual(['payout.failed'])
  expect(await shop.payments.getPayout({ reference: 'out-1' })).toMatchObject({ state: 'failed', reviews: [] })
})

test('a failure at the account`s own URL is acknowledged without a token and proven by its transaction', async () => {
  const shop = await rig()
  await shop.payments.payout(toAccount())
  shop.silence()
  shop.sandbox.payabl.failPayout(payoutTransaction(shop))
  await shop.sandbox.payabl.idle()
  const payments = shop.later(0)
  const body = failureOf(payoutTransaction(shop), shop.sandbox.payabl.merchant.secret)
  const reply = await payments.callbacks.web(
    new Request(`${shop.url}/p`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  )
  expect([reply.status, await reply.text()]).toEqual([200, 'OK'])
  expect(types(shop.events)).toEqual(['payout.failed'])
})

describe('a failure at the payout`s own address belongs to the payout, whatever it names of the deposit:', () => {
  const toDepositor = async () => {
    const shop = await rig()
    const payment = await paidAt(shop)
    for (const reference of ['out-1', 'out-2'])
      await shop.payments.payout({ reference, amount: sek('50.00'), to: { payment }, customer: { id: 'c' } })
    const address = async (reference: string) =>
      `${shop.url}/p/${await createTokens(['callback-secret-of-32-characters-x']).sign({
        kind: 'payout',
        reference,
        attempt: 1,
        expect: sek('50.00'),
        rail: 'p',
      })}`
    const tell = async (reference: string, transactionid: string, more: Readonly<Record<string, string>>) => {
      const body = failureOf(transactionid, shop.sandbox.payabl.merchant.secret, more)
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const request = new Request(await address(reference), { method: 'POST', body, headers })
      return (await shop.payments.callbacks.web(request)).status
    }
    const states = () =>
      Promise.all(['out-1', 'out-2'].map(async (reference) => (await shop.payments.getPayout({ reference })).state))
    return { ...shop, payment, tell, states }
  }

  // The known transaction or the order of one payout proves nothing about another, whatever the address.
  test.each([
    ['its order', 'payout', { orderid: 'order-1' }, []],
    ['its order, as a capture', 'payout', { orderid: 'order-1', type: 'capture' }, []],
    ['its transaction', 'deposit', {}, ['payout.failed']],
    ['its transaction, under our order', 'deposit', { orderid: 'out-1' }, ['review.needed']],
    ['its transaction and its order', 'deposit', { orderid: 'order-1' }, ['payout.failed']],
  ] as const)('%s', async (_, whose, more, atOther) => {
    const shop = await toDepositor()
    const id = whose === 'payout' ? payoutTransaction(shop) : shop.transaction()
    expect(await shop.tell('out-1', id, more)).toBe(200)
    expect(await shop.states()).toEqual(['failed', 'accepted'])
    expect(await shop.payments.getDeposit({ payment: shop.payment })).toMatchObject({ state: 'credited', reviews: [] })
    expect(await shop.tell('out-1', id, more)).toBe(200)
    expect(await shop.tell('out-2', id, more)).toBe(200)
    const isFailed = (atOther as readonly string[]).includes('payout.failed')
    expect(await shop.states()).toEqual(['failed', isFailed ? 'failed' : 'accepted'])
    expect(types(shop.events)).toEqual(['deposit.credited', 'payout.failed', ...atOther])
  })
})

test('it counts as paid, without a report, when the time in which it could fail has elapsed and after a look-up', async () => {
  const shop = await rig()
  await shop.payments.payout(toAccount())
  await shop.later(13).sync()
  expect(shop.events).toEqual([])
  const payments = shop.later(15)
  await payments.sync()
  expect(shop.events).toMatchObject([{ type: 'payout.confirmed', by: 'lookup', amount: sek('50.00') }])
  expect(shop.sandbox.payabl.requests().map(({ action }) => action)).toEqual([
    'payment_cft',
    'tx_diagnose',
    'tx_diagnose',
  ])
})

test('an unreported failure is found before it counts as paid', async () => {
  const shop = await rig()
  await shop.payments.payout(toAccount())
  shop.silence()
  shop.sandbox.payabl.failPayout(payoutTransaction(shop))
  await shop.sandbox.payabl.idle()
  await shop.later(15).sync()
  expect(types(shop.events)).toEqual(['payout.failed'])
})

test('money that came back after it counted as paid is returned', async () => {
  const shop = await rig()
  await shop.payments.payout(toAccount())
  const payments = shop.later(15)
  await payments.sync()
  shop.sandbox.payabl.failPayout(payoutTransaction(shop))
  await shop.sandbox.payabl.idle()
  expect(types(shop.events)).toEqual(['payout.confirmed', 'payout.failed'])
  expect((await payments.getPayout({ reference: 'out-1' })).state).toBe('returned')
})

test('it is unknown after a lost response, is never sent again, and is found by a look-up', async () => {
  const shop = await rig()
  shop.sandbox.payabl.faults.dropNextAnswer('payment_cft')
  expect(await shop.payments.payout(toAccount())).toMatchObject({ status: 'unknown', resolveBy: 'lookup' })
  expect(await shop.payments.payout(toAccount())).toMatchObject({ status: 'unknown', resolveBy: 'lookup' })
  await expect(shop.payments.payout(toAccount({ attempt: 2 }))).rejects.toMatchObject({ code: 'conflict' })
  const payments = shop.later()
  expect(await payments.sync()).toMatchObject({ resolved: 1, manualReview: [] })
  expect(await payments.payout(toAccount())).toMatchObject({ status: 'accepted' })
  expect(shop.payouts()).toEqual(['out-1 50.00 SEK accepted'])
})

test('a failed look-up resolves nothing', async () => {
  const shop = await rig()
  shop.sandbox.payabl.faults.dropNextAnswer('payment_cft')
  await shop.payments.payout(toAccount())
  shop.sandbox.payabl.faults.dropNextAnswer('tx_diagnose')
  const payments = shop.later()
  expect(await payments.sync()).toMatchObject({ resolved: 0, manualReview: [] })
  expect((await payments.getPayout({ reference: 'out-1' })).state).toBe('unknown')
})
