import { depositOf, type ShopAtTrustly, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

/** Source: protocol/trustly.md, section 15: Trustly's list still names BGN, which ended on 2026-01-01. */
let shop: ShopAtTrustly

beforeEach(async () => {
  shop = await shopAtTrustly()
})
afterEach(() => shop.close())

const leva = { value: '100.00', currency: 'BGN' }
const deposit = { ...depositOf('order-1'), amount: leva }
/** How far the shop's clock is from a day. */
const at = (day: string): number => Date.parse(`${day}T12:00:00Z`) - Date.now()
const orders = () => shop.sandbox.trustly.books().orders

test('a new payment in a currency that has ended is refused before anything is sent, and names the successor', async () => {
  const payments = shop.start()
  const refusal = {
    code: 'invalid_input',
    effect: 'not_sent',
    issues: [{ field: 'amount.currency', rule: 'is BGN, which ended on 2026-01-01', fix: 'use its successor, EUR' }],
  }
  await expect(payments.deposit(deposit)).rejects.toMatchObject(refusal)
  const customer = { id: 'c-1', firstName: 'Åsa', lastName: 'Öberg' }
  const to = { account: { country: 'BG', accountNumber: 'BG80BNBG96611020345678' } }
  await expect(payments.payout({ reference: 'out-1', amount: leva, to, customer })).rejects.toMatchObject(refusal)
  const kuna = { value: '1.00', currency: 'HRK' }
  await expect(payments.deposit({ ...deposit, amount: kuna })).rejects.toMatchObject({ code: 'invalid_input' })
  expect(orders()).toEqual([])
})

test('an old payment can be refunded, and a call that was recorded before the end can be repeated', async () => {
  shop.clock.aheadMs = at('2025-12-31')
  shop.sandbox.trustly.fund('1000.00', 'BGN')
  const payments = shop.start()
  const { payment } = await payments.deposit(deposit)
  shop.sandbox.trustly.complete(shop.order('order-1').orderId)
  await shop.sandbox.trustly.idle()
  shop.clock.aheadMs = at('2026-01-02')
  expect(await payments.deposit(deposit)).toMatchObject({ payment })
  expect(await payments.refund({ payment, reference: 'refund-1', amount: leva })).toMatchObject({ status: 'accepted' })
  expect(orders()).toHaveLength(1)
})

test('the requirements of a new payment in it say the same, and those of a refund do not', () => {
  const payments = shop.start()
  const market = { country: 'BG', currency: 'BGN' }
  const refusedOf = (operation: 'deposit' | 'payout' | 'charge' | 'refund') =>
    payments.requirements(operation, market).rails.t?.refused
  for (const operation of ['deposit', 'payout', 'charge'] as const)
    expect(refusedOf(operation)).toBe('BGN ended on 2026-01-01: use EUR')
  expect(refusedOf('refund')).toBeUndefined()
})
