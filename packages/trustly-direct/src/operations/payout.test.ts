import {
  emptyRecord,
  isLeft,
  money,
  type OperationCall,
  type PaymentRecord,
  type PayoutInput,
  paymentRef,
  type RecordedIntent,
} from '@railswitch/core/provider'
import { answerOf, play } from '../__fixtures__/answering-trustly.ts'
import { payoutRequirements } from '../requirements.ts'
import { memberAt } from '../wire/json-text.ts'
import { startPayout } from './payout.ts'

const amount = money('800.00', 'EUR')
const settings = { callbackUrl: 'https://shop.example/callbacks/t/x' }
const deposit: RecordedIntent = {
  intent: { kind: 'deposit', rail: 't', reference: 'order-1', attempt: 1, expect: amount, settings },
  fingerprint: 'f',
  begunAt: '2026-11-21T00:00:00.000Z',
  resumed: false,
  conclusion: null,
  vendorIds: ['1'],
}
const depositRef = paymentRef(deposit.intent)

const reportedAccounts = (...accounts: readonly string[]): PaymentRecord => ({
  ...emptyRecord,
  intents: [deposit],
  reports: accounts.map((account, index) => ({
    id: `${index}`,
    at: '2026-11-21T00:00:00.000Z',
    rail: 't',
    vendorId: '1',
    method: 'account',
    members: { accountid: account },
    proof: 'signature',
    intent: depositRef,
  })),
})

const now = () => new Date('2026-11-21T12:00:00Z')

const callOf = (more: Partial<OperationCall> = {}): OperationCall => ({
  intent: {
    kind: 'payout',
    rail: 't',
    reference: 'payout-1',
    attempt: 1,
    expect: amount,
    account: depositRef,
    settings,
  },
  record: emptyRecord,
  callbackUrl: settings.callbackUrl,
  resumed: false,
  signal: AbortSignal.timeout(1_000),
  ...more,
})

const shared = { reference: 'payout-1', amount, statement: 'SHOP.EXAMPLE' }
const toDepositor: PayoutInput = { ...shared, to: { payment: depositRef }, customer: { id: 'c-77' } }
const toAccount: PayoutInput = {
  ...shared,
  to: { account: { country: 'DE', accountNumber: 'DE89 3704 0044 0532 0130 00' } },
  customer: { id: 'c-77', firstName: 'Åsa', lastName: 'Öberg', email: 'asa@shop.example', dateOfBirth: '1979-01-31' },
}

const sentBy = (asked: ReturnType<typeof play>['asked']) =>
  asked.map((request) => {
    const { Username: _u, Password: _p, ...data } = memberAt(request, 'params', 'Data') as Record<string, unknown>
    return { method: request.method, ...data }
  })

test('the account of the deposit is paid (AccountPayout, section 3.9)', async () => {
  const { client, asked } = play(answerOf('java-response-accountpayout'))
  const answer = await startPayout({ client, now })(toDepositor, callOf({ source: reportedAccounts('7653385737') }))()
  expect(!isLeft(answer) && answer.right).toEqual({
    result: { status: 'accepted', payment: 'rs1.t.payout.payout-1.1' },
    vendorIds: ['7653345737'],
  })
  expect(sentBy(asked)).toEqual([
    {
      method: 'AccountPayout',
      NotificationURL: settings.callbackUrl,
      EndUserID: 'c-77',
      MessageID: 'payout-1',
      AccountID: '7653385737',
      Amount: '800.00',
      Currency: 'EUR',
      Attributes: { ShopperStatement: 'SHOP.EXAMPLE' },
    },
  ])
})

test('the same payout again is the same request to the byte, whatever was reported since (section 10)', async () => {
  const { client, asked } = play(answerOf('java-response-accountpayout'))
  await startPayout({ client, now })(toDepositor, callOf({ source: reportedAccounts('7653385737') }))()
  const reportedSince = reportedAccounts('7653385737', '1111111111')
  await startPayout({ client, now })(toDepositor, callOf({ source: reportedSince, resumed: true }))()
  expect(JSON.stringify(asked[1])).toBe(JSON.stringify(asked[0]))
})

test('without an account that Trustly reported, nothing is sent', async () => {
  const { client, asked } = play({})
  const answer = await startPayout({ client, now })(toDepositor, callOf({ source: reportedAccounts() }))()
  expect(isLeft(answer) && answer.left).toMatchObject({ code: 'not_found', effect: 'not_sent' })
  expect(asked).toEqual([])
})

