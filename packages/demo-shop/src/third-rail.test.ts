import { meridian } from '@railswitch/meridian-provider'
import { type RunningBank, startBank } from '@railswitch/meridian-provider/vendor'
import { type Sandbox, startSandbox, walkCheckout } from '@railswitch/sandbox'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import { memoryStore, type PaymentEvent } from 'railswitch'
import { payAtMeridian } from './pay-at-meridian.ts'
import { environmentOf, withMeridian } from './rails.ts'
import { type Shop, startShop } from './shop.ts'
import { refund } from './walk-through.ts'

let sandbox: Sandbox
let bank: RunningBank
const shops: Shop[] = []

beforeEach(async () => {
  sandbox = await startSandbox({ trustly: { keys } })
  bank = await startBank()
})

afterEach(async () => {
  await Promise.all(shops.splice(0).map((shop) => shop.close()))
  await bank.close()
  await sandbox.close()
})

const open = async (active: 'trustly' | 'meridian', store = memoryStore(), port = 0) => {
  const events: PaymentEvent[] = []
  const env = { ...withMeridian(environmentOf(sandbox, 'trustly'), bank), RAILSWITCH_ACTIVE: active }
  const shop = await startShop({ env, definitions: [meridian], store, port, onEvent: (event) => events.push(event) })
  shops.push(shop)
  return { shop, events }
}

test('a deposit is credited and refunded in parts at Meridian', async () => {
  const { shop, events } = await open('meridian')
  const returned = await payAtMeridian(await shop.checkout('order-1'))
  await bank.idle()
  expect(returned).toBe(`${shop.url}/orders/order-1`)
  expect(events.map(({ type }) => type)).toEqual(['deposit.not_credited_yet', 'deposit.credited'])
  expect(await refund(shop, 'order-1', 'refund-a', '100.00')).toBe('accepted')
  expect(await refund(shop, 'order-1', 'refund-b', '49.90')).toBe('accepted')
  expect(bank.account.refunds.map(({ amount }) => amount)).toEqual([10_000, 4990])
  const { state, refundable, reviews } = await shop.payments.getDeposit({ reference: 'order-1' })
  expect({ state, refundable: refundable.value, reviews }).toEqual({
    state: 'credited',
    refundable: '100.00',
    reviews: [],
  })
})

test('a cancelled checkout is not credited', async () => {
  const { shop, events } = await open('meridian')
  await payAtMeridian(await shop.checkout('order-1'), 'cancel')
  await bank.idle()
  expect(events).toMatchObject([{ type: 'deposit.not_credited', reason: 'abandoned' }])
})

test('payments stay on their rail when the active rail changes to Meridian and back', async () => {
  const store = memoryStore()
  const first = await open('trustly', store)
  const atTrustly = await first.shop.checkout('order-1')
  await first.shop.close()
  const port = Number(new URL(first.shop.url).port)
  const second = await open('meridian', store, port)
  const atMeridian = await second.shop.checkout('order-2')
  expect(await second.shop.checkout('order-1')).toBe(atTrustly)
  await second.shop.close()
  const third = await open('trustly', store, port)
  expect(await third.shop.checkout('order-2')).toBe(atMeridian)
  expect(await third.shop.checkout('order-1')).toBe(atTrustly)
  await walkCheckout(atTrustly)
  await payAtMeridian(atMeridian)
  await Promise.all([sandbox.trustly.idle(), bank.idle()])
  for (const reference of ['order-1', 'order-2']) {
    expect((await third.shop.payments.getDeposit({ reference })).state).toBe('credited')
    expect(await refund(third.shop, reference, `refund-of-${reference}`, '10.00')).toBe('accepted')
  }
  expect(bank.account.payins.map(({ reference, status }) => `${reference} ${status}`)).toEqual(['order-2 credited'])
  expect(bank.account.refunds.map(({ amount }) => amount)).toEqual([1000])
  expect(sandbox.trustly.books().orders.flatMap(({ refunds }) => refunds.map(({ amount }) => amount))).toEqual([
    '10.00',
  ])
})
