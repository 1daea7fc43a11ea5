import { keys } from '../../__fixtures__/keys.ts'
import { ask, type Data, sample, shape, startShop } from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../../index.ts'

// Methods, rejections and notifications after protocol/trustly.md, sections 3.17 and 4.3.

let sandbox: Sandbox
let shop: Awaited<ReturnType<typeof startShop>>
let mandate: string
let AccountID: string

beforeEach(async () => {
  // A Tuesday.
  sandbox = await startSandbox({ now: () => new Date('2026-03-10T12:00:00Z'), trustly: { keys, redeliverAfterMs: [] } })
  shop = await startShop(sandbox.trustly.merchant.privateKey)
  mandate = (await ask(sandbox, 'DirectDebitMandate', { NotificationURL: shop.url })).result.data.orderid
  sandbox.trustly.complete(mandate)
  const [signed] = await received()
  AccountID = String(signed?.accountid)
})

afterEach(async () => {
  await sandbox.close()
  await shop.close()
})

const received = async () => {
  await sandbox.trustly.idle()
  return shop.received.splice(0).map(({ message }): Data => ({ ...message.params.data, method: message.method }))
}
const rejection = (rejected: string) => ({ orderid: null, result: '0', rejected })
const balance = () => sandbox.trustly.books().balance
const order = (orderId: string) => sandbox.trustly.books().orders.find((one) => one.orderId === orderId)

const debit = async (overrides = {}, attributes = {}) =>
  (await ask(sandbox, 'DirectDebit', { AccountID, NotificationURL: shop.url, ...overrides }, attributes)).result.data
const collected = async (overrides = {}) => {
  const { orderid } = await debit(overrides)
  sandbox.trustly.complete(orderid)
  await received()
  return String(orderid)
}
const refund = async (orderId: string, overrides = {}) =>
  (await ask(sandbox, 'RefundDirectDebit', { OrderID: orderId, ...overrides }, null)).result.data
const credit = async (overrides = {}, attributes = {}) =>
  (await ask(sandbox, 'DirectCredit', { AccountID, NotificationURL: shop.url, ...overrides }, attributes)).result.data

