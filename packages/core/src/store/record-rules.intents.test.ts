import {
  accepted,
  deposit,
  payout,
  recordOf,
  refOf,
  refund,
  refused,
  report,
  started,
  unknown,
} from '../__fixtures__/records.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { ownMethods, type Report } from '../record/report.ts'
import {
  rootReference,
  sameIdempotencyKey,
  sameReference,
  withConclusion,
  withoutPersonalData,
} from './record-rules.ts'

const unanswered = deposit({ conclude: () => null })
const { intent } = unanswered

const of = (intents: RecordedIntent | readonly RecordedIntent[], reports: readonly Report[] = []) => ({
  vendorIds: [],
  record: recordOf([intents].flat(), { reports }),
})

describe('the response to a call', () => {
  test.each([
    ['unanswered', () => null, started(intent), started(intent)],
    ['unknown', unknown, accepted(intent), accepted(intent)],
    ['unknown', unknown, refused(), refused()],
    ['started', started, refused(), started(intent)],
    ['accepted', accepted, unknown(intent), accepted(intent)],
    ['refused', refused, accepted(intent), refused()],
  ] as const)(
    'to a call that is %s is never replaced by a less certain one',
    (_name, conclude, conclusion, expected) => {
      expect(withConclusion(deposit({ conclude }), conclusion, of(unanswered))?.conclusion).toEqual(expected)
    },
  )

  test('adds the vendor ids that it contained, each once', () => {
    const before = { ...unanswered, vendorIds: ['a', 'b'] }
    expect(withConclusion(before, started(intent), { ...of(before), vendorIds: ['b', 'c'] })?.vendorIds).toEqual([
      'a',
      'b',
      'c',
    ])
  })
})

describe('an intent that was not sent', () => {
  const second = deposit({ attempt: 2 })
  const named = report('a', 'credit', { intent: null })
  const resumed = { ...unanswered, resumed: true }

  test.each([
    ['is deleted', of(unanswered), null],
    [
      'is deleted although another attempt has reports',
      of([unanswered, second], [report('a', 'credit', { intent: refOf(second) })]),
      null,
    ],
    [
      'is deleted if there is another attempt, although an unproven report names the payment',
      of([unanswered, second], [named]),
      null,
    ],
    ['stays if it is the only intent and an unproven report names the payment', of(unanswered, [named]), unanswered],
    [
      'is deleted with the report of its own import',
      of(unanswered, [report('a', ownMethods.imported, { proof: 'person' })]),
      null,
    ],
    ['stays when it has reports', of([unanswered, second], [report('a', 'credit')]), unanswered],
    ['stays when it was resumed', of(resumed), resumed],
    ['stays when its call has a response', of(deposit()), deposit()],
  ])('%s', (_name, conclusions, after) => {
    expect(withConclusion(conclusions.record.intents[0] ?? unanswered, 'not_sent', conclusions)).toEqual(after)
  })
})

test('a deposit and its refunds are one payment, by the reference as it is sent', () => {
  const long = 'order-with-a-very-long-reference-1'
  const of = refOf({ ...deposit(), intent: { ...intent, reference: long } })
  expect(rootReference(intent)).toBe('order-1')
  expect(rootReference(refund('r-1').intent)).toBe('order-1')
  expect(rootReference(refund('r-1', { of }).intent)).toBe(rootReference({ ...intent, reference: long }))
  expect(rootReference({ ...intent, reference: long })).not.toBe(long)
})

test('a reference is the same for all kinds and rails, and a key includes the attempt', () => {
  const one = payout().intent
  const same = { ...intent, reference: 'out-1', rail: 'other' }
  expect([sameReference(one, same), sameIdempotencyKey(one, same)]).toEqual([true, true])
  expect([sameReference(one, { ...same, attempt: 2 }), sameIdempotencyKey(one, { ...same, attempt: 2 })]).toEqual([
    true,
    false,
  ])
  expect([sameReference(one, intent), sameIdempotencyKey(one, intent)]).toEqual([false, false])
})

test('erasing removes who a payment is for, and keeps money, ids, times and emitted events', () => {
  const settings = { ...intent.settings, statement: 'SHOP', customerId: 'c-77' }
  const event = {
    id: 'e-88',
    type: 'account.received',
    payment: refOf(unanswered),
    answer: 'ok',
    evidence: ['a'],
  } as const
  const record = recordOf([{ ...unanswered, intent: { ...intent, settings } }], {
    reports: [report('a', 'account', { members: { accountid: '88', clearinghouse: 'SWEDEN' } })],
    emitted: [event],
  })
  const { customerId: _erased, ...others } = settings
  expect(withoutPersonalData(record)).toEqual({
    ...record,
    intents: [{ ...unanswered, fingerprint: '', intent: { ...intent, settings: others } }],
    reports: [report('a', 'account', { members: { clearinghouse: 'SWEDEN' } })],
  })
})
