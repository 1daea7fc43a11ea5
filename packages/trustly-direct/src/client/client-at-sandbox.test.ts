import { randomUUID } from 'node:crypto'
import { type Either, isLeft } from '@railswitch/core/provider'
import { type Sandbox, startSandbox } from '@railswitch/sandbox'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import { createTrustlyDirect } from '../provider.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ trustly: { keys, balance: { SEK: '1000.00' }, switches: { payAndPlay: true } } })
})
afterAll(() => sandbox.close())

const trustly = () => {
  const { url, publicKey, merchant } = sandbox.trustly
  const provider = createTrustlyDirect({ ...merchant, environment: 'local', url, publicKey, replayAfterMs: [] })
  if (isLeft(provider)) throw new Error(JSON.stringify(provider.left))
  return provider.right.native
}
const ok = <A>(answer: Either<unknown, A>): A => {
  if (isLeft(answer)) throw answer.left
  return answer.right
}
const once = () => ({ uuid: randomUUID() })

const order = () => ({
  NotificationURL: 'https://shop.example/trustly/x',
  EndUserID: 'c-77',
  MessageID: randomUUID(),
})
const person = {
  Firstname: 'Åsa',
  Lastname: 'Öberg',
  Country: 'SE',
  Locale: 'sv_SE',
  Email: 'asa@shop.example',
  MobilePhone: '+46709876543',
  ShopperStatement: 'SHOP',
  SuccessURL: 'https://shop.example/ok',
  FailURL: 'https://shop.example/no',
}
const bankAccount = { ClearingHouse: 'SWEDEN', BankNumber: '6112', AccountNumber: '69706212' } as const
const holder = { Firstname: 'Åsa', Lastname: 'Öberg' }

const register = async () =>
  ok(await trustly().registerAccount({ EndUserID: 'c-77', ...bankAccount, ...holder }, once())())

const deposited = async () => {
  const Attributes = { ...person, Amount: '100.00', Currency: 'SEK' }
  const { orderid } = ok(await trustly().deposit({ ...order(), Attributes }, once())())
  sandbox.trustly.complete(orderid)
  return orderid
}

test('a deposit with everything that Deposit takes is opened', async () => {
  const party = { Partytype: 'PERSON', Firstname: 'Mark', Lastname: 'Smith', CountryCode: 'ES' } as const
  const Attributes = {
    ...person,
    Amount: '100.00',
    Currency: 'SEK',
    RequestKYC: '1',
    RequestDirectDebitMandate: '1',
    IP: '203.0.113.7',
    URLTarget: '_top',
    TemplateURL: 'https://shop.example/template',
    NationalIdentificationNumber: '790131-1234',
    UnchangeableNationalIdentificationNumber: '1',
    RecipientInformation: party,
    ExternalReference: 'x-1',
    ShippingAddress: 'Main street 1',
    PSPMerchant: 'Shop',
    MerchantCategoryCode: '1234',
    HoldNotifications: '1',
  } as const
  const { orderid, url } = ok(await trustly().deposit({ ...order(), Attributes }, once())())
  expect(orderid).toMatch(/^\d+$/)
  expect(url).toContain('/trustly/checkout/')
})

test('iDEAL is a deposit with a Method', async () => {
  const Attributes = {
    ...person,
    Country: 'NL',
    Amount: '10.00',
    Currency: 'EUR',
    Method: 'deposit.bank.netherlands.ideal',
  }
  expect(ok(await trustly().deposit({ ...order(), Attributes }, once())())).toMatchObject({
    orderid: expect.any(String),
  })
})

test('a refund is accepted, and answered as before with the same UUID', async () => {
  const OrderID = await deposited()
  const [call, data] = [once(), { OrderID, Amount: '30.00', Currency: 'SEK' }]
  const first = ok(await trustly().refund(data, call)())
  expect(first).toEqual({ orderid: OrderID, result: '1' })
  expect(ok(await trustly().refund(data, call)())).toEqual(first)
  expect(sandbox.trustly.books().orders.find(({ orderId }) => orderId === OrderID)?.refunds).toHaveLength(1)
})

