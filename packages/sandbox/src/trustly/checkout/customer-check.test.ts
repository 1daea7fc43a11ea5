import { startMerchants } from '../../__fixtures__/trustly/merchants.ts'
import { acknowledge, placeDeposit, sample, shape, signText } from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, walkCheckout } from '../../index.ts'

let merchants: Awaited<ReturnType<typeof startMerchants>>
let sandbox: Sandbox
let shop: (typeof merchants)['shop']

beforeAll(async () => {
  merchants = await startMerchants()
  shop = merchants.shop
})

beforeEach(async () => {
  sandbox = await merchants.next()
})

afterAll(() => merchants.close())

const place = (attributes = {}) =>
  placeDeposit(sandbox, { NotificationURL: shop.url }, { RequestKYC: '1', ...attributes })
const order = (orderId: string) => sandbox.trustly.books().orders.find((entry) => entry.orderId === orderId)
const answerWith = (status: string) =>
  shop.answers.push(({ message }, response) =>
    response.end(acknowledge(message, sandbox.trustly.merchant.privateKey, { status })),
  )
const limitTo = (limit: string) =>
  shop.answers.push(({ message }, response) => {
    const { uuid } = message.params
    const signature = signText(`kyc${uuid}limit${limit}statusCONTINUE`, sandbox.trustly.merchant.privateKey)
    const data = { limit, status: 'CONTINUE' }
    response.end(JSON.stringify({ result: { signature, uuid, method: 'kyc', data }, version: '1.1' }))
  })
const methods = async () => {
  await sandbox.trustly.idle()
  return shop.received.map(({ message }) => message.method)
}

test('RequestKYC asks the shop before the transfer, in the published shape', async () => {
  answerWith('CONTINUE')
  const { orderId, url } = await place()
  expect(await walkCheckout(url)).toBe('https://shop.example/success')
  expect(await methods()).toEqual(['kyc', 'pending', 'credit'])
  expect(shape(shop.received[0]?.message)).toEqual(shape(sample('docs-notification-kyc')))
  expect(shop.received[0]?.message.params.data).toMatchObject({ attributes: { firstname: 'Åsa', lastname: 'Öberg' } })
  expect(order(orderId)?.state).toBe('credited')
})

test('FINISH ends the payment', async () => {
  answerWith('FINISH')
  const { orderId, url } = await place()
  expect(await walkCheckout(url)).toBe('https://shop.example/fail')
  expect(await methods()).toEqual(['kyc', 'cancel'])
  expect(order(orderId)?.state).toBe('cancelled')
})

test('a limit caps what the customer may pay', async () => {
  limitTo('100.00')
  const open = await place({ Amount: null })
  await expect(walkCheckout(open.url, { amount: '100.01' })).rejects.toThrow('HTTP 422')
  expect(await walkCheckout(open.url, { amount: '100.00' })).toBe('https://shop.example/success')
  await sandbox.trustly.idle()
  limitTo('100.00')
  const fixed = await place({ Amount: '100.01' })
  expect(await walkCheckout(fixed.url)).toBe('https://shop.example/fail')
  expect(order(fixed.orderId)?.state).toBe('cancelled')
})

test('the customer who is under age is turned away, and the shop receives the reason', async () => {
  answerWith('FINISH')
  const { url } = await place()
  expect(await walkCheckout(url, { outcome: 'kyc-abort' })).toBe('https://shop.example/fail')
  expect(await methods()).toEqual(['kyc', 'cancel'])
  expect(shop.received[0]?.message.params.data).toMatchObject({
    attributes: { abort: '1', abortmessage: 'underage' },
  })
})

test('nothing goes on before the shop has answered', async () => {
  const { orderId, url } = await place({ HoldNotifications: '1' })
  await expect(walkCheckout(url)).rejects.toThrow('HTTP 422')
  expect(order(orderId)?.state).toBe('created')
  const [kyc] = order(orderId)?.notifications ?? []
  answerWith('CONTINUE')
  expect(await sandbox.trustly.redeliver(kyc?.id ?? '')).toBe('accepted')
  expect(await walkCheckout(url)).toBe('https://shop.example/success')
})

test('is refused where Pay N Play is not enabled', async () => {
  sandbox.trustly.change({ payAndPlay: false })
  await expect(place()).rejects.toThrow()
  expect(sandbox.trustly.requests().at(-1)?.error).toEqual({ code: 732, name: 'ERROR_PAY_AND_PLAY_NOT_ALLOWED' })
})

test('the world can ask without the page', async () => {
  const { orderId } = await place()
  const id = sandbox.trustly.identify(orderId, 'unverified')
  expect(await methods()).toEqual(['kyc'])
  expect(shop.received[0]?.message.params.data).toMatchObject({
    notificationid: id,
    attributes: { abortmessage: 'unverified' },
  })
  const { orderId: plain } = await placeDeposit(sandbox)
  expect(() => sandbox.trustly.identify(plain)).toThrow(`Order ${plain} has no RequestKYC.`)
})
