import { startMerchants } from '../../__fixtures__/trustly/merchants.ts'
import { ask, registerAccount, sample, shape } from '../../__fixtures__/trustly/shop.ts'
import type { Sandbox } from '../../index.ts'

let merchants: Awaited<ReturnType<typeof startMerchants>>
let sandbox: Sandbox
let accountId: string

beforeAll(async () => {
  merchants = await startMerchants({ each: { balance: { SEK: '150.00' } } })
})

beforeEach(async () => {
  sandbox = await merchants.next()
  accountId = await registerAccount(sandbox)
})

afterAll(() => merchants.close())

const pay = (data = {}) =>
  ask(sandbox, 'AccountPayout', { AccountID: accountId, NotificationURL: merchants.shop.url, ...data })
const paid = async (data = {}) => String((await pay(data)).result.data.orderid)
const order = (orderId: string) => sandbox.trustly.books().orders.find((entry) => entry.orderId === orderId)
const balance = () => sandbox.trustly.books().balance
const reported = async () => {
  await sandbox.trustly.idle()
  return merchants.shop.received.map(({ message }) => message)
}
const methods = async () => (await reported()).map(({ method }) => method)

describe('RegisterAccount', () => {
  test('answers as the test server was seen to (protocol/trustly.md, section 3.8)', async () => {
    const answer = await ask(sandbox, 'RegisterAccount')
    expect(shape(answer)).toEqual(shape(sample('java-response-registeraccount')))
    expect(answer.result.data).toMatchObject({
      clearinghouse: 'SWEDEN',
      bank: 'Handelsbanken',
      descriptor: '**706212',
    })
    const other = await ask(sandbox, 'RegisterAccount', { BankNumber: '5329', AccountNumber: '1865391' })
    expect(other.result.data).toMatchObject({ bank: 'SEB', descriptor: '*865391' })
  })

  test('gives the same AccountID for the same details, in ten digits', async () => {
    expect(accountId).toMatch(/^[1-9]\d{9}$/)
    expect(await registerAccount(sandbox)).toBe(accountId)
    const other = await ask(sandbox, 'RegisterAccount', { AccountNumber: '69706213' })
    expect(other.result.data.accountid).not.toBe(accountId)
  })

  test.each([
    [624, { AccountNumber: 'ABC' }],
    [624, { BankNumber: '1' }],
    [624, { ClearingHouse: 'FINLAND', BankNumber: '', AccountNumber: 'FI12' }],
    [623, { ClearingHouse: 'ATLANTIS' }],
  ])('answers %d to %j', async (code, data) => {
    expect((await ask(sandbox, 'RegisterAccount', data)).error.code).toBe(code)
  })

  test('takes an IBAN with an empty BankNumber', async () => {
    const iban = { ClearingHouse: 'FINLAND', BankNumber: '', AccountNumber: 'FI2112345600000785' }
    const { result } = await ask(sandbox, 'RegisterAccount', iban)
    expect(result.data).toMatchObject({ clearinghouse: 'FINLAND', descriptor: '************000785' })
  })
})

describe('AccountPayout', () => {
  test('takes the money from the balance and answers as published', async () => {
    const answer = await pay()
    expect(shape(answer)).toEqual(shape(sample('java-response-accountpayout')))
    expect(answer.result.data.result).toBe('1')
    expect(balance()).toEqual({ SEK: '50.00' })
    expect(order(answer.result.data.orderid)).toMatchObject({
      kind: 'payout',
      state: 'executed',
      amount: '100.00',
      accountId,
      checkoutUrl: null,
    })
    expect(await methods()).toEqual([])
  })

  test.each([
    [624, { AccountID: '1234567890' }],
    [620, { AccountID: 'mine' }],
    [615, { Amount: '0.00' }],
    [622, { Currency: 'XXX' }],
    [705, { NotificationURL: 'https://shop.example/?order=1' }],
  ])('answers %d to %j', async (code, data) => {
    expect((await pay(data)).error.code).toBe(code)
    expect(balance()).toEqual({ SEK: '150.00' })
  })

  test('goes once for one MessageID, whatever the method', async () => {
    await pay({ MessageID: 'one' })
    expect((await pay({ MessageID: 'one' })).error.code).toBe(637)
    expect((await ask(sandbox, 'RegisterAccountPayout', { MessageID: 'one' })).error.code).toBe(637)
    expect(balance()).toEqual({ SEK: '50.00' })
  })

  test('takes sender information and warns of nothing', async () => {
    const SenderInformation = { Partytype: 'PERSON', Firstname: 'Steve', Lastname: 'Smith', CountryCode: 'ES' }
    await ask(sandbox, 'AccountPayout', { AccountID: accountId }, { SenderInformation })
    expect(sandbox.trustly.requests().at(-1)).toMatchObject({ outcome: 'answered' })
    expect(sandbox.trustly.requests().at(-1)).not.toHaveProperty('hint')
  })

  test('warns when the statement is missing', async () => {
    await ask(
      sandbox,
      'AccountPayout',
      { AccountID: accountId, NotificationURL: merchants.shop.url },
      { ShopperStatement: null },
    )
    expect(sandbox.trustly.requests().at(-1)?.hint).toBe('ShopperStatement is missing')
  })
})

