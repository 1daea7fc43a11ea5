import { depositOf, type ShopAtTrustly, sek, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

let shop: ShopAtTrustly

beforeEach(async () => {
  shop = await shopAtTrustly()
})
afterEach(() => shop.close())

const types = () => shop.events.map(({ type }) => type)
const idle = () => shop.sandbox.trustly.idle()
const inFull = { amount: '100.00', currency: 'SEK' }

const started = async () => {
  const payments = shop.start()
  const { payment } = await payments.deposit(depositOf('order-1'))
  return { payments, payment, orderId: shop.order('order-1').orderId }
}

test.each([
  ['pending first', ['pending', 'credit']],
  ['credit first', ['credit', 'pending']],
] as const)(
  'four deliveries of two notifications at the same moment, %s, are one deposit.credited',
  async (_name, methods) => {
    const { payments, orderId } = await started()
    const captured = await shop.capture(() => {
      for (const method of methods) shop.sandbox.trustly.notify(orderId, method, { ...inFull })
    })
    const deliver = () =>
      Promise.all(
        [...captured, ...captured].map(async ({ path, body }) => {
          const headers = { 'content-type': 'application/json' }
          return (await fetch(new URL(path, shop.url), { method: 'POST', headers, body })).status
        }),
      )
    const statuses = await deliver()
    expect(statuses.every((status) => status === 200 || status === 503)).toBe(true)
    expect(await deliver()).toEqual(expect.arrayContaining([200]))
    await payments.sync()
    expect(await deliver()).toEqual([200, 200, 200, 200])
    expect(types().filter((type) => type === 'deposit.credited')).toHaveLength(1)
    expect(new Set(shop.events.map(({ id }) => id)).size).toBe(shop.events.length)
  },
)

test('a credit that was reported twice under two ids is credited once', async () => {
  const { payments, orderId } = await started()
  shop.sandbox.trustly.notify(orderId, 'credit', { ...inFull })
  await idle()
  shop.sandbox.trustly.notify(orderId, 'credit', { ...inFull })
  await idle()
  expect(types().filter((type) => type === 'deposit.credited')).toHaveLength(1)
  const { credited, reviews } = await payments.getDeposit({ reference: 'order-1' })
  expect(credited).toEqual(sek('100.00'))
  expect(reviews).toMatchObject([{ reason: 'unexpected_credit' }])
})

test('less money than requested is in both books and is not shipped', async () => {
  const { payments, orderId } = await started()
  shop.sandbox.trustly.complete(orderId, { amount: '1.00' })
  await idle()
  expect(shop.order('order-1')).toMatchObject({ state: 'credited', paid: '1.00' })
  expect(types()).not.toContain('deposit.credited')
  expect(shop.events.at(-1)).toMatchObject({ type: 'review.needed', reason: 'amount_differs' })
  expect(await payments.getDeposit({ reference: 'order-1' })).toMatchObject({
    credited: sek('1.00'),
    refundable: sek('1.00'),
  })
})

test('the question of a reversal is asked once, and every later delivery gets the first answer', async () => {
  const { orderId } = await started()
  shop.sandbox.trustly.complete(orderId)
  await idle()
  shop.behaviour.recovered = false
  const id = shop.sandbox.trustly.debit(orderId)
  await idle()
  shop.behaviour.recovered = true
  expect(await shop.sandbox.trustly.redeliver(id)).toBe('accepted')
  expect(shop.order('order-1').debits).toEqual([{ amount: '100.00', answer: 'FAILED' }])
  expect(types().filter((type) => type === 'deposit.reversed')).toHaveLength(1)
})

test('two partial reversals are two questions, and the exposure grows with them', async () => {
  const { payments, payment, orderId } = await started()
  shop.sandbox.trustly.complete(orderId)
  await idle()
  await payments.refund({ payment, reference: 'r-1', amount: sek('60.00') })
  shop.behaviour.recovered = true
  for (const part of ['30.00', '70.00']) {
    shop.sandbox.trustly.debit(orderId, part)
    await idle()
  }
  const reversals = shop.events.filter(({ type }) => type === 'deposit.reversed')
  expect(reversals).toMatchObject([{ exposure: sek('0.00') }, { exposure: sek('60.00') }])
  expect(shop.order('order-1').debits).toEqual([
    { amount: '30.00', answer: 'OK' },
    { amount: '70.00', answer: 'OK' },
  ])
})

test('a reversal whose handler fails gets 503 and is stored and logged, and is answered when the handler works', async () => {
  const { payments, orderId } = await started()
  shop.sandbox.trustly.complete(orderId)
  await idle()
  shop.behaviour.recovered = undefined as unknown as boolean
  shop.sandbox.trustly.debit(orderId)
  await idle()
  const { notifications, debits } = shop.order('order-1')
  expect(new Set(notifications.at(-1)?.attempts.map(({ outcome }) => outcome))).toEqual(new Set(['HTTP status 503']))
  expect(debits[0]?.answer).toBeNull()
  expect(shop.logs.join()).toContain('the handler failed')
  expect((await payments.getDeposit({ reference: 'order-1' })).state).toBe('reversed')
  shop.behaviour.recovered = true
  shop.clock.aheadMs = 3_600_000
  expect(await payments.sync()).toMatchObject({ handled: 1 })
  expect(await shop.sandbox.trustly.redeliver(notifications.at(-1)?.id ?? '')).toBe('accepted')
  expect(shop.order('order-1').debits).toEqual([{ amount: '100.00', answer: 'OK' }])
})
