import { keys } from '../../__fixtures__/keys.ts'
import { ask, type Data, sample, startShop } from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox, walkCheckout } from '../../index.ts'

// Methods, rejections and notifications after protocol/trustly.md, sections 3.17, 4.2 and 4.3.

let sandbox: Sandbox
let shop: Awaited<ReturnType<typeof startShop>>

beforeEach(async () => {
  sandbox = await startSandbox({ now: () => new Date('2026-03-10T12:00:00Z'), trustly: { keys, redeliverAfterMs: [] } })
  shop = await startShop(sandbox.trustly.merchant.privateKey)
})

afterEach(async () => {
  await sandbox.close()
  await shop.close()
})

const received = async () => {
  await sandbox.trustly.idle()
  return shop.received.splice(0).map(({ message }): Data => ({ ...message.params.data, method: message.method }))
}
const open = async (attributes = {}) =>
  (await ask(sandbox, 'DirectDebitMandate', { NotificationURL: shop.url }, attributes)).result.data
const cancel = async (orderId: string) =>
  (await ask(sandbox, 'CancelDirectDebitMandate', { OrderID: orderId }, null)).result.data
const importing = async (attributes = {}) =>
  ask(sandbox, 'ImportDirectDebitMandate', { NotificationURL: shop.url }, attributes)
const stateOf = (orderId: string) => sandbox.trustly.books().orders.find((order) => order.orderId === orderId)?.state

test('is signed on a page; account says 0, and 1 when it is active', async () => {
  const { orderid, url } = await open()
  expect(await walkCheckout(url)).toBe('https://shop.example/success')
  const [signed, active] = await received()
  expect(signed).toMatchObject({
    method: 'account',
    orderid,
    accountid: expect.stringMatching(/^\d{10}$/),
    verified: '1',
    attributes: {
      clearinghouse: 'UNITED_KINGDOM',
      directdebitmandate: '0',
      country: 'GB',
      accountholders: ['Åsa Öberg'],
      accountsource: 'AIS',
    },
  })
  expect(active).toMatchObject({ accountid: signed?.accountid, attributes: { directdebitmandate: '1' } })
  for (const member of ['enduserid', 'timestamp', 'amount']) expect(signed).not.toHaveProperty(member)
  expect(sandbox.trustly.books().orders).toMatchObject([
    { kind: 'mandate', state: 'active', merchantReference: '123ABC0123', amount: null, accountId: signed?.accountid },
  ])
})

test.each([
  ['signed', 'pending', []],
  ['signed-refused', 'cancelled', ['FAILED']],
])('the option %s of its page leaves it %s', async (outcome, state, reasons) => {
  const { orderid, url } = await open()
  await walkCheckout(url, { outcome })
  const [, ...later] = await received()
  expect(later).toMatchObject(reasons.map((reason) => ({ method: 'cancel', attributes: { reason } })))
  expect(stateOf(orderid)).toBe(state)
})

test('can become active a day after it was signed', async () => {
  const { orderid, url } = await open()
  await walkCheckout(url, { outcome: 'signed-active-later' })
  expect(stateOf(orderid)).toBe('pending')
  await sandbox.clock.move(86_400_000)
  expect(stateOf(orderid)).toBe('active')
})

test('is cancelled by the merchant, and by the customer years later: cancel has no end user and no timestamp', async () => {
  const [first, second] = [await open(), await open({ MerchantReference: '123ABC0124' })]
  sandbox.trustly.complete(first.orderid)
  await received()
  expect(await cancel(first.orderid)).toEqual({ orderid: first.orderid, result: '1', rejected: '' })
  sandbox.trustly.complete(second.orderid)
  await sandbox.clock.move(3 * 365 * 86_400_000)
  sandbox.trustly.cancel(second.orderid, { details: 'ADDACS_1' })
  const cancels = (await received()).filter(({ method }) => method === 'cancel')
  expect(cancels).toEqual([
    {
      method: 'cancel',
      orderid: first.orderid,
      messageid: expect.any(String),
      notificationid: expect.any(String),
      attributes: { reason: 'CANCELLED', details: '', merchantreference: '123ABC0123', accountid: expect.any(String) },
    },
    expect.objectContaining({ attributes: expect.objectContaining({ reason: 'CANCELLED', details: 'ADDACS_1' }) }),
  ])
  expect(await cancel(first.orderid)).toEqual({ orderid: null, result: '0', rejected: 'ERROR_MANDATE_NOT_FOUND' })
})

test('moves to another bank: 0 for the old account and 1 for the new one, with the same order', async () => {
  const { orderid } = await open()
  sandbox.trustly.complete(orderid)
  const [, active] = await received()
  sandbox.trustly.moveMandate(orderid)
  const [left, entered] = await received()
  expect(left).toMatchObject({ orderid, accountid: active?.accountid, attributes: { directdebitmandate: '0' } })
  expect(entered).toMatchObject({ orderid, attributes: { directdebitmandate: '1' } })
  expect(entered?.accountid).not.toBe(active?.accountid)
  const swedish = await open({ Country: 'SE', MerchantReference: '1234567' })
  sandbox.trustly.complete(swedish.orderid)
  expect(() => sandbox.trustly.moveMandate(swedish.orderid)).toThrow('is not in BACS and cannot move')
})

