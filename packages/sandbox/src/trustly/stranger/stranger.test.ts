import { randomUUID } from 'node:crypto'
import { keys } from '../../__fixtures__/keys.ts'
import {
  ask,
  call,
  callBody,
  type Data,
  depositData,
  isSigned,
  placeDeposit,
  post,
  refundData,
  registerAccount,
  startShop,
} from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox, type TrustlyStrangerOrder } from '../../index.ts'

// "One key pair of Trustly signs for all merchants of an environment, and a notification names no merchant"
// (protocol/trustly.md, section 15). What is genuine is judged by the shop of the fixtures.

type Shop = Awaited<ReturnType<typeof startShop>>

let sandbox: Sandbox
let shop: Shop

beforeEach(async () => {
  sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: [] } })
  shop = await startShop(sandbox.trustly.merchant.privateKey)
})

afterEach(async () => {
  await sandbox.close()
  await shop.close()
})

const stranger = () => sandbox.trustly.stranger
const strangersBooks = () => sandbox.trustly.books(stranger().username)
const strangersCall = async (method: string, data: Data, uuid: string = randomUUID()) => {
  const { username, password, privateKey } = stranger()
  const own = { Username: username, Password: password, ...data }
  const response = await post(sandbox.trustly.url, callBody(sandbox, method, own, { key: privateKey, uuid }))
  return JSON.parse(await response.text())
}
const errorOf = (answer: { error?: { message: string } }) => answer.error?.message

describe('over the API', () => {
  test('is a merchant like any other: its own credentials and key, and Trustly’s one key signs the answers', async () => {
    const data = depositData(stranger())
    const { result } = await strangersCall('Deposit', data)
    expect(isSigned(result, result.signature, sandbox.trustly.publicKey)).toBe(true)
    expect(strangersBooks().orders.map(({ orderId }) => orderId)).toEqual([result.data.orderid])
    const wrongKey = await call(sandbox, 'Deposit', depositData(stranger()))
    expect(errorOf(wrongKey)).toBe('ERROR_UNABLE_TO_VERIFY_RSA_SIGNATURE')
    expect(stranger().privateKey).not.toBe(sandbox.trustly.merchant.privateKey)
  })

  test('may name our MessageID and our address: a MessageID is unique for each merchant only', async () => {
    const taken = { MessageID: 'order-1001', NotificationURL: shop.url }
    const ours = await placeDeposit(sandbox, taken)
    const theirs = await strangersCall('Deposit', depositData(stranger(), taken))
    expect(theirs.result.data.orderid).toMatch(/^\d{10}$/)
    expect(theirs.result.data.orderid).not.toBe(ours.orderId)
    expect(errorOf(await strangersCall('Deposit', depositData(stranger(), taken)))).toBe('ERROR_DUPLICATE_MESSAGE_ID')
    expect(errorOf(await call(sandbox, 'Deposit', depositData(sandbox.trustly.merchant, taken)))).toBe(
      'ERROR_DUPLICATE_MESSAGE_ID',
    )
  })

  test('neither can refund, look up, approve or cancel what is the other’s', async () => {
    sandbox.trustly.fund('500.00', 'SEK')
    const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url })
    sandbox.trustly.complete(orderId)
    const payout = (await ask(sandbox, 'RegisterAccountPayout')).result.data.orderid
    const withdrawal = (await ask(sandbox, 'Withdraw')).result.data.orderid
    const accountId = await registerAccount(sandbox)
    const theirs = stranger().order({ messageId: 'theirs', notificationUrl: shop.url })
    sandbox.trustly.complete(theirs)
    await sandbox.trustly.idle()
    const money = { Amount: '1.00', Currency: 'SEK' }
    expect(errorOf(await strangersCall('Refund', { OrderID: orderId, ...money }))).toBe('ERROR_INVALID_ORDER_ID')
    expect(errorOf(await strangersCall('CancelCharge', { OrderID: orderId }))).toBe('ERROR_INVALID_ORDER_ID')
    expect((await strangersCall('GetWithdrawals', { OrderID: payout })).result.data).toEqual([])
    expect(errorOf(await strangersCall('ApproveWithdrawal', { OrderID: withdrawal }))).toBe('ERROR_NOT_FOUND')
    const order = { EndUserID: '1', MessageID: 'paid-to-ours', NotificationURL: shop.url }
    const toOurs = { ...order, ...money, AccountID: accountId }
    expect(errorOf(await strangersCall('AccountPayout', toOurs))).toBe('ERROR_INVALID_BANK_ACCOUNT_NUMBER')
    expect(errorOf(await call(sandbox, 'Refund', refundData(sandbox.trustly.merchant, theirs, '1.00')))).toBe(
      'ERROR_INVALID_ORDER_ID',
    )
  })

  test('has a balance and a ledger of its own', async () => {
    const { orderId } = await placeDeposit(sandbox)
    sandbox.trustly.complete(orderId)
    const days = { FromDate: '2000-01-01', ToDate: '2099-01-01' }
    expect((await strangersCall('AccountLedger', days)).result.data).toEqual([])
    expect((await strangersCall('Balance', {})).result.data).toEqual([])
    sandbox.trustly.complete(stranger().order({ messageId: 'theirs', notificationUrl: shop.url, amount: '7.00' }))
    expect([sandbox.trustly.books().balance, strangersBooks().balance]).toEqual([{ SEK: '103.00' }, { SEK: '7.00' }])
    expect(sandbox.trustly.books().orders).toHaveLength(1)
  })

  test('a UUID that both use is no repetition', async () => {
    const uuid = randomUUID()
    const ours = await call(sandbox, 'Deposit', depositData(sandbox.trustly.merchant), { uuid })
    const theirs = await strangersCall('Deposit', depositData(stranger()), uuid)
    expect(theirs.result.uuid).toBe(uuid)
    expect(theirs.result.data.orderid).not.toBe(ours.result.data.orderid)
  })
})

