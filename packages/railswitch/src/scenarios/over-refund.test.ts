import { depositOf, type ShopAtTrustly, sek, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

let shop: ShopAtTrustly

beforeAll(async () => {
  shop = await shopAtTrustly()
})
afterAll(() => shop.close())

const paid = async (reference: string) => {
  const payments = shop.start()
  const { payment } = await payments.deposit(depositOf(reference))
  shop.sandbox.trustly.complete(shop.order(reference).orderId)
  await shop.sandbox.trustly.idle()
  return { payments, payment }
}

const refundsSent = () => shop.sandbox.trustly.requests().filter(({ method }) => method === 'Refund').length
const statuses = (outcomes: readonly PromiseSettledResult<unknown>[]) => outcomes.map(({ status }) => status).sort()

test.each([
  ['0.01 too much', sek('100.01'), 'exceeds_refundable'],
  ['in another currency', { value: '10.00', currency: 'EUR' }, 'exceeds_refundable'],
])('a refund %s is refused before it is sent', async (name, amount, code) => {
  const reference = `single-${name.replaceAll(/\W/g, '')}`
  const { payments, payment } = await paid(reference)
  const before = refundsSent()
  await expect(payments.refund({ payment, reference: `${reference}-r`, amount })).rejects.toMatchObject({
    code,
    effect: 'not_sent',
  })
  expect(refundsSent()).toBe(before)
})

test('nothing can be refunded before the deposit is credited, or after it was reversed', async () => {
  const payments = shop.start()
  const { payment } = await payments.deposit(depositOf('timing'))
  const { orderId } = shop.order('timing')
  const refund = { payment, reference: 'timing-r', amount: sek('1.00') }
  const before = refundsSent()
  await expect(payments.refund(refund)).rejects.toMatchObject({ code: 'exceeds_refundable' })
  shop.sandbox.trustly.complete(orderId, { notify: ['pending'] })
  await shop.sandbox.trustly.idle()
  await expect(payments.refund(refund)).rejects.toMatchObject({ code: 'exceeds_refundable' })
  shop.sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await shop.sandbox.trustly.idle()
  shop.sandbox.trustly.debit(orderId)
  await shop.sandbox.trustly.idle()
  await expect(payments.refund(refund)).rejects.toMatchObject({ code: 'exceeds_refundable' })
  expect(refundsSent()).toBe(before)
})

test('a refund that came back can be made again, but not more', async () => {
  const { payments, payment } = await paid('back')
  await payments.refund({ payment, reference: 'back-1', amount: sek('100.00') })
  shop.sandbox.trustly.returnRefund(shop.order('back').orderId, '100.00')
  await shop.sandbox.trustly.idle()
  await payments.refund({ payment, reference: 'back-2', amount: sek('100.00') })
  await expect(payments.refund({ payment, reference: 'back-3', amount: sek('0.01') })).rejects.toMatchObject({
    code: 'exceeds_refundable',
  })
  expect(shop.order('back').refunds).toEqual([
    { amount: '100.00', state: 'returned' },
    { amount: '100.00', state: 'executed' },
  ])
})

test('if one of two equal refunds came back, its amount can be refunded once', async () => {
  const { payments, payment } = await paid('equal-refunds')
  for (const reference of ['concurrent-1', 'concurrent-2'])
    await payments.refund({ payment, reference, amount: sek('50.00') })
  shop.sandbox.trustly.returnRefund(shop.order('equal-refunds').orderId, '50.00')
  await shop.sandbox.trustly.idle()
  const outcomes = await Promise.allSettled(
    ['concurrent-3', 'concurrent-4'].map((reference) => payments.refund({ payment, reference, amount: sek('50.00') })),
  )
  expect(statuses(outcomes)).toEqual(['fulfilled', 'rejected'])
  expect(shop.order('equal-refunds').refunds.filter(({ state }) => state === 'executed')).toHaveLength(2)
})

test.each([
  ['a deposit that does not exist', 'rs1.t.deposit.nobody.1', 'not_found'],
  ['a deposit of another rail', 'rs1.other.deposit.known.1', 'rail_missing'],
  ['a refund', 'rs1.t.refund.known.1', 'invalid_input'],
  ['the reference alone', 'known', 'invalid_input'],
])('a refund of %s is refused before it is sent', async (_name, payment, code) => {
  const before = refundsSent()
  const refund = { payment, reference: 'never', amount: sek('1.00') }
  await expect(
    shop.start().refund(refund as Parameters<ReturnType<typeof shop.start>['refund']>[0]),
  ).rejects.toMatchObject({ code, effect: 'not_sent' })
  expect(refundsSent()).toBe(before)
})