test('RegisterAccountPayout is both in one call', async () => {
  const answer = await ask(sandbox, 'RegisterAccountPayout', { NotificationURL: merchants.shop.url })
  expect(answer.result.data).toEqual({ orderid: expect.any(String), result: '1' })
  expect(order(answer.result.data.orderid)).toMatchObject({ kind: 'payout', state: 'executed', accountId })
  const refused = await ask(sandbox, 'RegisterAccountPayout', { AccountNumber: 'letters' })
  expect(refused.error.code).toBe(624)
})

describe('a payout above the balance', () => {
  const tooMuch = { Amount: '150.01' }

  test('fails after it was accepted: payoutfailed if switched on, and credit', async () => {
    sandbox.trustly.change({ payoutfailed: true })
    const orderId = await paid(tooMuch)
    expect(await methods()).toEqual(['payoutfailed', 'credit'])
    expect(order(orderId)?.state).toBe('failed')
    expect(balance()).toEqual({ SEK: '150.00' })
  })

  test('waits for money when the merchant is set up so', async () => {
    sandbox.trustly.change({ shortPayout: 'queued' })
    const orderId = await paid(tooMuch)
    expect(order(orderId)?.state).toBe('queued')
    sandbox.trustly.fund('0.01', 'SEK')
    expect(order(orderId)?.state).toBe('executed')
    expect(balance()).toEqual({ SEK: '0.00' })
  })

  test('is refused, or not accepted, when the merchant is set up so', async () => {
    sandbox.trustly.change({ shortPayout: 'refused' })
    expect((await pay(tooMuch)).error.code).toBe(603)
    sandbox.trustly.change({ shortPayout: 'not accepted' })
    expect((await pay(tooMuch)).result.data).toEqual({ result: '0' })
    expect(sandbox.trustly.books().orders).toEqual([])
  })
})

describe('what becomes of a payout', () => {
  test('is confirmed in silence, unless payoutconfirmation is switched on', async () => {
    const [quiet, loud] = [await paid({ Amount: '10.00' }), await paid({ Amount: '20.00' })]
    expect(sandbox.trustly.confirmPayout(quiet)).toBeNull()
    sandbox.trustly.change({ payoutconfirmation: true })
    const id = sandbox.trustly.confirmPayout(loud)
    const [confirmation, ...others] = await reported()
    expect(others).toEqual([])
    const published = sample('java-notification-payoutconfirmation')
    expect(shape(confirmation)).toEqual(shape(published))
    expect(confirmation).toMatchObject({
      method: 'payoutconfirmation',
      params: { data: { orderid: loud, amount: '20.00', currency: 'SEK', notificationid: id } },
    })
    expect([order(quiet)?.state, order(loud)?.state]).toEqual(['confirmed', 'confirmed'])
  })

  test('is credited to the balance when the bank sends it back, even after its confirmation', async () => {
    const orderId = await paid()
    sandbox.trustly.confirmPayout(orderId)
    sandbox.trustly.failPayout(orderId)
    expect(await methods()).toEqual(['credit'])
    expect((await reported())[0]?.params.data).toMatchObject({ orderid: orderId, amount: '100.00', currency: 'SEK' })
    expect(order(orderId)?.state).toBe('returned')
    expect(balance()).toEqual({ SEK: '150.00' })
    expect(() => sandbox.trustly.failPayout(orderId)).toThrow(`Order ${orderId} has no executed payout.`)
  })

  test('is reported with payoutfailed when that is switched on, in the published shape', async () => {
    sandbox.trustly.change({ payoutfailed: true })
    const orderId = await paid()
    sandbox.trustly.failPayout(orderId)
    const [failed, credit] = await reported()
    expect(shape(failed)).toEqual(shape(sample('docs-notification-payoutfailed')))
    expect(failed?.params.data).toMatchObject({
      errorcode: 'incorrect_account_number',
      errormessage: 'Format of the account number specified is not correct',
    })
    expect(credit?.method).toBe('credit')
  })

  test('is not what a deposit’s world can do', async () => {
    const orderId = await paid()
    expect(() => sandbox.trustly.complete(orderId)).toThrow('is accepted, not created or pending')
    expect(() => sandbox.trustly.debit(orderId)).toThrow('is a payout and brings no money')
    expect(() => sandbox.trustly.cancel(orderId)).toThrow('is accepted')
  })
})
