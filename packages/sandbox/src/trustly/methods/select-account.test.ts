import { startMerchants } from '../../__fixtures__/trustly/merchants.ts'
import { ask, sample, shape } from '../../__fixtures__/trustly/shop.ts'
import { type Sandbox, walkCheckout } from '../../index.ts'

let merchants: Awaited<ReturnType<typeof startMerchants>>
let sandbox: Sandbox
let shop: (typeof merchants)['shop']

beforeAll(async () => {
  merchants = await startMerchants({ each: { balance: { SEK: '500.00' } } })
  shop = merchants.shop
})

beforeEach(async () => {
  sandbox = await merchants.next()
})

afterAll(() => merchants.close())

const select = async (attributes = {}) => {
  const { result } = await ask(sandbox, 'SelectAccount', { NotificationURL: shop.url }, attributes)
  return { orderId: String(result.data.orderid), url: String(result.data.url) }
}
const order = (orderId: string) => sandbox.trustly.books().orders.find((entry) => entry.orderId === orderId)
const reported = async () => {
  await sandbox.trustly.idle()
  return shop.received.map(({ message }) => message)
}

test('opens a page, as published, on which an account is chosen', async () => {
  expect(shape(await ask(sandbox, 'SelectAccount'))).toEqual(shape(sample('java-response-selectaccount')))
  const { orderId, url } = await select()
  expect(await (await fetch(url)).text()).toContain('Your bank account')
  expect(await walkCheckout(url)).toBe('https://shop.example/success')
  expect(order(orderId)).toMatchObject({ kind: 'selection', state: 'chosen', currency: '', amount: null, paid: null })
  expect(await (await fetch(url)).text()).toContain('<h1>Account chosen</h1>')
})

test('tells the account only when that is switched on', async () => {
  await walkCheckout((await select()).url)
  expect(await reported()).toEqual([])
  sandbox.trustly.change({ account: true })
  await walkCheckout((await select()).url)
  const [account] = await reported()
  expect(shape(account)).toEqual(shape(sample('docs-notification-account')))
  expect(account?.params.data).toMatchObject({ verified: '1', attributes: { clearinghouse: 'SWEDEN' } })
})

test('tells also whose account it is, with Lean KYC', async () => {
  sandbox.trustly.change({ account: true, leanKyc: true })
  await walkCheckout((await select()).url)
  const [account] = await reported()
  expect(shape(account)).toEqual(shape(sample('docs-notification-account-with-kyc')))
  expect(account?.params.data).toMatchObject({ attributes: { name: 'Åsa Öberg' } })
})

test('gives an AccountID that can be paid to', async () => {
  sandbox.trustly.change({ account: true })
  await walkCheckout((await select()).url)
  const [account] = await reported()
  const AccountID = account?.params.data.accountid ?? ''
  const { result } = await ask(sandbox, 'AccountPayout', { AccountID })
  expect(result.data.result).toBe('1')
  await walkCheckout((await select()).url)
  expect((await reported()).at(-1)?.params.data.accountid).toBe(AccountID)
})

test('is reported with a deposit and a withdrawal too', async () => {
  sandbox.trustly.change({ account: true })
  const deposit = await ask(
    sandbox,
    'Deposit',
    { NotificationURL: shop.url, EndUserID: '1', MessageID: 'deposit' },
    {
      Country: 'FI',
      Locale: 'fi_FI',
      Firstname: 'Aino',
      Email: 'aino@example.com',
      Currency: 'EUR',
      Amount: '10.00',
      ShopperStatement: 'MyBrand.com',
      SuccessURL: 'https://shop.example/success',
      FailURL: 'https://shop.example/fail',
    },
  )
  await walkCheckout(deposit.result.data.url)
  const withdrawal = await ask(sandbox, 'Withdraw', { NotificationURL: shop.url }, { SuggestedAmount: '10.00' })
  await walkCheckout(withdrawal.result.data.url)
  const methods = (await reported()).map(({ method }) => method)
  expect(methods).toHaveLength(5)
  expect(methods.filter((method) => method === 'account')).toHaveLength(2)
  expect(methods.filter((method) => method !== 'account')).toEqual(
    expect.arrayContaining(['pending', 'credit', 'debit']),
  )
})

test('the world can choose without the page, and the books know the account', async () => {
  sandbox.trustly.change({ account: true })
  const { orderId } = await select({ RequestDirectDebitMandate: '1' })
  const [id] = sandbox.trustly.complete(orderId)
  const [account] = await reported()
  expect(account?.params.data).toMatchObject({ notificationid: id, attributes: { directdebitmandate: '1' } })
  expect(sandbox.trustly.books().bankAccounts).toEqual([
    {
      accountId: account?.params.data.accountid,
      clearingHouse: 'SWEDEN',
      bank: 'Skärgårdsbanken',
      descriptor: expect.stringMatching(/^\*{4} \*\d{6}$/),
      lastDigits: expect.stringMatching(/^\d{6}$/),
      mandate: true,
    },
  ])
  expect(() => sandbox.trustly.complete(orderId)).toThrow('is chosen, not created')
})

describe('a mandate', () => {
  test('is asked for on the page and reported with the account', async () => {
    sandbox.trustly.change({ account: true })
    const { url } = await select({ RequestDirectDebitMandate: '1' })
    await walkCheckout(url)
    expect((await reported())[0]?.params.data).toMatchObject({ attributes: { directdebitmandate: '1' } })
  })

  test('can be declined', async () => {
    sandbox.trustly.change({ account: true })
    const { url } = await select({ RequestDirectDebitMandate: 1 })
    await walkCheckout(url, { outcome: 'no-mandate' })
    expect((await reported())[0]?.params.data).toMatchObject({ attributes: { directdebitmandate: '0' } })
  })

  test('needs Email, and the merchant’s permission', async () => {
    const asked = { RequestDirectDebitMandate: '1' }
    expect((await ask(sandbox, 'SelectAccount', {}, { ...asked, Email: null })).error.code).toBe(642)
    sandbox.trustly.change({ directDebit: false })
    expect((await ask(sandbox, 'SelectAccount', {}, asked)).error.code).toBe(712)
  })
})

test('can be left, which is cancel', async () => {
  const { orderId, url } = await select()
  expect(await walkCheckout(url, { cancel: true })).toBe('https://shop.example/fail')
  expect((await reported()).map(({ method }) => method)).toEqual(['cancel'])
  expect(order(orderId)?.state).toBe('cancelled')
})
