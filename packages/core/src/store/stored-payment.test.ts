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
import { rootOf, sameKey, sameReference, withConclusion, withoutPersonalData } from './stored-payment.ts'

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
  ] as const)('to one that is %s never gives way to a worse one', (_name, conclude, conclusion, stands) => {
    expect(withConclusion(deposit({ conclude }), conclusion, of(unanswered))?.conclusion).toEqual(stands)
  })

  test('adds the ids that it taught, each once', () => {
    const before = { ...unanswered, vendorIds: ['a', 'b'] }
    expect(withConclusion(before, started(intent), { ...of(before), vendorIds: ['b', 'c'] })?.vendorIds).toEqual([
      'a',
      'b',
      'c',
    ])
  })
})

describe('an intent of which nothing was sent', () => {
  const second = deposit({ attempt: 2 })
  const named = report('a', 'credit', { intent: null })
  const resumed = { ...unanswered, resumed: true }

  test.each([
    ['is forgotten', of(unanswered), null],
    [
      'is forgotten though something is reported of another attempt',
      of([unanswered, second], [report('a', 'credit', { intent: refOf(second) })]),
      null,
    ],
    [
      'is forgotten beside another attempt though a report names it without proof',
      of([unanswered, second], [named]),
      null,
    ],
    ['stays when a report names it without proof, which would go with it', of(unanswered, [named]), unanswered],
    [
      'is forgotten with what an import said of itself',
      of(unanswered, [report('a', ownMethods.imported, { proof: 'person' })]),
      null,
    ],
    ['stays when something is reported of it', of([unanswered, second], [report('a', 'credit')]), unanswered],
    ['stays when it was resumed', of(resumed), resumed],
    ['stays when it was answered', of(deposit()), deposit()],
  ])('%s', (_name, given, after) => {
    expect(withConclusion(given.record.intents[0] ?? unanswered, 'not_sent', given)).toEqual(after)
  })
})

test('a deposit and its refunds are one payment, by the reference as it travels', () => {
  const long = 'order-with-a-very-long-reference-1'
  const of = refOf({ ...deposit(), intent: { ...intent, reference: long } })
  expect(rootOf(intent)).toBe('order-1')
  expect(rootOf(refund('r-1').intent)).toBe('order-1')
  expect(rootOf(refund('r-1', { of }).intent)).toBe(rootOf({ ...intent, reference: long }))
  expect(rootOf({ ...intent, reference: long })).not.toBe(long)
})

test('a reference is the same over kinds and rails, and a key with its attempt', () => {
  const one = payout().intent
  const same = { ...intent, reference: 'out-1', rail: 'other' }
  expect([sameReference(one, same), sameKey(one, same)]).toEqual([true, true])
  expect([sameReference(one, { ...same, attempt: 2 }), sameKey(one, { ...same, attempt: 2 })]).toEqual([true, false])
  expect([sameReference(one, intent), sameKey(one, intent)]).toEqual([false, false])
})

test('erasing takes who it is for, and leaves money, ids, times and what was emitted', () => {
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
  const { customerId: _erased, ...kept } = settings
  expect(withoutPersonalData(record)).toEqual({
    ...record,
    intents: [{ ...unanswered, fingerprint: '', intent: { ...intent, settings: kept } }],
    reports: [report('a', 'account', { members: { clearinghouse: 'SWEDEN' } })],
  })
})