describe('an order of the stranger’s with our MessageID and our address', () => {
  const notified = () => shop.received.map(({ message }) => message)

  const placed = (method: NonNullable<TrustlyStrangerOrder['method']>, attributes: Data = {}) =>
    stranger().order({ method, messageId: 'order-1001', notificationUrl: shop.url, amount: '249.90', attributes })

  test.each<
    [method: NonNullable<TrustlyStrangerOrder['method']>, happen: (orderId: string) => unknown, reported: string[]]
  >([
    ['Deposit', (id) => sandbox.trustly.complete(id), ['account', 'pending', 'credit']],
    [
      'Deposit',
      (id) => [sandbox.trustly.complete(id), sandbox.trustly.debit(id)],
      ['account', 'pending', 'credit', 'debit'],
    ],
    ['Deposit', (id) => sandbox.trustly.cancel(id), ['cancel']],
    ['Deposit', (id) => sandbox.trustly.identify(id), ['kyc']],
    ['SelectAccount', (id) => sandbox.trustly.complete(id), ['account']],
    ['Withdraw', (id) => sandbox.trustly.complete(id), ['account', 'debit']],
    ['AccountPayout', (id) => sandbox.trustly.confirmPayout(id), ['payoutconfirmation']],
    ['AccountPayout', (id) => sandbox.trustly.failPayout(id), ['payoutfailed', 'credit']],
    ['RegisterAccountPayout', (id) => sandbox.trustly.confirmPayout(id), ['payoutconfirmation']],
    ['RegisterAccountPayout', (id) => sandbox.trustly.failPayout(id), ['payoutfailed', 'credit']],
    ['Charge', (id) => sandbox.trustly.complete(id), ['pending', 'credit']],
  ])('%s: what becomes of it reaches us, well signed (%#)', async (method, happen, reported) => {
    const orderId = placed(method, method === 'Deposit' ? { RequestKYC: '1' } : {})
    happen(orderId)
    await sandbox.trustly.idle()
    expect(notified().map(({ method }) => method)).toEqual(reported)
    for (const { method, params } of notified()) {
      expect(params.data).toMatchObject({ messageid: 'order-1001', orderid: orderId })
      expect(isSigned({ method, ...params }, params.signature, sandbox.trustly.publicKey)).toBe(true)
    }
    expect(strangersBooks().orders).toMatchObject([{ orderId, notificationUrl: shop.url }])
    expect(sandbox.trustly.books().orders).toEqual([])
  })

  test('is for 100.00 SEK unless said otherwise', () => {
    stranger().order({ messageId: 'one', notificationUrl: shop.url })
    stranger().order({ messageId: 'two', notificationUrl: shop.url, amount: '5', currency: 'HUF', endUserId: 'c-77' })
    expect(strangersBooks().orders).toMatchObject([
      { amount: '100.00', currency: 'SEK' },
      { amount: '5', currency: 'HUF', endUserId: 'c-77' },
    ])
  })

  test('is acknowledged in vain: Trustly checks the reply with the key of the merchant whose order it is', async () => {
    const orderId = placed('Deposit')
    sandbox.trustly.complete(orderId, { notify: ['credit'] })
    await sandbox.trustly.idle()
    const outcomes = strangersBooks().orders[0]?.notifications.flatMap(({ attempts }) => attempts)
    expect(outcomes?.map(({ outcome }) => outcome)).toEqual([
      expect.stringMatching(/^the signature does not verify/),
      expect.stringMatching(/^the signature does not verify/),
    ])
  })

  test('may be refunded by the stranger, who makes any other call too', async () => {
    const orderId = placed('Deposit')
    sandbox.trustly.complete(orderId)
    const money = { Amount: '9.90', Currency: 'SEK' }
    expect(stranger().call('Refund', { OrderID: orderId, ...money })).toEqual({ orderid: orderId, result: '1' })
    expect(sandbox.trustly.returnRefund(orderId, '9.90')).toMatch(/^\d{10}$/)
    expect(stranger().call('Balance')).toEqual([{ currency: 'SEK', balance: '249.90' }])
  })

  test('is refused with Trustly’s error where a call would be', () => {
    placed('Deposit')
    expect(() => placed('Withdraw')).toThrow('ERROR_DUPLICATE_MESSAGE_ID')
    expect(() => stranger().order({ messageId: 'x', notificationUrl: 'http://shop.example/' })).toThrow(
      'ERROR_NOT_SECURE_NOTIFICATIONURL',
    )
    expect(() => stranger().call('Refund', { OrderID: '1', Amount: '1.00', Currency: 'SEK' })).toThrow(
      'ERROR_INVALID_ORDER_ID',
    )
    expect(() => stranger().call('Nothing')).toThrow('ERROR_INVALID_FUNCTION')
  })
})