test('an account is registered, and paid by its AccountID', async () => {
  const account = await register()
  expect(account).toMatchObject({ clearinghouse: 'SWEDEN', bank: 'Handelsbanken', descriptor: '**706212' })
  const data = { ...order(), AccountID: account.accountid, Amount: '10.00', Currency: 'SEK' }
  const paid = ok(await trustly().accountPayout({ ...data, Attributes: { ShopperStatement: 'SHOP' } }, once())())
  expect(paid.result).toBe('1')
  const [withdrawal] = ok(await trustly().getWithdrawals({ OrderID: paid.orderid ?? '' })())
  expect(withdrawal).toMatchObject({ orderid: paid.orderid, amount: '10.00', currency: 'SEK' })
})

test('bank details are paid in one call', async () => {
  const data = { ...order(), ...bankAccount, ...holder, Amount: '10.00', Currency: 'SEK' }
  const paid = await trustly().registerAccountPayout({ ...data, Attributes: { ShopperStatement: 'SHOP' } }, once())()
  expect(ok(paid).result).toBe('1')
})

test.each(['approveWithdrawal', 'denyWithdrawal'] as const)(
  'a withdrawal is opened; %s needs one that waits',
  async (decide) => {
    const { orderid } = ok(
      await trustly().withdraw(
        { ...order(), Currency: 'SEK', Attributes: { ...person, SuggestedAmount: '10.00', DateOfBirth: '1979-01-31' } },
        once(),
      )(),
    )
    expect(orderid).toMatch(/^\d+$/)
    expect(await trustly()[decide]({ OrderID: '1' }, once())()).toMatchObject({
      left: { vendor: { text: 'ERROR_NOT_FOUND' } },
    })
  },
)

test('an account is selected', async () => {
  const { url } = ok(
    await trustly().selectAccount({ ...order(), Attributes: { ...person, DateOfBirth: '1979-01-31' } }, once())(),
  )
  expect(url).toContain('http')
})

test('a charge without a mandate is a signed no, and none that waits cannot be cancelled', async () => {
  const { accountid } = await register()
  const data = { ...order(), AccountID: accountid, Amount: '25.00', Currency: 'SEK' }
  const charged = await trustly().charge(
    { ...data, Attributes: { ShopperStatement: 'SHOP', Email: 'a@shop.example' } },
    once(),
  )()
  expect(ok(charged)).toEqual({ result: '0', rejected: 'ERROR_MANDATE_NOT_FOUND', orderid: null })
  expect(await trustly().cancelCharge({ OrderID: '1' }, once())()).toMatchObject({ left: { vendor: { code: '655' } } })
})

test('balance, ledger and settlement report tell of the deposit', async () => {
  const OrderID = await deposited()
  const { reports } = trustly()
  expect(ok(await reports.balance()())).toEqual([{ currency: 'SEK', balance: expect.stringMatching(/^\d+\.\d\d$/) }])
  const day = new Date().toISOString().slice(0, 10)
  const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  const lines = []
  for await (const line of reports.ledger({ from: day, until, currency: 'SEK' }))
    if (line.orderId === OrderID) lines.push(line)
  expect(lines).toMatchObject([
    { amount: '100', currency: 'SEK', type: expect.stringContaining('User deposit of client funds') },
  ])
  const settlement = []
  for await (const line of reports.settlement({ day: until })) settlement.push(line)
  expect(settlement).toContainEqual(expect.objectContaining({ orderId: OrderID, type: 'Deposit', amount: '100' }))
})

test('the balance is paid out by call', async () => {
  sandbox.trustly.settle('1.00', 'SEK')
  const answer = await trustly().merchantSettlement(
    { MessageID: randomUUID(), Amount: '1.00', Currency: 'SEK' },
    once(),
  )()
  expect(ok(answer).reference).toMatch(/^\d+$/)
})

test('what the account does not have is refused with its reason (602)', async () => {
  const batch = { MessageID: randomUUID(), NotificationURL: 'https://shop.example/trustly/x' }
  const answer = await trustly().directPaymentBatch(batch, once())()
  expect(answer).toMatchObject({ left: { code: 'misconfigured', effect: 'refused' } })
})

test('what Trustly does not know is refused, whatever it is', async () => {
  expect(await trustly().call('DepositTomorrow', { OrderID: '1' }, once())()).toMatchObject({
    left: { vendor: { text: 'ERROR_INVALID_FUNCTION' } },
  })
})
