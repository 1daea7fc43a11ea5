import { keys } from '../../__fixtures__/keys.ts'
import { ask, call, refundData, registerAccount, sample, shape, startShop } from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox, walkCheckout } from '../../index.ts'

let sandbox: Sandbox
let shop: Awaited<ReturnType<typeof startShop>>
let time: Date

beforeEach(async () => {
  time = new Date('2026-03-10T12:00:00Z')
  sandbox = await startSandbox({
    now: () => time,
    trustly: { keys, redeliverAfterMs: [], switches: { account: true } },
  })
  shop = await startShop(sandbox.trustly.merchant.privateKey)
})

afterEach(async () => {
  await sandbox.close()
  await shop.close()
})

const reported = async () => {
  await sandbox.trustly.idle()
  return shop.received.map(({ message }) => message)
}
const grantMandate = async (): Promise<string> => {
  const asked = { RequestDirectDebitMandate: '1' }
  const { result } = await ask(sandbox, 'SelectAccount', { NotificationURL: shop.url }, asked)
  await walkCheckout(result.data.url)
  const [account] = await reported()
  shop.received.length = 0
  return String(account?.params.data.accountid)
}
const charge = (accountId: string, attributes = {}) =>
  ask(sandbox, 'Charge', { AccountID: accountId, NotificationURL: shop.url }, attributes)
const cancel = (orderId: string) => ask(sandbox, 'CancelCharge', { OrderID: orderId }, null)
const order = (orderId: string) => sandbox.trustly.books().orders.find((entry) => entry.orderId === orderId)

test('pulls money on a mandate', async () => {
  const { result } = await charge(await grantMandate())
  expect(result.data).toEqual({ result: '1', orderid: expect.stringMatching(/^\d{10}$/) })
  sandbox.trustly.complete(result.data.orderid)
  expect((await reported()).map(({ method }) => method)).toEqual(['pending', 'credit'])
  expect(order(result.data.orderid)).toMatchObject({ kind: 'charge', state: 'credited', paid: '100.00' })
  expect(sandbox.trustly.books().balance).toEqual({ SEK: '100.00' })
})

test('is charged back with a debit, and can be refunded', async () => {
  const { orderid } = (await charge(await grantMandate())).result.data
  sandbox.trustly.complete(orderid)
  const refund = await call(sandbox, 'Refund', refundData(sandbox.trustly.merchant, orderid, '30.00'))
  expect(refund.result.data.result).toBe('1')
  sandbox.trustly.debit(orderid, '70.00')
  expect((await reported()).map(({ method }) => method)).toEqual(['pending', 'credit', 'debit'])
  expect(sandbox.trustly.books().balance).toEqual({ SEK: '0.00' })
})

test('that is rejected is a signed result with "0", not an error', async () => {
  const accountId = await registerAccount(sandbox)
  expect((await charge('1234567890')).result.data).toEqual({
    result: '0',
    orderid: null,
    rejected: 'ERROR_ACCOUNT_NOT_FOUND',
  })
  expect((await charge(accountId)).result.data).toEqual({
    result: '0',
    orderid: null,
    rejected: 'ERROR_MANDATE_NOT_FOUND',
  })
  sandbox.trustly.change({ directDebit: false })
  expect((await charge(accountId)).result.data).toEqual({
    result: '0',
    orderid: null,
    rejected: 'ERROR_DIRECT_DEBIT_NOT_ALLOWED',
  })
})

test('has nulls where the pages print them, when switched on', async () => {
  const accountId = await grantMandate()
  sandbox.trustly.change({ nullMembers: true })
  const answer = await charge(accountId)
  expect(shape(answer)).toEqual(shape(sample('java-response-charge')))
  expect(shape(await cancel(answer.result.data.orderid))).toEqual(shape(sample('java-response-cancelcharge_ok')))
  expect((await charge('1234567890')).result.data).toMatchObject({ result: '0', orderid: null })
})

test('is cancelled before it happens', async () => {
  const { orderid } = (await charge(await grantMandate())).result.data
  expect((await cancel(orderid)).result.data).toEqual({ result: '1' })
  expect((await reported()).map(({ method }) => method)).toEqual(['cancel'])
  expect(order(orderid)?.state).toBe('cancelled')
  const late = await cancel(orderid)
  const { uuid, ...published } = late.result
  expect(uuid).toEqual(expect.any(String))
  expect(shape(published)).toEqual(shape(sample('java-response-cancelcharge_fail').result))
  expect(late.result.data).toEqual({ result: '0', rejected: 'Payment already executed' })
})

test.each([
  ['day before', '2026-03-10T17:59:59Z', '2026-03-10T18:00:00Z'],
  ['same day', '2026-03-11T18:29:59Z', '2026-03-11T18:30:00Z'],
] as const)('can be cancelled until the cut-off: %s', async (chargeCutOff, before, after) => {
  sandbox.trustly.change({ chargeCutOff })
  const accountId = await grantMandate()
  const dated = async () => (await charge(accountId, { PaymentDate: '2026-03-11' })).result.data.orderid
  const [early, late] = [await dated(), await dated()]
  time = new Date(before)
  expect((await cancel(early)).result.data.result).toBe('1')
  time = new Date(after)
  expect((await cancel(late)).result.data.result).toBe('0')
})

test('of an unknown order is ERROR_INVALID_ORDER_ID', async () => {
  expect((await cancel('2513519555')).error.code).toBe(655)
})

test('takes EndUserID as a number, as the Java client’s sample sends it', async () => {
  const answer = await ask(sandbox, 'Charge', { AccountID: '1234567890', EndUserID: 12345 })
  expect(answer.result.data.rejected).toBe('ERROR_ACCOUNT_NOT_FOUND')
})
