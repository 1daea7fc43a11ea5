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
import { concluded, rootOf, sameKey, sameReference, withoutPersonalData } from './stored-intent.ts'

const unanswered = deposit({ conclude: () => null })
const { intent } = unanswered

describe('the response to a call', () => {
  test.each([
    ['unanswered', () => null, started(intent), started(intent)],
    ['unknown', unknown, accepted(intent), accepted(intent)],
    ['unknown', unknown, refused(), refused()],
    ['started', started, refused(), started(intent)],
    ['accepted', accepted, unknown(intent), accepted(intent)],
    ['refused', refused, accepted(intent), refused()],
  ] as const)('to one that is %s never gives way to a worse one', (_name, conclude, conclusion, stands) => {
    expect(concluded(deposit({ conclude }), conclusion, [], [])?.conclusion).toEqual(stands)
  })

  test('adds the ids that it taught, each once', () => {
    const before = { ...unanswered, vendorIds: ['a', 'b'] }
    expect(concluded(before, started(intent), ['b', 'c'], [])?.vendorIds).toEqual(['a', 'b', 'c'])
  })
})

describe('an intent of which nothing was sent', () => {
  const other = refOf(deposit({ attempt: 2 }))

  test.each([
    ['is forgotten', unanswered, [], null],
    [
      'is forgotten though something is reported of another attempt',
      unanswered,
      [report('a', 'credit', { intent: other })],
      null,
    ],
    [
      'is forgotten though a report names it without proof',
      unanswered,
      [report('a', 'credit', { intent: null })],
      null,
    ],
    ['stays when something is reported of it', unanswered, [report('a', 'credit')], unanswered],
    ['stays when it was resumed', { ...unanswered, resumed: true }, [], { ...unanswered, resumed: true }],
    ['stays when it was answered', deposit(), [], deposit()],
  ])('%s', (_name, recorded, reports, after) => {
    expect(concluded(recorded, 'not_sent', [], reports)).toEqual(after)
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
