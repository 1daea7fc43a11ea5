import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { axiosTransport, left, memoryStore, PaymentError, type Store, type Transport } from '@railswitch/core'
import { depositOf, type ShopAtTrustly, sek, shopAtTrustly } from './__fixtures__/shop-at-trustly.ts'

let shop: ShopAtTrustly

beforeEach(async () => {
  shop = await shopAtTrustly()
})
afterEach(() => shop.close())

const idle = () => shop.sandbox.trustly.idle()
const executed = () => shop.order('order-1').refunds

/** A transport that can be interrupted before anything is sent, and restored. */
const cuttable = () => {
  const wire = axiosTransport()
  const state = { up: true }
  const transport: Transport = (request) =>
    state.up ? wire(request) : async () => left({ sent: false, reason: 'ECONNREFUSED' })
  return { state, transport }
}

const paid = async (more = {}) => {
  const payments = shop.start(more)
  const { payment } = await payments.deposit(depositOf('order-1'))
  shop.sandbox.trustly.complete(shop.order('order-1').orderId)
  await idle()
  return { payments, refund: { payment, reference: 'r-1', amount: sek('30.00') } }
}

test('the customer can pay an order whose response was lost, and its money can be refunded', async () => {
  shop.sandbox.trustly.faults.dropNextAnswer('Deposit')
  const payments = shop.start()
  await expect(payments.deposit(depositOf('order-1'))).rejects.toMatchObject({ code: 'no_valid_response' })
  shop.sandbox.trustly.complete(shop.order('order-1').orderId)
  await idle()
  const { state, payment } = await payments.getDeposit({ reference: 'order-1' })
  expect(state).toBe('credited')
  expect(await payments.refund({ payment, reference: 'r-1', amount: sek('100.00') })).toMatchObject({
    status: 'accepted',
  })
  expect(executed()).toEqual([{ amount: '100.00', state: 'executed' }])
})

test('a refund stays unknown and counts while its rail is unreachable, and is resolved afterwards', async () => {
  const { state, transport } = cuttable()
  const { payments, refund } = await paid({ transport })
  shop.sandbox.trustly.faults.dropNextAnswer('Refund')
  expect(await payments.refund(refund)).toMatchObject({ status: 'unknown', rail: 't' })
  state.up = false
  for (let again = 0; again < 3; again += 1)
    expect(await payments.refund(refund)).toMatchObject({ status: 'unknown', resolveBy: 'replay' })
  const rest = { ...refund, reference: 'r-2', amount: sek('70.01') }
  await expect(payments.refund(rest)).rejects.toMatchObject({ code: 'exceeds_refundable', effect: 'not_sent' })
  const second = { ...refund, attempt: 2 }
  await expect(payments.refund(second)).rejects.toMatchObject({ code: 'conflict', effect: 'not_sent' })
  state.up = true
  expect(await payments.refund(refund)).toMatchObject({ status: 'accepted' })
  expect(executed()).toEqual([{ amount: '30.00', state: 'executed' }])
})

test('sync leaves a refund unknown while its rail is unreachable, and resolves it afterwards', async () => {
  const { state, transport } = cuttable()
  const { payments, refund } = await paid()
  shop.sandbox.trustly.faults.dropNextAnswer('Refund')
  await payments.refund(refund)
  let hours = 1
  const inAnHour = { transport, clock: () => new Date(Date.now() + hours * 3_600_000) }
  const later = shop.start(inAnHour)
  state.up = false
  expect(await later.sync()).toMatchObject({ resolved: 0, manualReview: [] })
  expect((await later.getDeposit({ reference: 'r-1' })).refunds).toMatchObject([{ state: 'unknown' }])
  state.up = true
  hours = 3
  expect(await later.sync()).toMatchObject({ resolved: 1, manualReview: [] })
  expect(await later.sync()).toMatchObject({ resolved: 0, manualReview: [] })
  expect((await later.getDeposit({ reference: 'r-1' })).refunds).toMatchObject([{ state: 'accepted' }])
  expect(executed()).toHaveLength(1)
})

