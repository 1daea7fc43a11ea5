import { memoryStore } from '@railswitch/core'
import { createPayments } from '../create-payments.ts'
import { depositOf, type ShopAtTrustly, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

let shop: ShopAtTrustly

beforeEach(async () => {
  shop = await shopAtTrustly()
})
afterEach(() => shop.close())

const credited = () => shop.events.filter(({ type }) => type === 'deposit.credited')

const pay = async (more = {}) => {
  const payments = shop.start(more)
  await payments.deposit(depositOf('order-1'))
  shop.sandbox.trustly.complete(shop.order('order-1').orderId, { notify: ['credit'] })
  return payments
}

/** Payments without handlers yet. */
const bare = () =>
  createPayments<void>({
    logger: false,
    active: 't',
    providers: {
      t: {
        use: 'trustly-direct',
        environment: 'local',
        url: shop.sandbox.trustly.url,
        publicKey: shop.sandbox.trustly.publicKey,
        username: shop.sandbox.trustly.merchant.username,
        password: shop.sandbox.trustly.merchant.password,
        privateKey: shop.sandbox.trustly.merchant.privateKey,
      },
    },
    store: memoryStore(),
    statement: 'SHOP',
    callbacks: { url: shop.url, secrets: ['callback-secret-of-32-characters-x'] },
  })

test("a handler that throws runs again with the vendor's redelivery, until it succeeds once", async () => {
  let failures = 2
  shop.behaviour.handle = () => {
    failures -= 1
    if (failures >= 0) throw new Error('the database is away')
  }
  await pay()
  await shop.sandbox.trustly.idle()
  expect(credited()).toHaveLength(1)
  const outcomes = shop.order('order-1').notifications[0]?.attempts.map(({ outcome }) => outcome)
  expect(outcomes).toHaveLength(3)
  expect(outcomes?.at(-1)).toBe('accepted')
})

test('sync handles an event whose handler failed, without a redelivery', async () => {
  shop.behaviour.handle = () => {
    throw new Error('the database is away')
  }
  const payments = await pay()
  await shop.sandbox.trustly.idle()
  expect(credited()).toHaveLength(0)
  shop.behaviour.handle = () => {}
  shop.clock.aheadMs = 3_600_000
  expect(await payments.sync()).toMatchObject({ handled: 1, failed: 0 })
  expect(await payments.sync()).toMatchObject({ handled: 0, failed: 0 })
  expect(credited()).toHaveLength(1)
})

test('a handler that never ends fails, and its later result changes nothing', async () => {
  const finish: (() => void)[] = []
  shop.behaviour.handle = () => new Promise((resolve) => finish.push(resolve))
  const callbacks = { url: shop.url, secrets: ['callback-secret-of-32-characters-x'], handlerTimeoutMs: 20 }
  const payments = await pay({ callbacks })
  await shop.sandbox.trustly.idle()
  const outcomes = shop.order('order-1').notifications[0]?.attempts.map(({ outcome }) => outcome) ?? []
  expect(outcomes.every((outcome) => outcome !== 'accepted')).toBe(true)
  for (const resolve of finish) resolve()
  expect((await payments.getDeposit({ reference: 'order-1' })).state).toBe('credited')
  expect(shop.order('order-1').notifications[0]?.delivered).toBe(false)
})

test('the commits of a handler are written once, in one transaction with the mark', async () => {
  const rows: string[] = []
  const payments = bare()
  let failures = 1
  payments.on({
    'deposit.credited': ({ reference }, commit) => {
      commit(async () => {
        failures -= 1
        if (failures >= 0) throw new Error('the row is refused')
        rows.push(reference)
      })
      expect(rows).toEqual([])
    },
    'deposit.reversed': () => ({ recovered: true }),
  })
  shop.listen(payments)
  await payments.deposit(depositOf('order-1'))
  const [id = ''] = shop.sandbox.trustly.complete(shop.order('order-1').orderId, { notify: ['credit'] })
  await shop.sandbox.trustly.idle()
  await shop.sandbox.trustly.redeliver(id)
  expect(rows).toEqual(['order-1'])
})

test('an answer with a wrong form is a failure', async () => {
  const payments = await pay()
  await shop.sandbox.trustly.idle()
  shop.behaviour.recovered = 'yes' as unknown as boolean
  shop.sandbox.trustly.debit(shop.order('order-1').orderId)
  await shop.sandbox.trustly.idle()
  expect(shop.order('order-1').debits[0]?.answer).toBeNull()
  shop.behaviour.recovered = true
  shop.clock.aheadMs = 3_600_000
  expect(await payments.sync()).toMatchObject({ handled: 1 })
})

describe('missing handlers', () => {
  test('handlers without the mandatory question do not compile, and are refused like the operations after them', async () => {
    const payments = bare()
    // @ts-expect-error deposit.reversed is a question
    expect(() => payments.on({ 'deposit.credited': () => {} })).toThrow(/deposit\.reversed: is required/)
    await expect(payments.deposit(depositOf('order-1'))).rejects.toMatchObject({
      code: 'handler_missing',
      effect: 'not_sent',
    })
    expect(shop.sandbox.trustly.requests()).toEqual([])
  })

  test('an answer without its member does not compile', () => {
    // @ts-expect-error recovered is mandatory
    bare().on({ 'deposit.reversed': () => ({}) })
  })

  test('operations are refused without any handlers, and on() can be called only once', async () => {
    const payments = bare()
    await expect(payments.deposit(depositOf('order-1'))).rejects.toMatchObject({ code: 'handler_missing' })
    payments.on({ 'deposit.reversed': () => ({ recovered: true }) })
    expect(() => payments.on({ 'deposit.reversed': () => ({ recovered: true }) })).toThrow(/already set/)
  })
})

test('a task sends nothing until it is called', async () => {
  const payments = shop.start()
  const task = payments.fp.deposit(depositOf('order-1'))
  expect(shop.sandbox.trustly.requests()).toEqual([])
  expect(await task()).toMatchObject({ _tag: 'Right', right: { rail: 't' } })
})

test.each([
  ['1e3', 'digits'],
  ['-1', 'negative'],
  ['10.005', 'decimals'],
  ['8,50', 'digits'],
  ['0.00', 'above zero'],
])('the amount %s is refused with its field before anything is sent', async (value, rule) => {
  const payments = shop.start()
  await expect(payments.deposit(depositOf('order-1', value))).rejects.toMatchObject({
    code: 'invalid_input',
    issues: [{ field: 'amount.value', rule: expect.stringContaining(rule), fix: expect.any(String) }],
  })
  expect(shop.sandbox.trustly.requests()).toEqual([])
})

test('all mistakes of an input are reported at once, without its values', async () => {
  const payments = shop.start()
  const wrong = {
    ...depositOf('order 1'),
    amount: { value: '10.00', currency: 'XXQ' },
    customer: { ...depositOf('o').customer, country: 'UK', locale: 'sv_SE', email: 'marked-secret' },
    ammount: 1,
  }
  const error = await payments.deposit(wrong).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'invalid_input', effect: 'not_sent' })
  const { issues, message } = error as { issues: { field: string }[]; message: string }
  expect(issues.map(({ field }) => field).sort()).toEqual(
    ['amount.currency', 'ammount', 'customer.country', 'customer.email', 'customer.locale', 'reference'].sort(),
  )
  expect(message).not.toContain('marked-secret')
})