describe('an imitation of our order', () => {
  test('is of the same kind, with the same MessageID, address, end user and money', async () => {
    const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url })
    const theirs = stranger().imitate(orderId)
    const [ours] = sandbox.trustly.books().orders
    const { kind, messageId, notificationUrl, endUserId, amount, currency } = ours ?? {}
    expect(strangersBooks().orders).toMatchObject([
      { orderId: theirs, kind, messageId, notificationUrl, endUserId, amount, currency, state: 'created' },
    ])
    expect(theirs).not.toBe(orderId)
    sandbox.trustly.complete(theirs)
    await sandbox.trustly.idle()
    expect(shop.received.map(({ message }) => message.params.data)).toMatchObject([
      { orderid: theirs, messageid: messageId },
      { orderid: theirs, messageid: messageId, amount },
      { orderid: theirs, messageid: messageId, amount },
    ])
    expect(sandbox.trustly.books().orders[0]?.state).toBe('created')
  })

  test.each(['SelectAccount', 'Withdraw', 'RegisterAccountPayout'])('of %s', async (method) => {
    sandbox.trustly.fund('500.00', 'SEK')
    const { result } = await ask(sandbox, method, { NotificationURL: shop.url })
    const theirs = stranger().imitate(result.data.orderid)
    const [ours, copy] = [sandbox.trustly.books().orders[0], strangersBooks().orders[0]]
    expect(copy).toMatchObject({ orderId: theirs, kind: ours?.kind, state: ours?.state, amount: ours?.amount })
  })

  test('goes elsewhere, or is for other money, when reported', async () => {
    const { orderId } = await placeDeposit(sandbox, { NotificationURL: shop.url })
    const changes = { messageId: 'other', notificationUrl: `${shop.url}/without-token`, amount: '1.00', endUserId: 'x' }
    stranger().imitate(orderId, changes)
    expect(strangersBooks().orders).toMatchObject([changes])
  })

  test('is one only, because the stranger’s MessageID is taken then, and of an order that exists', async () => {
    const { orderId } = await placeDeposit(sandbox)
    stranger().imitate(orderId)
    expect(() => stranger().imitate(orderId)).toThrow('ERROR_DUPLICATE_MESSAGE_ID')
    expect(() => stranger().imitate('1')).toThrow('There is no order 1.')
  })
})

test('has the key that it was given, or one that is made when it is needed', async () => {
  expect(stranger().privateKey).toBe(keys.stranger)
  const other = await startSandbox({ trustly: { keys: { vendor: keys.vendor, merchant: keys.merchant } } })
  expect(other.trustly.stranger.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/)
  expect(other.trustly.stranger.privateKey).toBe(other.trustly.stranger.privateKey)
  await other.close()
})
