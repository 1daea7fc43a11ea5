import {
  type DepositInput,
  emptyRecord,
  isLeft,
  money,
  type OperationCall,
  type PaymentRecord,
  paymentRef,
} from '@railswitch/core/provider'
import { answerOf, play } from '../__fixtures__/answering-trustly.ts'
import { depositQuestions } from '../requirements.ts'
import { memberAt } from '../wire/json-text.ts'
import { startDeposit } from './deposit.ts'
import { decideWithdrawal, startWithdrawal } from './withdrawal.ts'

const amount = money('500.00', 'SEK')
const callbackUrl = 'https://shop.example/callbacks/t/x'
const callOf = (kind: 'withdrawal' | 'deposit'): OperationCall => ({
  intent: { kind, rail: 't', reference: 'w-1', attempt: 1, expect: amount, settings: { callbackUrl } },
  record: emptyRecord,
  callbackUrl,
  resumed: false,
  signal: AbortSignal.timeout(1_000),
})
const input: DepositInput = {
  reference: 'w-1',
  amount,
  customer: {
    id: 'c-77',
    firstName: 'Åsa',
    lastName: 'Öberg',
    email: 'asa@shop.example',
    country: 'SE',
    locale: 'sv-SE',
  },
  returnUrl: 'https://shop.example/done',
  statement: 'SHOP.EXAMPLE',
}

test('a withdrawal opens a checkout; its Currency stands in Data (Withdraw, section 3.5)', async () => {
  const { client, asked } = play(answerOf('java-response-withdraw'))
  const own = { 'trustly-direct': { Attributes: { DateOfBirth: '1990-01-20', URLTarget: '_top' as const } } }
  const answer = await startWithdrawal(client)({ ...input, providerOptions: own }, callOf('withdrawal'))()
  expect(!isLeft(answer) && answer.right).toMatchObject({
    result: {
      payment: 'rs1.t.withdrawal.w-1.1',
      redirectUrl: expect.stringContaining('https://checkout.trustly.com/'),
    },
    vendorIds: ['2190971587'],
  })
  expect(memberAt(asked[0] ?? null, 'params', 'Data')).toMatchObject({
    Currency: 'SEK',
    MessageID: 'w-1',
    Attributes: { SuggestedAmount: '500.00', Locale: 'sv_SE', DateOfBirth: '1990-01-20', URLTarget: '_top' },
  })
})

test("what only Trustly has goes along, and the input's own members win", async () => {
  const { client, asked } = play(answerOf('java-response-deposit'))
  const Attributes = { TemplateURL: 'https://shop.example/t', RequestKYC: '1' as const, Currency: 'EUR' }
  const withOptions = { ...input, providerOptions: { 'trustly-direct': { Attributes } } }
  await startDeposit(client)(withOptions, callOf('deposit'))()
  expect(memberAt(asked[0] ?? null, 'params', 'Data', 'Attributes')).toMatchObject({
    TemplateURL: 'https://shop.example/t',
    RequestKYC: '1',
    Currency: 'SEK',
  })
  expect(depositQuestions(withOptions)).toEqual(['deposit.reversed', 'kyc.received'])
  expect(depositQuestions(input)).toEqual(['deposit.reversed'])
})

test.each([
  [{ 'trustly-direct': { attributes: { RequestKYC: '1' } } }, 'providerOptions.trustly-direct.attributes'],
  [{ 'trustly-direct': { RequestKYC: '1' } }, 'providerOptions.trustly-direct.RequestKYC'],
  [{ trustly: { Attributes: { RequestKYC: '1' } } }, 'providerOptions.trustly'],
  [{ 'trustly-direct': 'RequestKYC' }, 'providerOptions.trustly-direct'],
])('options that would be lost without a word are refused: %j', async (providerOptions, field) => {
  const { client, asked } = play({})
  const misspelt = { ...input, providerOptions: providerOptions as NonNullable<DepositInput['providerOptions']> }
  for (const start of [startDeposit(client), startWithdrawal(client)]) {
    const answer = await start(misspelt, callOf('deposit'))()
    expect(isLeft(answer) && answer.left.issues.map((issue) => issue.field)).toEqual([field])
  }
  expect(asked).toEqual([])
})

test('an attribute that the method does not have is refused before anything is sent', async () => {
  const { client, asked } = play({})
  const own = { 'trustly-direct': { Attributes: { RequestKYC: '1' as const } } }
  const answer = await startWithdrawal(client)({ ...input, providerOptions: own }, callOf('withdrawal'))()
  expect(isLeft(answer) && answer.left.issues.map(({ field }) => field)).toEqual(['Attributes.RequestKYC'])
  expect(asked).toEqual([])
})

const withdrawal = callOf('withdrawal').intent
const record: PaymentRecord = {
  ...emptyRecord,
  intents: [
    {
      intent: withdrawal,
      fingerprint: 'f',
      begunAt: '2026-11-21T00:00:00.000Z',
      resumed: false,
      conclusion: null,
      vendorIds: ['3298150342'],
    },
  ],
}

test.each(['approve', 'deny'] as const)(
  '%s is sent to Trustly once, however often it is decided (section 3.6)',
  async (decision) => {
    const { client, asked } = play(answerOf(`java-response-${decision}withdrawal`))
    const decide = decideWithdrawal(client)
    for (let time = 0; time < 2; time += 1)
      expect(isLeft(await decide(record, paymentRef(withdrawal), decision, AbortSignal.timeout(1_000))())).toBe(false)
    expect(asked[0]?.method).toBe(decision === 'approve' ? 'ApproveWithdrawal' : 'DenyWithdrawal')
    expect(memberAt(asked[0] ?? null, 'params', 'Data', 'OrderID')).toBe('3298150342')
    expect(JSON.stringify(asked[1])).toBe(JSON.stringify(asked[0]))
  },
)

test('approval and denial are two requests, and a 0 is a refusal', async () => {
  const { client, asked } = play({ orderid: '3298150342', result: '0' })
  const decide = decideWithdrawal(client)
  const approved = await decide(record, paymentRef(withdrawal), 'approve', AbortSignal.timeout(1_000))()
  await decide(record, paymentRef(withdrawal), 'deny', AbortSignal.timeout(1_000))()
  expect(isLeft(approved) && approved.left.effect).toBe('refused')
  const uuids = asked.map((request) => memberAt(request, 'params', 'UUID'))
  expect(new Set(uuids).size).toBe(2)
})

test.each(['approve', 'deny'] as const)(
  'row 11: an error that nobody published does not say that %s was not done',
  async (decision) => {
    const { client } = play({ code: '999', message: 'ERROR_NOVELTY' })
    const answer = await decideWithdrawal(client)(
      record,
      paymentRef(withdrawal),
      decision,
      AbortSignal.timeout(1_000),
    )()
    expect(isLeft(answer) && answer.left).toMatchObject({ effect: 'may_have_happened', retry: 'after_lookup' })
  },
)

test('a withdrawal whose order is not known cannot be decided', async () => {
  const { client } = play({})
  const answer = await decideWithdrawal(client)(
    emptyRecord,
    paymentRef(withdrawal),
    'deny',
    AbortSignal.timeout(1_000),
  )()
  expect(isLeft(answer) && answer.left.code).toBe('not_found')
})
