import {
  emptyRecord,
  isLeft,
  money,
  type OperationCall,
  paymentRef,
  type RecordedIntent,
} from '@railswitch/core/provider'
import { answerOf, play } from '../__fixtures__/answering-trustly.ts'
import { memberAt } from '../wire/json-text.ts'
import { startRefund } from './refund.ts'

const amount = money('30.00', 'EUR')
const settings = { callbackUrl: 'https://shop.example/callbacks/t/x' }
const deposit = (vendorIds: readonly string[]): RecordedIntent => ({
  intent: { kind: 'deposit', rail: 't', reference: 'order-1', attempt: 1, expect: money('100.00', 'EUR'), settings },
  fingerprint: 'f',
  begunAt: '2026-11-21T00:00:00.000Z',
  resumed: false,
  conclusion: null,
  vendorIds,
})

const now = () => new Date('2026-11-21T12:00:00Z')

const callOf = (of: RecordedIntent): OperationCall => ({
  intent: {
    kind: 'refund',
    rail: 't',
    reference: 'r-1',
    attempt: 1,
    expect: amount,
    of: paymentRef(of.intent),
    settings,
  },
  record: { ...emptyRecord, intents: [of] },
  callbackUrl: settings.callbackUrl,
  resumed: false,
  signal: AbortSignal.timeout(1_000),
})
const input = { payment: paymentRef(deposit([]).intent), reference: 'r-1', amount }

test('the deposit’s order is refunded, and its id is none of the refund (java-response-refund)', async () => {
  const { client, asked } = play(answerOf('java-response-refund'))
  const answer = await startRefund(client, now)(input, callOf(deposit(['1187741486'])))()
  expect(!isLeft(answer) && answer.right).toEqual({
    result: { status: 'accepted', payment: 'rs1.t.refund.r-1.1' },
    vendorIds: [],
  })
  expect(memberAt(asked[0] ?? null, 'params', 'Data')).toMatchObject({
    OrderID: '1187741486',
    Amount: '30.00',
    Currency: 'EUR',
  })
})

test('without the order’s id nothing is sent', async () => {
  const { client, asked } = play({})
  const answer = await startRefund(client, now)(input, callOf(deposit([])))()
  expect(isLeft(answer) && answer.left).toMatchObject({ code: 'not_found', effect: 'not_sent', retry: 'same_attempt' })
  expect(asked).toEqual([])
})

test('an error that says nothing of what was done leaves the outcome unknown, for a person (620)', async () => {
  const { client } = play({ code: '620', message: 'ERROR_UNKNOWN' })
  const answer = await startRefund(client, now)(input, callOf(deposit(['1187741486'])))()
  expect(!isLeft(answer) && answer.right.result).toMatchObject({ status: 'unknown', resolveBy: 'operator' })
})
