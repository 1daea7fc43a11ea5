import { type DepositInput, emptyRecord, isLeft, money, type OperationCall } from '@railswitch/core/provider'
import { answerOf, play } from '../__fixtures__/answering-trustly.ts'
import { depositRequirements } from '../requirements.ts'
import { memberAt } from '../wire/json-text.ts'
import { startDeposit } from './deposit.ts'

const callbackUrl = 'https://shop.example/callbacks/t/x'
const callOf = (attempt = 1): OperationCall => ({
  intent: {
    kind: 'deposit',
    rail: 't',
    reference: 'order-1',
    attempt,
    expect: money('103.00', 'SEK'),
    settings: { callbackUrl },
  },
  record: emptyRecord,
  callbackUrl,
  resumed: false,
  signal: AbortSignal.timeout(1_000),
})
const input: DepositInput = {
  reference: 'order-1',
  amount: money('103.00', 'SEK'),
  customer: {
    id: '12345',
    firstName: 'John',
    lastName: 'Doe',
    email: 'test@trustly.com',
    country: 'SE',
    locale: 'sv-SE',
    phone: '+46709876543',
    ip: '123.123.123.123',
  },
  returnUrl: {
    success: 'https://yourpage.com/success',
    failure: 'https://yourpage.com/fail',
    cancel: 'https://yourpage.com/c',
  },
  statement: 'MyBrand.com',
}
const sent = async (changed: Partial<DepositInput>, attempt = 1) => {
  const { client, asked } = play(answerOf('java-response-deposit'))
  const answer = await startDeposit(client)({ ...input, ...changed }, callOf(attempt))()
  return { answer, data: memberAt(asked[0] ?? null, 'params', 'Data') as Record<string, unknown>, asked }
}

test('our words become those of the published request (java-request-deposit_1)', async () => {
  const { answer, data } = await sent({})
  expect(!isLeft(answer) && answer.right).toEqual({
    result: {
      payment: 'rs1.t.deposit.order-1.1',
      redirectUrl: 'https://checkout.trustly.com/checkout?OrderID=1234567890&SessionID=...',
      expiresAt: null,
    },
    vendorIds: ['2190971587'],
  })
  expect(data).toMatchObject({
    NotificationURL: callbackUrl,
    EndUserID: '12345',
    MessageID: 'order-1',
    Attributes: {
      Country: 'SE',
      Locale: 'sv_SE',
      Currency: 'SEK',
      Amount: '103.00',
      IP: '123.123.123.123',
      MobilePhone: '+46709876543',
      Firstname: 'John',
      Lastname: 'Doe',
      Email: 'test@trustly.com',
      ShopperStatement: 'MyBrand.com',
      SuccessURL: 'https://yourpage.com/success',
      FailURL: 'https://yourpage.com/fail',
    },
  })
})

test('a further attempt is another order, with another UUID', async () => {
  const [first, second] = [await sent({}), await sent({}, 2)]
  expect(second.data.MessageID).toBe('order-1_2')
  const uuids = [first, second].map(({ asked }) => memberAt(asked[0] ?? null, 'params', 'UUID'))
  expect(new Set(uuids).size).toBe(2)
})

test.each([
  ['de', 'de'],
  ['sr-Latn-RS', 'sr_RS'],
])('the language tag %s is sent as %s', async (locale, expected) => {
  const { data } = await sent({ customer: { ...input.customer, locale }, returnUrl: 'https://shop.example/' })
  expect(data.Attributes).toMatchObject({ Locale: expected, FailURL: 'https://shop.example/' })
})

test('HUF is sent without decimals (section 7)', async () => {
  const { data } = await sent({ amount: money('100', 'HUF') })
  expect(data.Attributes).toMatchObject({ Amount: '100', Currency: 'HUF' })
})

test.each([
  [{ amount: money('1.00', 'USD') }, 'amount.currency'],
  [{ amount: money('100.50', 'HUF') }, 'amount.value'],
  [{ statement: undefined }, 'statement'],
])('%j is refused before anything is sent', async (changed, field) => {
  const { answer, asked } = await sent(changed)
  expect(isLeft(answer) && answer.left.issues.map((issue) => issue.field)).toEqual([field])
  expect(asked).toEqual([])
})

test('the requirements of a market are known before the call', () => {
  expect(depositRequirements({ country: 'SE', currency: 'SEK' }).fields).toContain('statement')
  expect(depositRequirements({ country: 'US', currency: 'USD' }).refused).toContain('USD')
})
