import {
  call,
  creditedDeposit,
  elements,
  type Fields,
  paymentOf,
  placeDeposit,
  query,
  sample,
  startShop,
} from '../../__fixtures__/payabl/shop.ts'
import { type PayablAlone, startPayablAlone } from '../../__fixtures__/payabl/start-payabl.ts'
import type { PayablOptions } from '../../index.ts'
import { toLocalTime } from '../../platform/local-time.ts'

// Both kinds, their tables and failures: protocol/payabl.md section 3.2 and the samples res-cft-* and
// notification-payout-failed. Codes: section 5. Countries and accounts: section 7. The German IBAN is the registry's
// example (ISO 13616).

let sandbox: PayablAlone
let shop: Awaited<ReturnType<typeof startShop>>
const others: PayablAlone[] = []

beforeEach(async () => {
  shop = await startShop()
  sandbox = await start({})
})

afterEach(async () => {
  await Promise.all(others.splice(0).map((other) => other.close()))
  await shop.close()
})

const start = async (payabl: PayablOptions) => {
  const other = await startPayablAlone(payabl)
  others.push(other)
  return other
}
const payOut = (fields: Fields, one: PayablAlone = sandbox) =>
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

test('to a new account is accepted, leaves the balance, and nothing more is reported', async () => {
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

// Section 3.6: diagnose echoes custom1 and order_id.
test('is found by its own id, with what was sent along', async () => {
  sandbox.payabl.setBalance('EUR', '25.00')
  const { transactionid } = await payOut(toAccount({ custom1: 'till 7' }))
  const xml = await query(sandbox, 'tx_diagnose', { type: 'tx', transactionid })
  expect(elements(xml, 'type')).toEqual(['cft'])
  expect([...elements(xml, 'custom1'), ...elements(xml, 'order_id')]).toEqual(['till 7', 'payout-0001'])
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

test('above the balance is accepted, and reported at once as failed', async () => {
  sandbox.payabl.setBalance('EUR', '24.99')
  const { status, transactionid = '' } = await payOut(toAccount())
  await sandbox.payabl.idle()
  expect(status).toBe('0')
  expect(shop.received[0]?.fields).toMatchObject({ transactionid, errorcode: '-5008' })
  expect(sandbox.payabl.books().balance).toEqual({ EUR: '24.99' })
})

test('above the balance is refused where that is assumed, and nothing is reported', async () => {
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

// Its rows are those of "B. New account details" in protocol/payabl.md section 3.2, its codes those of section 5.
test('to a new account names the first broken field in the order of the tables', async () => {
  sandbox.payabl.setBalance('EUR', '100.00')
  const broken: Array<[name: string, value: string | undefined, status: string]> = [
    ['amount', '8.5', '-6102'],
    ['currency', 'eur', '-6103'],
    ['payment_method', '1', '-1316'],
    ['orderid', 'x'.repeat(41), '-6000'],
    ['notification_url', 'ftp://127.0.0.1', '-6000'],
    ['external_id', 'x'.repeat(256), '-6000'],
    ['bankcountry', 'DEU', '-1314'],
    ['accountnumber', 'DE00', '-1318'],
    ['email', 'nobody', '-6119'],
    ['birthday', '1970-01-01', '-6115'],
    ['firstname', undefined, '-1311'],
    ['lastname', 'x'.repeat(51), '-6105'],
  ]
  for (const [fixed, [name, , status]] of broken.entries()) {
    const left = Object.fromEntries(broken.slice(fixed).map(([field, value]) => [field, value]))
    expect([name, (await payOut(toAccount(left))).status]).toEqual([name, status])
  }
  expect(await payOut(toAccount())).toMatchObject({ status: '0' })
})

describe('from the dashboard', () => {
  test('is seen only in the books and by tx_diagnose, and fails at the account’s address', async () => {
    const other = await start({ account: { notificationUrl: shop.url } })
    const id = await creditedDeposit(other)
    const payout = other.payabl.payOutFromDashboard(id, '4.00')
    const again = other.payabl.payOutFromDashboard(payout, '1.00')
    await other.payabl.idle()
    expect(shop.received).toEqual([])
    expect(other.payabl.books().balance).toEqual({ EUR: '5.00' })
    const day = toLocalTime(other.clock.now(), 'Europe/Berlin').slice(0, 10)
    const listed = await query(other, 'tx_diagnose', { type: 'cft', start_date: day, end_date: day })
    expect(elements(listed, 'transaction_id').map((text) => text.trim())).toEqual([payout, again])
    other.payabl.failPayout(payout)
    await other.payabl.idle()
    expect(shop.received.map(({ fields }) => fields)).toMatchObject([
      { transactionid: payout, type: 'cft', errorcode: '-5008', amount: '4.00', orderid: '' },
    ])
  })

  test('needs money and something paid', async () => {
    const id = await creditedDeposit(sandbox)
    expect(() => sandbox.payabl.payOutFromDashboard(id, '10.01')).toThrow('The balance is too small.')
    const { id: pending } = await placeDeposit(sandbox)
    expect(() => sandbox.payabl.payOutFromDashboard(pending, '1.00')).toThrow('is pending, not credited')
  })
})

// Section 3.2: "a notification will be sent to the provided Notification URL", at once or days later.
test.each(['at once', 'days later'])(
  'that fails %s is reported at the account’s address, if it names none',
  async (when) => {
    const balance = when === 'at once' ? {} : { EUR: '25.00' }
    const other = await start({ account: { notificationUrl: shop.url, balance } })
    const { transactionid = '' } = await payOut(toAccount({ notification_url: undefined }), other)
    if (when === 'days later') {
      await other.clock.move(3 * 86_400_000)
      other.payabl.failPayout(transactionid)
    }
    await other.payabl.idle()
    expect(shop.received.map(({ fields }) => fields)).toMatchObject([
      { transactionid, type: 'cft', errorcode: '-5008' },
    ])
  },
)