test('bank details are paid with their holder (RegisterAccountPayout, section 3.10)', async () => {
  const { client, asked } = play({ orderid: '7653345737', result: '1' })
  const own = { 'trustly-direct': { Attributes: { ExternalReference: 'x-1' } } }
  await startPayout({ client, now })({ ...toAccount, providerOptions: own }, callOf())()
  expect(sentBy(asked)).toEqual([
    {
      method: 'RegisterAccountPayout',
      NotificationURL: settings.callbackUrl,
      EndUserID: 'c-77',
      MessageID: 'payout-1',
      ClearingHouse: 'GERMANY',
      BankNumber: '',
      AccountNumber: 'DE89370400440532013000',
      Firstname: 'Åsa',
      Lastname: 'Öberg',
      Amount: '800.00',
      Currency: 'EUR',
      Attributes: {
        ExternalReference: 'x-1',
        ShopperStatement: 'SHOP.EXAMPLE',
        Email: 'asa@shop.example',
        DateOfBirth: '1979-01-31',
      },
    },
  ])
})

test.each([
  [
    'an account that is none',
    { ...toAccount, to: { account: { country: 'DE', accountNumber: 'DE00' } } } as PayoutInput,
    'to.account.accountNumber',
  ],
  ['a currency that Trustly has not', { ...toAccount, amount: money('1.00', 'USD') }, 'amount.currency'],
  ['no statement', { ...toAccount, statement: undefined }, 'statement'],
])('%s is refused before anything is sent', async (_name, input, field) => {
  const { client, asked } = play({})
  const answer = await startPayout({ client, now })(input, callOf())()
  expect(isLeft(answer) && answer.left.issues.map((issue) => issue.field)).toEqual([field])
  expect(asked).toEqual([])
})

test.each([{ orderid: '1' }, { orderid: null }, {}])(
  'a result of 0 is a refusal, with an order or without (section 3.9): %j',
  async (order) => {
    const { client } = play({ ...order, result: '0' })
    const refused = await startPayout({ client, now })(toAccount, callOf())()
    expect(isLeft(refused) && refused.left).toMatchObject({ code: 'declined', effect: 'refused' })
  },
)

test.each([{ result: 'perhaps' }, { result: '1' }])('%j is an unknown outcome', async (data) => {
  const unread = await startPayout({ client: play(data).client, now })(toAccount, callOf())()
  expect(!isLeft(unread) && unread.right.result).toMatchObject({ status: 'unknown', resolveBy: 'operator' })
})

test('a reference that Trustly has already is looked at before it is paid anew (637, section 10)', async () => {
  const { client } = play({ code: '637', message: 'ERROR_DUPLICATE_MESSAGE_ID' })
  const answer = await startPayout({ client, now })(toAccount, callOf())()
  expect(isLeft(answer) && answer.left).toMatchObject({
    code: 'conflict',
    effect: 'refused',
    retry: 'after_lookup',
    hint: expect.stringContaining('importPayment()'),
    vendor: { code: '637' },
  })
})

test('an unknown AccountID is refused with the code that Trustly gives (624, section 3.9)', async () => {
  const { client } = play({ code: '624', message: 'ERROR_INVALID_BANK_ACCOUNT_NUMBER' })
  const answer = await startPayout({ client, now })(toDepositor, callOf({ source: reportedAccounts('1234567890') }))()
  expect(isLeft(answer) && answer.left).toMatchObject({ code: 'rejected', vendor: { code: '624' } })
})

test('the requirements of a market are known before the call', () => {
  expect(payoutRequirements({ country: 'DE', currency: 'EUR' })).toEqual({
    fields: ['reference', 'amount', 'to', 'customer.id', 'statement'],
  })
  expect(payoutRequirements({ country: 'US', currency: 'EUR' }).refused).toContain('US')
  expect(payoutRequirements({ country: 'DE', currency: 'USD' }).refused).toContain('USD')
})

test('a customer who switched the account during the order: nothing is sent before it is known which one counts', async () => {
  const { client, asked } = play({})
  const answer = await startPayout({ client, now })(
    toDepositor,
    callOf({ source: reportedAccounts('7653385737', '1111111111') }),
  )()
  expect(isLeft(answer) && answer.left).toMatchObject({ code: 'conflict', effect: 'not_sent' })
  expect(asked).toEqual([])
})