describe('a direct debit', () => {
  test('is pending on a banking day, and credited', async () => {
    const accepted = await debit({ MessageID: 'collect-1' }, { PaymentDate: '2026-03-14', CollectionType: 'RECURRING' })
    expect(accepted).toEqual({ orderid: expect.stringMatching(/^\d{10}$/), result: '1', rejected: '' })
    sandbox.trustly.complete(accepted.orderid)
    const money = { orderid: accepted.orderid, messageid: 'collect-1', amount: '98.02', currency: 'GBP' }
    expect(await received()).toMatchObject([
      { method: 'pending', ...money, enduserid: '12345', accountid: AccountID, paymentdate: '2026-03-16' },
      {
        method: 'credit',
        ...money,
        accountid: AccountID,
        attributes: { reference: expect.any(String), statement: 'MyBrand' },
      },
    ])
    expect(balance()).toEqual({ GBP: '98.02' })
    expect(order(accepted.orderid)).toMatchObject({ kind: 'direct debit', state: 'credited', paid: '98.02' })
  })

  test('is refused by the bank, or charged back later: each with a reason', async () => {
    const { orderid } = await debit()
    sandbox.trustly.complete(orderid, { notify: ['pending'] })
    sandbox.trustly.cancel(orderid, { reason: 'ERROR_CHARGE_NOT_APPROVED', details: 'BACS ARUDD_0(REFER TO PAYER)' })
    const [, refused] = await received()
    expect(refused).toEqual({
      method: 'cancel',
      orderid,
      messageid: expect.any(String),
      notificationid: expect.any(String),
      attributes: { reason: 'ERROR_CHARGE_NOT_APPROVED', details: 'BACS ARUDD_0(REFER TO PAYER)' },
    })
    const second = await collected()
    sandbox.trustly.debit(second)
    expect(await received()).toMatchObject([
      {
        method: 'debit',
        amount: '98.02',
        attributes: { reason: 'CANCELLED', details: 'BACS ARUDD_1(INSTRUCTION CANCELLED BY PAYER)' },
      },
    ])
    expect(balance()).toEqual({ GBP: '0.00' })
  })

  test('fails once its mandate has ended', async () => {
    const { orderid } = await debit()
    sandbox.trustly.cancel(mandate)
    sandbox.trustly.complete(orderid)
    const [, failed] = await received()
    expect(failed).toMatchObject({ method: 'cancel', orderid, attributes: { reason: 'ERROR_MANDATE_INVALID' } })
    expect(await debit()).toEqual(rejection('ERROR_MANDATE_NOT_FOUND'))
  })

  test.each([
    [{ AccountID: '1234567890' }, {}, 'ERROR_MANDATE_NOT_FOUND'],
    [{ MerchantReference: '999ABC0123' }, {}, 'ERROR_MANDATE_NOT_FOUND'],
    [{ Currency: 'SEK' }, {}, 'ERROR_CURRENCY_FAILURE'],
    [{}, { PaymentDate: '2026-03-09' }, 'ERROR_PAYMENT_DATE_FAILURE'],
    [{}, { CollectionType: 'ONCE' }, 'ERROR_COLLECTION_TYPE_FAILURE'],
  ])('with %j and %j is rejected: a signed result', async (overrides, attributes, rejected) => {
    expect(await debit(overrides, attributes)).toEqual(rejection(rejected))
    expect(sandbox.trustly.requests().at(-1)?.hint).toContain(rejected)
  })

  test('is not allowed to a merchant without direct debit', async () => {
    sandbox.trustly.change({ directDebit: false })
    expect(await debit()).toEqual(rejection('ERROR_DIRECT_DEBIT_NOT_ALLOWED'))
  })

  test('with malformed parameters is an error', async () => {
    const codeOf = async (overrides = {}, attributes = {}) =>
      (await ask(sandbox, 'DirectDebit', { AccountID, ...overrides }, attributes)).error?.code
    expect(await codeOf({ Amount: '9' })).toBe(615)
    expect(await codeOf({ Currency: 'XXX' })).toBe(622)
    expect(await codeOf({}, { PaymentDate: 'soon' })).toBe(623)
    expect(await codeOf({ NotificationURL: 'http://shop.example/x' })).toBe(734)
    expect(await codeOf({ MessageID: 'one' })).toBeUndefined()
    expect(await codeOf({ MessageID: 'one' })).toBe(637)
  })

  test('is cancelled before the bank has it', async () => {
    const cancel = async (OrderID: string) => (await ask(sandbox, 'CancelDirectDebit', { OrderID }, null)).result.data
    const { orderid } = await debit()
    expect(await cancel(orderid)).toEqual({ orderid, result: '1', rejected: '' })
    expect(await received()).toMatchObject([{ method: 'cancel', attributes: { reason: 'CANCELLED' } }])
    expect(await cancel(await collected())).toEqual(rejection('ERROR_CHARGE_ALREADY_PROCESSED'))
    expect(await cancel(mandate)).toEqual(rejection('ERROR_CHARGE_NOT_FOUND'))
  })
})

describe('a refund of a direct debit', () => {
  test('is pending and then debited, with its own messageid and refund 1', async () => {
    const orderid = await collected()
    expect(await refund(orderid, { MessageID: 'refund-1' })).toEqual({ orderid, result: '1', rejected: '' })
    sandbox.trustly.confirmPayout(orderid)
    const same = { orderid, messageid: 'refund-1', refund: '1', amount: '98.02', currency: 'GBP' }
    expect(await received()).toMatchObject([
      { method: 'pending', ...same },
      { method: 'debit', ...same, attributes: { reference: expect.any(String), statement: 'MyBrand' } },
    ])
    expect(balance()).toEqual({ GBP: '0.00' })
    expect(order(orderid)?.refunds).toEqual([{ amount: '98.02', state: 'confirmed' }])
    expect((await ask(sandbox, 'DirectDebit', { AccountID, MessageID: 'refund-1' })).error.code).toBe(637)
  })

  test('fails with a cancel, and after its debit comes back with a credit', async () => {
    const [first, second] = [await collected(), await collected()]
    await refund(first)
    await refund(second)
    sandbox.trustly.returnRefund(first, '98.02')
    sandbox.trustly.confirmPayout(second)
    sandbox.trustly.returnRefund(second, '98.02')
    const ended = (await received()).filter(({ method }) => method === 'cancel' || method === 'credit')
    expect(ended).toMatchObject([
      { method: 'cancel', orderid: first, refund: '1', attributes: { reason: 'FAILED', details: '' } },
      { method: 'credit', orderid: second, refund: '1', amount: '98.02', attributes: { reason: 'FAILED' } },
    ])
    expect(balance()).toEqual({ GBP: '196.04' })
    expect((await refund(first)).result).toBe('1')
  })

  test('is rejected twice, above the amount, in another currency, of what is not collected, and after two years', async () => {
    const [first, second] = [await collected(), await collected()]
    const open = await debit()
    expect(await refund('1234567890')).toEqual(rejection('ERROR_CHARGE_NOT_FOUND'))
    expect(await refund(open.orderid)).toEqual(rejection('ERROR_CHARGE_NOT_REFUNDABLE'))
    expect(await refund(first, { Amount: '98.03' })).toEqual(rejection('ERROR_AMOUNT_FAILURE'))
    expect(await refund(first, { Currency: 'EUR' })).toEqual(rejection('ERROR_CURRENCY_FAILURE'))
    expect((await refund(first, { Amount: '1.00' })).result).toBe('1')
    expect(await refund(first, { Amount: '1.00' })).toEqual(rejection('ERROR_CHARGE_NOT_REFUNDABLE'))
    sandbox.trustly.cancel(mandate)
    await sandbox.clock.move(732 * 86_400_000)
    expect(await refund(second)).toEqual(rejection('ERROR_CHARGE_NOT_REFUNDABLE'))
  })

  test('has its MessageID in the settlement report', async () => {
    await refund(await collected({ MessageID: 'collect-1' }), { MessageID: 'refund-1', Amount: '1.00' })
    const report = { SettlementDate: '2026-03-11' }
    const { result } = await ask(sandbox, 'ViewAutomaticSettlementDetailsCSV', report)
    expect(result.data.view_automatic_settlement_details).toMatch(/Refund,refund-1,.*\n.*Charge,collect-1,/)
  })
})

