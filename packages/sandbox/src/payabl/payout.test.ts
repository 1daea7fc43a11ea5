import {
  call,
  creditedDeposit,
  type Fields,
  paymentOf,
  placeDeposit,
  sample,
  startShop,
} from '../__fixtures__/payabl/shop.ts'
import { startTwin, type Twin } from '../__fixtures__/payabl/twin.ts'
import type { PayablOptions } from '../index.ts'

let sandbox: Twin
let shop: Awaited<ReturnType<typeof startShop>>
const others: Twin[] = []

beforeEach(async () => {
  shop = await startShop()
  sandbox = await start({})
})

afterEach(async () => {
  await Promise.all(others.splice(0).map((other) => other.close()))
  await shop.close()
})

const start = async (payabl: PayablOptions) => {
  const other = await startTwin(payabl)
  others.push(other)
  return other
}
const payOut = (fields: Fields, one: Twin = sandbox) =>
  call(one, 'payment_cft', {
    orderid: 'payout-0001',
    amount: '25.00',
    currency: 'EUR',
    payment_method: '116',
    ...fields,
  })
const toAccount = (overrides: Fields = {}): Fields => ({
  notification_url: shop.url,
  firstname: 'Max',
  lastname: 'Mustermann',
  email: 'test@test.com',
  birthday: '01011970',
  country: 'DEU',
  bankcountry: 'DE',
  accountnumber: 'DE89370400440532013000',
  ...overrides,
})
const names = (answer: Record<string, string>) => Object.keys(answer).sort()
const namesIn = (file: string) => [...new URLSearchParams(sample(file)).keys()].sort()
const hint = () => sandbox.payabl.requests().at(-1)?.hint

test('to a new account is accepted, leaves the balance, and nothing more is told', async () => {
  sandbox.payabl.setBalance('EUR', '100.00')
  const answer = await payOut(toAccount())
  expect(answer).toMatchObject({ status: '0', errmsg: '', amount: '25.00', orderid: 'payout-0001' })
  expect(names(answer)).toEqual(namesIn('res-cft-accepted.txt'))
  await sandbox.payabl.idle()
  expect(shop.received).toEqual([])
  expect(sandbox.payabl.books()).toMatchObject({
    payments: [{ redirectUrl: null, transactions: [{ type: 'cft', state: 'accepted', amount: '25.00' }] }],
    balance: { EUR: '75.00' },
  })
})

test('may be answered as pending', async () => {
  const other = await start({ account: { balance: { EUR: '25' } }, assumptions: { payoutStatus: 2000 } })
  expect(await payOut(toAccount(), other)).toMatchObject({ status: '2000', errmsg: 'pending' })
})

test('fails days later when the bank returns it, and the money is there again', async () => {
  sandbox.payabl.setBalance('EUR', '25.00')
  const { transactionid = '' } = await payOut(toAccount())
  sandbox.payabl.failPayout(transactionid)
  await sandbox.payabl.idle()
  expect(shop.received[0]?.fields).toMatchObject({
    transactionid,
    type: 'cft',
    errorcode: '-5008',
    errormessage: 'CFT aborted',
  })
  expect(Object.keys(shop.received[0]?.fields ?? {}).sort()).toEqual(namesIn('notification-payout-failed.txt'))
  expect(paymentOf(sandbox, transactionid)?.transactions[0]?.state).toBe('failed')
  expect(sandbox.payabl.books().balance).toEqual({ EUR: '25.00' })
  expect(() => sandbox.payabl.failPayout(transactionid)).toThrow('is failed, not accepted')
  expect(() => sandbox.payabl.credit(transactionid)).toThrow('is a payout')
})

test('above the balance is accepted, and told at once to have failed', async () => {
  sandbox.payabl.setBalance('EUR', '24.99')
  const { status, transactionid = '' } = await payOut(toAccount())
  await sandbox.payabl.idle()
  expect(status).toBe('0')
  expect(shop.received[0]?.fields).toMatchObject({ transactionid, errorcode: '-5008' })
  expect(sandbox.payabl.books().balance).toEqual({ EUR: '24.99' })
})

test('above the balance is refused where that is assumed, and nothing is told', async () => {
  const other = await start({ assumptions: { shortBalance: 'refused' } })
  const answer = await payOut(toAccount(), other)
  expect(answer).toMatchObject({ status: '-5008', errormessage: 'CFT aborted', amount: '25.00' })
  expect(names(answer)).toEqual(namesIn('res-cft-aborted.txt'))
  await other.payabl.idle()
  expect(shop.received).toEqual([])
  expect(paymentOf(other, answer.transactionid ?? '')?.transactions[0]?.state).toBe('failed')
})

describe('on an earlier transaction', () => {
  test('takes any amount, the id of a credited capture or of an accepted payout', async () => {
    const id = await creditedDeposit(sandbox)
    sandbox.payabl.setBalance('EUR', '100.00')
    const { status, transactionid } = await payOut({ transactionid: id })
    expect(status).toBe('0')
    expect(transactionid).not.toBe(id)
    expect(await payOut({ transactionid })).toMatchObject({ status: '0' })
    expect(sandbox.payabl.books().balance).toEqual({ EUR: '50.00' })
  })

  test('is refused for what was not paid, another currency and an unknown id', async () => {
    const { id } = await placeDeposit(sandbox)
    expect(await payOut({ transactionid: id })).toMatchObject({ status: '-6000' })
    expect(hint()).toContain('the id of the preauthorization')
    const credited = await creditedDeposit(sandbox)
    expect(await payOut({ transactionid: credited, currency: 'SEK' })).toMatchObject({ status: '-6103' })
    sandbox.payabl.fail(credited)
    expect(await payOut({ transactionid: credited })).toMatchObject({ status: '-6000' })
    expect(hint()).toBe('neither a credited pay-in nor a payout')
    expect(await payOut({ transactionid: '1' })).toMatchObject({ status: '-6000' })
  })
})

test.each<[Fields, string]>([
  [{ bankcountry: 'SE', accountnumber: '69706212', banknumber: '6112' }, '0'],
  [{ bankcountry: 'SE', accountnumber: 'SE4550000000058398257466' }, '0'],
  [{ bankcountry: 'SE', accountnumber: '69706212' }, '-1313'],
  [{ bankcountry: 'CZ' }, '-1314'],
  [{ bankcountry: 'DEU' }, '-1314'],
  [{ bankcountry: undefined }, '-1314'],
  [{ bankcountry: 'AT' }, '-1318'],
  [{ accountnumber: 'DE88370400440532013000' }, '-1318'],
  [{ accountnumber: '532013000' }, '-1318'],
  [{ accountnumber: undefined }, '-1318'],
  [{ email: undefined }, '-6000'],
  [{ email: 'nobody' }, '-6119'],
  [{ birthday: '1970-01-01' }, '-6115'],
  [{ birthday: undefined }, '-6000'],
  [{ lastname: undefined }, '-1311'],
  [{ payment_method: '1' }, '-1316'],
  [{ amount: '0' }, '-6102'],
  [{ notification_url: 'ftp://127.0.0.1' }, '-6000'],
  [{ orderid: 'x'.repeat(41) }, '-6000'],
])('to a new account with %j is answered %s', async (overrides, status) => {
  sandbox.payabl.setBalance('EUR', '100.00')
  expect(await payOut(toAccount(overrides))).toMatchObject({ status })
})

test('to a new account is not for gambling merchants', async () => {
  const other = await start({ account: { payoutsToNewAccounts: false } })
  expect(await payOut(toAccount(), other)).toMatchObject({ status: '-119', errmsg: 'No permission' })
})
