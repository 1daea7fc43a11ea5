import { readFileSync } from 'node:fs'
import { type Sandbox, startSandbox, walkCheckout } from '@railswitch/sandbox'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import { memoryStore, type PaymentEvent } from 'railswitch'
import { environmentOf } from './rails.ts'
import { type Shop, startShop } from './shop.ts'
import { refund } from './walk-through.ts'

let sandbox: Sandbox
const shops: Shop[] = []

beforeEach(async () => {
  sandbox = await startSandbox({ trustly: { keys } })
})

afterEach(async () => {
  await Promise.all(shops.splice(0).map((shop) => shop.close()))
  await sandbox.close()
})

const idle = async (): Promise<void> => {
  await sandbox.trustly.idle()
  await sandbox.payabl.idle()
}

const open = async (rail: 'trustly' | 'payabl', store = memoryStore(), port = 0) => {
  const events: PaymentEvent[] = []
  const shop = await startShop({
    env: environmentOf(sandbox, rail),
    store,
    port,
    onEvent: (event) => events.push(event),
  })
  shops.push(shop)
  return { shop, events }
}

const rails = ['trustly', 'payabl'] as const

test('the shop code is the same for both rails: it names no vendor and reads no environment variable', () => {
  for (const file of ['shop.ts', 'pages.ts', 'walk-through.ts'])
    expect(readFileSync(new URL(`./${file}`, import.meta.url), 'utf8')).not.toMatch(
      /trustly|payabl|process\.env|RAILSWITCH_ACTIVE/i,
    )
})

test('the two environments differ in one variable', () => {
  const [trustly, payabl] = rails.map((rail) => environmentOf(sandbox, rail))
  expect(Object.keys(trustly ?? {}).filter((name) => trustly?.[name] !== payabl?.[name])).toEqual(['RAILSWITCH_ACTIVE'])
})

describe.each(rails)('on the rail %s', (rail) => {
  test('a deposit is credited and refunded in parts', async () => {
    const { shop, events } = await open(rail)
    await walkCheckout(await shop.checkout('order-1'))
    await idle()
    expect(events.map(({ type }) => type)).toEqual(['deposit.not_credited_yet', 'deposit.credited'])
    expect(await refund(shop, 'order-1', 'refund-a', '100.00')).toBe('accepted')
    expect(await refund(shop, 'order-1', 'refund-b', '49.90')).toBe('accepted')
    const { state, refundable, reviews } = await shop.payments.getDeposit({ reference: 'order-1' })
    expect({ state, refundable, reviews }).toEqual({
      state: 'credited',
      refundable: { value: '100.00', currency: 'SEK' },
      reviews: [],
    })
  })

  test('refunds never exceed the deposit', async () => {
    const { shop } = await open(rail)
    await walkCheckout(await shop.checkout('order-1'))
    await idle()
    await refund(shop, 'order-1', 'refund-a', '200.00')
    await expect(refund(shop, 'order-1', 'refund-b', '50.00')).rejects.toMatchObject({ code: 'exceeds_refundable' })
  })

  test('a cancelled checkout is not credited, and a second attempt can be paid', async () => {
    const { shop, events } = await open(rail)
    await walkCheckout(await shop.checkout('order-1'), { cancel: true })
    await idle()
    expect(events.map(({ type }) => type)).toEqual(['deposit.not_credited'])
    const again = await shop.payments.deposit({ ...depositOf(shop, 'order-1'), attempt: 2 })
    await walkCheckout(again.redirectUrl)
    await idle()
    expect((await shop.payments.getDeposit({ reference: 'order-1' })).state).toBe('credited')
  })

  test('a repeated call returns the same checkout, and another amount is a conflict', async () => {
    const { shop } = await open(rail)
    expect(await shop.checkout('order-1')).toBe(await shop.checkout('order-1'))
    const other = { ...depositOf(shop, 'order-1'), amount: { value: '1.00', currency: 'SEK' } }
    await expect(shop.payments.deposit(other)).rejects.toMatchObject({ code: 'conflict', effect: 'not_sent' })
  })

  test('each result contains its rail and why the rail was chosen', async () => {
    const { shop } = await open(rail)
    expect(await shop.payments.deposit(depositOf(shop, 'order-1'))).toMatchObject({ rail, why: 'active' })
    expect(await shop.payments.deposit(depositOf(shop, 'order-1'))).toMatchObject({ rail, why: 'recorded' })
  })

  test('a payment that began on this rail is completed and refunded on it after a switch', async () => {
    const store = memoryStore()
    const { shop: before } = await open(rail, store)
    const checkoutUrl = await before.checkout('order-1')
    await before.close()
    const other = rail === 'trustly' ? 'payabl' : 'trustly'
    const { shop: after } = await open(other, store, Number(new URL(before.url).port))
    expect(await after.checkout('order-1')).toBe(checkoutUrl)
    await walkCheckout(checkoutUrl)
    await idle()
    expect(await refund(after, 'order-1', 'refund-a', '9.90')).toBe('accepted')
    const booked = rail === 'trustly' ? trustlyRefunds() : payablRefunds()
    expect(booked).toEqual(['9.90'])
  })
})