test('is cancelled when the end user has one for the bank account, or its AccountID is unknown', async () => {
  const [first, second] = [await open(), await open({ MerchantReference: '123ABC0124' })]
  await walkCheckout(first.url)
  await received()
  expect(await walkCheckout(second.url)).toBe('https://shop.example/fail')
  await open({ MerchantReference: '123ABC0125', AccountID: '1234567890' })
  const another = { NotificationURL: shop.url, EndUserID: 'another' }
  const { result } = await ask(sandbox, 'DirectDebitMandate', another, { MerchantReference: '123ABC0126' })
  expect(await walkCheckout(result.data.url, { outcome: 'signed' })).toBe('https://shop.example/success')
  expect((await received()).map(({ method, attributes }) => [method, attributes])).toEqual([
    ['cancel', expect.objectContaining({ reason: 'MANDATE_ALREADY_EXISTS', merchantreference: '123ABC0124' })],
    ['cancel', expect.objectContaining({ reason: 'INVALID_ACCOUNT_ID', merchantreference: '123ABC0125' })],
    ['account', expect.objectContaining({ directdebitmandate: '0' })],
  ])
})

test.each([
  ['GB', 'ABC12', 717],
  ['GB', 'DDIC123', 717],
  ['GB', 'AAAAAAA', 717],
  ['GB', 'abc1234', 717],
  ['SE', '012345', 717],
  ['SE', '123456', undefined],
  ['DE', '123456789', 717],
  ['DE', '1234567890', undefined],
])('in %s takes the references of its scheme: %s', async (Country, MerchantReference, code) => {
  const answer = await ask(sandbox, 'DirectDebitMandate', {}, { Country, MerchantReference })
  expect(answer.error?.code).toBe(code)
})

test.each([
  [{ Email: null }, 642],
  [{ Country: 'XX' }, 737],
  [{ SuccessURL: 'shop' }, 700],
  [{ FailURL: null }, 701],
  [{ Theme: 'PINK' }, 717],
  [{ Country: 'SE', MerchantReference: '1234567', Lastname: null }, 717],
])('names the mistake in %j', async (attributes, code) => {
  expect((await ask(sandbox, 'DirectDebitMandate', {}, attributes)).error.code).toBe(code)
})

test('has a reference of its own, also after it ended', async () => {
  const { orderid } = await open()
  sandbox.trustly.cancel(orderid)
  const again = await ask(sandbox, 'DirectDebitMandate')
  expect(again.error.message).toBe('ERROR_MERCHANT_REFERENCE_ALREADY_EXISTS')
  sandbox.trustly.change({ directDebit: false })
  expect((await ask(sandbox, 'DirectDebitMandate')).error.code).toBe(712)
})

test('expires on its page like every checkout', async () => {
  const { orderid } = await open()
  await sandbox.clock.move(31 * 60_000)
  expect(await received()).toMatchObject([{ method: 'cancel', orderid, attributes: { reason: 'CANCELLED' } }])
})

describe('the published request of ImportDirectDebitMandate', () => {
  const { AccountID } = sample('docs-request-importdirectdebitmandate').params.Data.Attributes

  test('is rejected until the vendor allows imports, and knows the account', async () => {
    const rejected = async () => (await importing({ AccountID })).result.data.rejected
    expect(await rejected()).toBe('ERROR_IMPORT_MANDATE_NOT_ALLOWED')
    sandbox.trustly.change({ importMandates: true })
    expect(await rejected()).toBe('ERROR_ACCOUNT_NOT_FOUND')
  })

  test.each([
    ['CREATE', ['0', '1'], 'active'],
    ['REGISTER', ['0'], 'pending'],
  ])('with ImportType %s is %s', async (ImportType, mandates, state) => {
    sandbox.trustly.change({ importMandates: true })
    const numbers = { ClearingHouse: 'UNITED_KINGDOM', BankNumber: '200000', AccountNumber: '55779911' }
    const { accountid } = (await ask(sandbox, 'RegisterAccount', numbers)).result.data
    const { result } = await importing({ ImportType, AccountID: accountid })
    expect(result.data).toEqual({ orderid: expect.stringMatching(/^\d{10}$/), result: '1', rejected: '' })
    expect(await received()).toMatchObject(
      mandates.map((directdebitmandate) => ({ method: 'account', attributes: { directdebitmandate } })),
    )
    expect(stateOf(result.data.orderid)).toBe(state)
  })

  test('has one of two types', async () => {
    expect((await importing({ ImportType: 'COPY' })).error.code).toBe(717)
  })
})
