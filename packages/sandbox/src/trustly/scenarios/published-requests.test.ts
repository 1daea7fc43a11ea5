import { keys } from '../../__fixtures__/keys.ts'
import { type Data, isSigned, post, sample, shape, signedBody } from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox, walkCheckout } from '../../index.ts'
import { createMerchant } from '../state/merchant.ts'

// The parameters that the Java client's tests and the vendor's pages publish, signed by a merchant of ours.

let sandbox: Sandbox
let owner: Awaited<ReturnType<typeof createMerchant>>

beforeAll(async () => {
  owner = await createMerchant(keys.merchant)
})

afterEach(() => sandbox.close())

const parametersOf = (name: string): Data => {
  const message = sample(name)
  return message.params?.Data ?? message
}

/** Starts a sandbox that knows the request's merchant, and gives a way to send it. */
const merchantOf = async (name: string) => {
  const data = parametersOf(name)
  const merchant = { ...owner, username: String(data.Username), password: String(data.Password) }
  const balance = { EUR: '1000.00' }
  sandbox = await startSandbox({ trustly: { keys, merchants: [{ ...merchant, balance }], redeliverAfterMs: [] } })
  return async (method: string, changes: Data = {}) => {
    const body = signedBody(method, { ...data, ...changes }, { key: merchant.privateKey })
    const answer = JSON.parse(await (await post(sandbox.trustly.url, body)).text())
    const signed = answer.result ?? answer.error.error
    expect(isSigned(signed, signed.signature, sandbox.trustly.publicKey)).toBe(true)
    return answer
  }
}

test.each([
  ['deposit_1', 'Deposit', 'deposit'],
  ['deposit_2', 'Deposit', 'deposit'],
  ['deposit_3', 'Deposit', 'deposit'],
  ['withdraw', 'Withdraw', 'withdraw'],
  ['selectaccount', 'SelectAccount', 'selectaccount'],
  ['registeraccount', 'RegisterAccount', 'registeraccount'],
  ['registeraccount_2', 'RegisterAccount', 'registeraccount'],
])('java-request-%s is answered as published', async (request, method, response) => {
  const send = await merchantOf(`java-request-${request}`)
  expect(shape(await send(method))).toEqual(shape(sample(`java-response-${response}`)))
})

test('java-request-deposit_ideal has an amount without decimals, which is a switch’s business', async () => {
  const send = await merchantOf('java-request-deposit_ideal')
  expect((await send('Deposit')).error.code).toBe(615)
  sandbox.trustly.change({ looseAmounts: true })
  expect(shape(await send('Deposit'))).toEqual(shape(sample('java-response-deposit')))
  expect(sandbox.trustly.books().orders[0]?.amount).toBe('10.00')
})

test.each(['java-request-accountpayout_1', 'java-request-accountpayout_2', 'java-request-accountpayout_3'])(
  '%s is answered as published once the AccountID is known',
  async (name) => {
    const send = await merchantOf(name)
    expect((await send('AccountPayout')).error.message).toBe('ERROR_INVALID_BANK_ACCOUNT_NUMBER')
    const iban = { ClearingHouse: 'SPAIN', BankNumber: '', AccountNumber: 'ES9121000418450200051332' }
    const { result } = await send('RegisterAccount', { ...iban, Firstname: 'Steve', Lastname: 'Smith' })
    const answer = await send('AccountPayout', { AccountID: result.data.accountid })
    expect(shape(answer)).toEqual(shape(sample('java-response-accountpayout')))
    expect(answer.result.data.result).toBe('1')
    expect(sandbox.trustly.books().balance).toEqual({ EUR: '200.00' })
  },
)

test.each(['java-request-charge_1', 'java-request-charge_2'])('%s is rejected as the test server did', async (name) => {
  const send = await merchantOf(name)
  expect((await send('Charge')).result.data).toEqual({
    result: '0',
    orderid: null,
    rejected: 'ERROR_ACCOUNT_NOT_FOUND',
  })
})

test.each([
  ['refund', 'Refund', 655, 'ERROR_INVALID_ORDER_ID'],
  ['cancelcharge', 'CancelCharge', 655, 'ERROR_INVALID_ORDER_ID'],
  ['approvewithdrawal', 'ApproveWithdrawal', 604, 'ERROR_NOT_FOUND'],
  ['denywithdrawal', 'DenyWithdrawal', 604, 'ERROR_NOT_FOUND'],
  ['settlementreport', 'ViewAutomaticSettlementDetailsCSV', 620, 'ERROR_UNKNOWN'],
])('java-request-%s names what does not exist', async (request, method, code, message) => {
  const send = await merchantOf(`java-request-${request}`)
  expect((await send(method)).error).toMatchObject({ code, message })
})

test('java-request-refund, with Attributes null, is answered as published once its deposit exists', async () => {
  const send = await merchantOf('java-request-refund')
  const { Username, Password, ...deposit } = parametersOf('java-request-deposit_1')
  const { result } = await send('Deposit', {
    ...deposit,
    Attributes: { ...(deposit.Attributes as Data), Currency: 'EUR' },
  })
  sandbox.trustly.complete(String(result.data.orderid), { amount: '100.00' })
  const answer = await send('Refund', { OrderID: result.data.orderid })
  expect(shape(answer)).toEqual(shape(sample('java-response-refund')))
  expect(answer.result.data).toEqual({ orderid: result.data.orderid, result: '1' })
})

test.each([
  ['accountledger', 'AccountLedger'],
  ['getwithdrawals', 'GetWithdrawals'],
])('java-request-%s finds nothing yet', async (request, method) => {
  const send = await merchantOf(`java-request-${request}`)
  expect((await send(method)).result.data).toEqual([])
})

test('java-request-balance shows the balance', async () => {
  const send = await merchantOf('java-request-balance')
  expect((await send('Balance')).result.data).toEqual([{ currency: 'EUR', balance: '1000.00' }])
})

test('docs-request-merchantsettlement is answered as published after a first settlement', async () => {
  const send = await merchantOf('docs-request-merchantsettlement')
  expect((await send('MerchantSettlement')).error.code).toBe(621)
  sandbox.trustly.settle('1.00', 'EUR')
  const answer = await send('MerchantSettlement', { MessageID: 'another' })
  expect(shape(answer)).toEqual(shape(sample('docs-response-merchantsettlement')))
})

test('the walked page of the published withdrawal asks for the amount', async () => {
  const send = await merchantOf('java-request-withdraw')
  const { result } = await send('Withdraw')
  expect(await walkCheckout(result.data.url, { amount: '10.00' })).toBe('https://yourpage.com/success')
})