test('two tabs stay open across a switch and both are paid: shipped once, overpaid, and in manual review', async () => {
  const store = memoryStore()
  const before = await open('trustly', store)
  const firstTab = await before.shop.checkout('order-1')
  await before.shop.close()
  const { shop, events } = await open('payabl', store, Number(new URL(before.shop.url).port))
  await shop.checkout('order-1')
  const { redirectUrl: secondTab, rail } = await shop.payments.deposit({ ...depositOf(shop, 'order-1'), attempt: 2 })
  expect(rail).toBe('payabl')
  await walkCheckout(secondTab)
  await walkCheckout(firstTab)
  await idle()
  expect(events.filter(({ type }) => type === 'deposit.credited')).toHaveLength(1)
  expect(events.at(-1)).toMatchObject({ type: 'review.needed', reason: 'overpaid' })
  const { credited, attempts } = await shop.payments.getDeposit({ reference: 'order-1' })
  expect(credited.value).toBe('499.80')
  expect(attempts.map(({ refundable }) => refundable.value)).toEqual(['249.90', '249.90'])
  const [review, ...others] = await shop.payments.listReviews()
  expect([review?.reason, others]).toEqual(['overpaid', []])
  await shop.payments.resolveReview({
    review: review?.id ?? '',
    by: 'Ada, Finance',
    why: 'the second payment is refunded manually',
  })
  expect(await shop.payments.listReviews()).toEqual([])
  expect((await shop.payments.getDeposit({ reference: 'order-1' })).reviews).toEqual([])
})

test('fifty open payments across two switches are each credited exactly once in the vendors’ books', async () => {
  const store = memoryStore()
  const first = await open('trustly', store)
  const port = Number(new URL(first.shop.url).port)
  const names = Array.from({ length: 50 }, (_, index) => `order-${index + 1}`)
  const urls = new Map<string, string>()
  const begin = async (shop: Shop, some: readonly string[]): Promise<void> => {
    for (const name of some) urls.set(name, await shop.checkout(name))
  }
  await begin(first.shop, names.slice(0, 20))
  await first.shop.close()
  const second = await open('payabl', store, port)
  await begin(second.shop, names.slice(0, 40))
  await second.shop.close()
  const third = await open('trustly', store, port)
  await begin(third.shop, names)
  await Promise.all([...urls.values()].map((url) => walkCheckout(url)))
  await idle()
  for (const name of names) expect((await third.shop.payments.getDeposit({ reference: name })).state).toBe('credited')
  expect(third.events.filter(({ type }) => type === 'deposit.credited')).toHaveLength(50)
  const paid = sandbox.trustly.books().orders.filter(({ state }) => state === 'credited')
  expect(paid).toHaveLength(30)
  expect(payablStates().filter((state) => state === 'credited')).toHaveLength(20)
})

const depositOf = (shop: Shop, reference: string) => ({
  reference,
  amount: { value: '249.90', currency: 'SEK' },
  customer: {
    id: 'customer-77',
    firstName: 'Åsa',
    lastName: 'Öberg-Wałęsa',
    email: 'asa@customer.example',
    country: 'SE',
    locale: 'sv-SE',
  },
  returnUrl: `${shop.url}/orders/${reference}`,
})

const trustlyRefunds = (): readonly string[] =>
  sandbox.trustly.books().orders.flatMap(({ refunds }) => refunds.map(({ amount }) => amount))

/** The first transaction of each payment: all transactions of a payment have the same state and refunds. */
const payablTransactions = () => sandbox.payabl.books().payments.flatMap(({ transactions }) => transactions.slice(0, 1))

const payablRefunds = (): readonly string[] =>
  payablTransactions().flatMap(({ refunds }) => refunds.map(({ amount }) => amount))

const payablStates = (): readonly string[] => payablTransactions().map(({ state }) => state)