describe('a direct credit', () => {
  beforeEach(() => sandbox.trustly.fund('100.00', 'GBP'))

  test('is pending and then debited; the pending is the published one', async () => {
    const { orderid } = await credit({ MessageID: 'credit-1' })
    const [published] = [sample('docs-notification-mdd-directcredit-pending')]
    await sandbox.trustly.idle()
    expect(shape(shop.received[0]?.message)).toEqual(shape(published))
    sandbox.trustly.confirmPayout(orderid)
    const [pending, debited] = await received()
    expect(pending).toMatchObject({ method: 'pending', amount: '98.02', currency: 'GBP', messageid: 'credit-1' })
    expect(debited).toMatchObject({ method: 'debit', amount: '98.02', attributes: { statement: 'MyBrand' } })
    expect(debited).not.toHaveProperty('enduserid')
    expect(balance()).toEqual({ GBP: '1.98' })
    expect(order(orderid)).toMatchObject({ kind: 'direct credit', state: 'confirmed' })
  })

  test('that fails is cancelled as published, and one that comes back is credited', async () => {
    const { orderid } = await credit({ Amount: '10.00' })
    await received()
    sandbox.trustly.failPayout(orderid)
    await sandbox.trustly.idle()
    expect(shape(shop.received[0]?.message)).toEqual(shape(sample('docs-notification-mdd-directcredit-cancel')))
    expect(await received()).toMatchObject([{ attributes: { reason: 'INVALID_ACCOUNT', details: '' } }])
    const second = await credit({ Amount: '10.00' })
    sandbox.trustly.confirmPayout(second.orderid)
    sandbox.trustly.failPayout(second.orderid)
    expect((await received()).map(({ method }) => method)).toEqual(['pending', 'debit', 'credit'])
    expect(balance()).toEqual({ GBP: '100.00' })
  })

  test.each([
    [{ Amount: null }, {}, 'ERROR_AMOUNT_FAILURE'],
    [{ Currency: null }, {}, 'ERROR_CURRENCY_FAILURE'],
    [{ AccountID: '1234567890' }, {}, 'ERROR_MANDATE_NOT_FOUND'],
    [{}, { PaymentDate: '2026-03-09' }, 'ERROR_PAYMENT_DATE_FAILURE'],
  ])('with %j and %j is rejected', async (overrides, attributes, rejected) => {
    expect(await credit(overrides, attributes)).toEqual(rejection(rejected))
  })

  test.each([
    ['failed', { result: '1' }, ['pending', 'cancel']],
    ['queued', { result: '1' }, ['pending']],
    ['not accepted', rejection('ERROR_AMOUNT_FAILURE'), []],
  ] as const)('above the balance is %s', async (shortPayout, response, methods) => {
    sandbox.trustly.change({ shortPayout })
    expect(await credit({ Amount: '100.01' })).toMatchObject(response)
    expect((await received()).map(({ method }) => method)).toEqual(methods)
    expect(balance()).toEqual({ GBP: '100.00' })
  })
})