test('a refund that was not sent is an error, does not count, and can be repeated with the same reference', async () => {
  const { state, transport } = cuttable()
  const { payments, refund } = await paid({ transport })
  state.up = false
  await expect(payments.refund(refund)).rejects.toMatchObject({ code: 'unreachable', effect: 'not_sent' })
  expect((await payments.getDeposit({ reference: 'order-1' })).refundable).toEqual(sek('100.00'))
  state.up = true
  expect(await payments.refund(refund)).toMatchObject({ status: 'accepted' })
  expect(executed()).toHaveLength(1)
})

test('an unsigned response does not count: the refund is unknown until the vendor’s own response', async () => {
  const { refund } = await paid()
  const impostor = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"version":"1.1","result":{"result":"1"}}'),
  )
  await new Promise<void>((resolve) => impostor.listen(0, '127.0.0.1', resolve))
  const wire = axiosTransport()
  const url = `http://127.0.0.1:${(impostor.address() as AddressInfo).port}/`
  const misled = shop.start({ transport: (request) => wire({ ...request, url }) })
  expect(await misled.refund(refund)).toMatchObject({ status: 'unknown' })
  impostor.close()
  impostor.closeAllConnections()
  expect(executed()).toEqual([])
  expect(await shop.start().refund(refund)).toMatchObject({ status: 'accepted' })
  expect(executed()).toHaveLength(1)
})

test('a refund that the vendor refuses is an error and does not count', async () => {
  const { payments, refund } = await paid()
  // The vendor has the reversal, and the shop does not know it yet.
  await shop.capture(() => shop.sandbox.trustly.debit(shop.order('order-1').orderId))
  const refused = payments.refund({ ...refund, amount: sek('100.00') })
  await expect(refused).rejects.toMatchObject({ effect: 'refused', retry: 'next_attempt' })
  expect((await payments.getDeposit({ reference: 'order-1' })).refunds).toEqual([])
})

describe('a store that fails', () => {
  const failing = (store: Store<void>, method: 'begin' | 'conclude'): Store<void> => ({
    ...store,
    [method]: () => Promise.reject(new Error('its driver: marked')),
  })

  test('before the call: nothing is sent', async () => {
    const payments = shop.start({ store: failing(memoryStore(), 'begin') })
    await expect(payments.deposit(depositOf('order-1'))).rejects.toMatchObject({
      code: 'store_failed',
      effect: 'not_sent',
      retry: 'same_attempt',
    })
    expect(shop.sandbox.trustly.requests()).toEqual([])
    expect(shop.logs.join()).toContain('the store could not record an intent')
    expect(shop.logs.join()).toContain('its driver: marked')
  })

  test('before the call, with a PaymentError of its own: its hint is returned', async () => {
    const hint = 'Call migrate() of the store.'
    const error = new PaymentError({
      code: 'store_failed',
      effect: 'not_sent',
      retry: 'same_attempt',
      message: 'The tables are missing.',
      hint,
    })
    const payments = shop.start({ store: { ...memoryStore(), begin: () => Promise.reject(error) } })
    await expect(payments.deposit(depositOf('order-1'))).rejects.toMatchObject({ code: 'store_failed', hint })
    expect(shop.sandbox.trustly.requests()).toEqual([])
  })

  test('after the call: the response is returned all the same, and the next process gets it again', async () => {
    const { redirectUrl } = await shop.start({ store: failing(shop.store, 'conclude') }).deposit(depositOf('order-1'))
    expect(shop.logs.join()).toContain('the store could not record a response')
    expect(shop.logs.join()).toContain('its driver: marked')
    expect((await shop.start().deposit(depositOf('order-1'))).redirectUrl).toBe(redirectUrl)
    expect(shop.sandbox.trustly.books().orders).toHaveLength(1)
  })
})
