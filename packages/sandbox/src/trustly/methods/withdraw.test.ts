import { startMerchants } from '../../__fixtures__/trustly/merchants.ts'
import { acknowledge, ask, sample, shape } from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, walkCheckout } from '../../index.ts'

let merchants: Awaited<ReturnType<typeof startMerchants>>
let sandbox: Sandbox
let shop: (typeof merchants)['shop']

beforeAll(async () => {
  merchants = await startMerchants({ each: { balance: { SEK: '150.00' } } })
  shop = merchants.shop
})

beforeEach(async () => {
  sandbox = await merchants.next()
})

afterAll(() => merchants.close())

const open = async (attributes = {}) => {
  const { result } = await ask(sandbox, 'Withdraw', { NotificationURL: shop.url }, attributes)
  return { orderId: String(result.data.orderid), url: String(result.data.url) }
}
const order = (orderId: string) => sandbox.trustly.books().orders.find((entry) => entry.orderId === orderId)
const reported = async () => {
  await sandbox.trustly.idle()
  return shop.received.map(({ message }) => message)
}
const methods = async () => (await reported()).map(({ method }) => method)
const reserve = async () => {
  const withdrawal = await open({ SuggestedAmount: '100.00' })
  await walkCheckout(withdrawal.url)
  await sandbox.trustly.idle()
  return withdrawal.orderId
}
const refuseDebit = () =>
  shop.answers.push(({ message }, response) =>
    response.end(acknowledge(message, sandbox.trustly.merchant.privateKey, { status: 'FAILED' })),
  )
const decide = (method: string, orderId: string | number) => ask(sandbox, method, { OrderID: orderId }, null)

test('opens a page, as published', async () => {
  const answer = await ask(sandbox, 'Withdraw')
  expect(shape(answer)).toEqual(shape(sample('java-response-withdraw')))
})

test('is asked for on the page, reserved by the debit, approved by the merchant', async () => {
  const { orderId, url } = await open({ SuggestedMinAmount: '50.00', SuggestedMaxAmount: '100.00' })
  await expect(walkCheckout(url, { amount: '49.99' })).rejects.toThrow('HTTP 422')
  expect(await walkCheckout(url, { amount: '60.00' })).toBe('https://shop.example/success')
  const [debit] = await reported()
  expect(shape(debit)).toEqual(shape(sample('java-notification-debit')))
  expect(debit?.params.data).toMatchObject({ amount: '60.00', currency: 'SEK', orderid: orderId })
  expect(order(orderId)).toMatchObject({ kind: 'withdrawal', state: 'reserved', paid: '60.00' })
  const answer = await decide('ApproveWithdrawal', Number(orderId))
  expect(shape(answer)).toEqual(shape(sample('java-response-approvewithdrawal')))
  expect(answer.result.data).toEqual({ orderid: orderId, result: '1' })
  expect(order(orderId)?.state).toBe('executed')
  expect(sandbox.trustly.books().balance).toEqual({ SEK: '90.00' })
})

test('is sent at once where no approval is needed', async () => {
  sandbox.trustly.change({ autoApprove: true })
  expect(order(await reserve())?.state).toBe('executed')
})

test('is cancelled when the debit is answered FAILED', async () => {
  refuseDebit()
  const orderId = await reserve()
  expect(await methods()).toEqual(['debit', 'cancel'])
  expect(order(orderId)?.state).toBe('cancelled')
  expect((await decide('ApproveWithdrawal', orderId)).result.data.result).toBe('0')
})

test('is denied with cancel and credit', async () => {
  const orderId = await reserve()
  const answer = await decide('DenyWithdrawal', orderId)
  expect(shape(answer)).toEqual(shape(sample('java-response-denywithdrawal')))
  expect(await methods()).toEqual(['debit', 'cancel', 'credit'])
  expect(order(orderId)?.state).toBe('cancelled')
  expect(sandbox.trustly.books().balance).toEqual({ SEK: '150.00' })
  expect((await decide('DenyWithdrawal', orderId)).result.data.result).toBe('0')
})

test('waits for its debit to be answered', async () => {
  shop.answers.push((_, response) => response.writeHead(503).end())
  const orderId = await reserve()
  expect(order(orderId)?.state).toBe('requested')
  expect((await decide('ApproveWithdrawal', orderId)).result.data.result).toBe('0')
  expect(sandbox.trustly.books().balance).toEqual({ SEK: '150.00' })
})

test('that does not exist, or is none, is not found', async () => {
  const deposit = await ask(sandbox, 'SelectAccount')
  expect((await decide('ApproveWithdrawal', '3298150342')).error.message).toBe('ERROR_NOT_FOUND')
  expect((await decide('DenyWithdrawal', deposit.result.data.orderid)).error.message).toBe('ERROR_NOT_FOUND')
})

test('above the balance is the merchant’s switch’s business', async () => {
  const orderId = await reserve()
  sandbox.trustly.settle('100.00', 'SEK')
  sandbox.trustly.change({ shortPayout: 'refused' })
  expect((await decide('ApproveWithdrawal', orderId)).error.code).toBe(603)
  sandbox.trustly.change({ shortPayout: 'not accepted' })
  expect((await decide('ApproveWithdrawal', orderId)).result.data.result).toBe('0')
  sandbox.trustly.change({ shortPayout: 'failed' })
  expect((await decide('ApproveWithdrawal', orderId)).result.data.result).toBe('1')
  expect(await methods()).toEqual(['debit', 'credit'])
  expect(order(orderId)?.state).toBe('failed')
})

test('can be left on its page', async () => {
  const { orderId, url } = await open()
  expect(await (await fetch(url)).text()).toContain('Any amount in SEK')
  expect(await walkCheckout(url, { cancel: 'login' })).toBe('https://shop.example/fail')
  expect(await methods()).toEqual(['cancel'])
  expect(await (await fetch(url)).text()).toContain('<h1>Cancelled</h1>')
  expect(order(orderId)?.state).toBe('cancelled')
})

test('the world can ask for it without the page', async () => {
  const { orderId } = await open()
  sandbox.trustly.complete(orderId, { amount: '10.00' })
  expect(await methods()).toEqual(['debit'])
  expect(order(orderId)?.state).toBe('reserved')
})
