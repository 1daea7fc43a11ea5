import { deriveRecord, paymentRef, type RecordedIntent, type Report } from '@railswitch/core/provider'
import { at, deposit, factsOf, refund, said, short, timeless } from '../__fixtures__/deposit-reports.ts'
import { recorded, recordOf } from '../__fixtures__/orders.ts'
import { interpret } from './interpret.ts'

const own = said('credit', '1', at(5))
const ownFact = 'deposit.credited 49.90 [1]'
const failed = (id: string, when: string, value = '10.00'): Report => said('payoutfailed', id, when, value)
const back = (id: string, when: string, value = '10.00'): Report => said('credit', id, when, value)
const confirmed = (id: string, when: string, value = '10.00'): Report => said('payoutconfirmation', id, when, value)

const one = refund('r', at(10))
const retried = refund('r', at(12), '10.00', 2)
const equal = [refund('a', at(10)), refund('b', at(10, '13:00:00.000'))]

type Row = readonly [string, readonly RecordedIntent[], readonly Report[], readonly string[]]
const check = (
  _name: string,
  refunds: readonly RecordedIntent[],
  reports: readonly Report[],
  expected: readonly string[],
) => {
  expect(short(factsOf(refunds, own, ...reports))).toEqual([ownFact, ...expected])
  expect([...short(factsOf([...refunds].reverse(), ...[...reports].reverse(), own))].sort()).toEqual(
    [ownFact, ...expected].sort(),
  )
}

describe('one refund', () => {
  test.each<Row>([
    ['that failed', [one], [failed('2', at(11))], ['refund.failed 10.00 r.1 [2]']],
    ['whose money is back', [one], [back('2', at(11))], ['refund.failed 10.00 r.1 [2]']],
    [
      'row 3: whose failure is reported both ways failed once',
      [one],
      [back('3', at(11, '12:00:01.000')), failed('2', at(11))],
      ['refund.failed 10.00 r.1 [2,3]'],
    ],
    ['that is confirmed', [one], [confirmed('2', at(11))], ['refund.confirmed 10.00 r.1 [2]']],
    [
      'that is confirmed and comes back',
      [one],
      [confirmed('2', at(11)), back('3', at(13)), failed('4', at(13))],
      ['refund.failed 10.00 r.1 [3,4]', 'refund.confirmed 10.00 r.1 [2]'],
    ],
    [
      'that is confirmed twice was sent once, and the other one is unexpected',
      [one],
      [confirmed('2', at(11)), confirmed('3', at(12))],
      ['refund.confirmed 10.00 r.1 [2]', 'review 10.00 unexpected_payout [3]'],
    ],
    [
      'whose money comes back twice failed once, and the other money is unexpected',
      [one],
      [back('2', at(11)), back('3', at(12))],
      ['refund.failed 10.00 r.1 [2]', 'review 10.00 unexpected_credit [3]'],
    ],
    [
      'made in the back office, sent and come back, is no refund of ours',
      [],
      [confirmed('2', at(11), '7.00'), failed('3', at(12), '7.00'), back('4', at(12), '7.00')],
      ['review 7.00 unexpected_credit [4]', 'review 7.00 unexpected_credit [3]', 'review 7.00 unexpected_payout [2]'],
    ],
    [
      'made in the back office beside ours, each next one is its own case',
      [one],
      [confirmed('2', at(11), '10.00'), confirmed('3', at(11), '5000.00'), back('4', at(12), '5000.00')],
      [
        'review 5000.00 unexpected_credit [4]',
        'refund.confirmed 10.00 r.1 [2]',
        'review 5000.00 unexpected_payout [3]',
      ],
    ],
    [
      'begun after a report of its amount explains it only within the clocks’ difference',
      [one],
      [failed('2', at(10, '11:59:00.000')), confirmed('3', at(10, '11:58:59.999'))],
      ['refund.failed 10.00 r.1 [2]', 'review 10.00 unexpected_payout [3]'],
    ],
  ])('%s', check)
})

describe('row 3: a refund that failed and was tried again', () => {
  test.each<Row>([
    [
      'then its credit: it could be the second attempt’s, and the money stays taken',
      [one, retried],
      [failed('2', at(11)), back('3', at(13))],
      ['refund.failed 10.00 r.1 [2,3]', 'review 10.00 ambiguous_return [3]'],
    ],
    [
      'then its credit from before the second attempt: the first one’s alone',
      [one, retried],
      [failed('2', at(11)), back('3', at(11, '13:00:00.000'))],
      ['refund.failed 10.00 r.1 [2,3]'],
    ],
    [
      'and failed again: every report is explained',
      [one, retried],
      [failed('2', at(11)), back('3', at(13)), failed('4', at(14))],
      ['refund.failed 10.00 r.1 [2,3]', 'refund.failed 10.00 r.2 [4]'],
    ],
    [
      'and both came back',
      [one, retried],
      [failed('2', at(11)), back('3', at(11)), failed('4', at(14)), back('5', at(14))],
      ['refund.failed 10.00 r.1 [2,3]', 'refund.failed 10.00 r.2 [4,5]'],
    ],
    [
      'and was confirmed: the second attempt',
      [one, retried],
      [failed('2', at(11)), confirmed('3', at(13))],
      ['refund.failed 10.00 r.1 [2]', 'refund.confirmed 10.00 r.2 [3]'],
    ],
    [
      'after it had been confirmed: the first attempt',
      [one, retried],
      [confirmed('2', at(10, '18:00:00.000')), failed('3', at(11))],
      ['refund.failed 10.00 r.1 [3]', 'refund.confirmed 10.00 r.1 [2]'],
    ],
    [
      'and both attempts were confirmed',
      [one, retried],
      [confirmed('2', at(10, '18:00:00.000')), failed('3', at(11)), confirmed('4', at(13))],
      ['refund.failed 10.00 r.1 [3]', 'refund.confirmed 10.00 r.1 [2]', 'refund.confirmed 10.00 r.2 [4]'],
    ],
  ])('%s', check)
})

describe('row 3: two equal refunds', () => {
  test.each<Row>([
    [
      'one failed both ways: one failure is certain, its other report may be the other one’s',
      equal,
      [failed('2', at(11)), back('3', at(11))],
      ['refund.failed 10.00 a.1 b.1 [2,3]', 'review 10.00 ambiguous_return [3]'],
    ],
    [
      'both failed',
      equal,
      [failed('2', at(11)), failed('3', at(12))],
      ['refund.failed 10.00 a.1 [2]', 'refund.failed 10.00 b.1 [3]'],
    ],
    [
      'a failure from before the second one is the first one’s',
      equal,
      [failed('2', at(10, '12:30:00.000'))],
      ['refund.failed 10.00 a.1 [2]'],
    ],
    [
      'one confirmed, one failed: nothing tells which',
      equal,
      [failed('2', at(11)), confirmed('3', at(12))],
      ['refund.failed 10.00 a.1 b.1 [2]', 'refund.confirmed 10.00 a.1 b.1 [3]'],
    ],
    [
      'of another amount each is known',
      [one, refund('s', at(10), '20.00')],
      [failed('2', at(11), '20.00'), confirmed('3', at(11))],
      ['refund.failed 20.00 s.1 [2]', 'refund.confirmed 10.00 r.1 [3]'],
    ],
  ])('%s', check)
})

describe('a refund that failed first and was confirmed afterwards', () => {
  test.each<Row>([
    [
      'counts as sent: its money stays taken, and it needs review',
      [one],
      [failed('2', at(11)), confirmed('3', at(11, '12:00:00.001'))],
      ['review 10.00 ambiguous_return [2]', 'refund.confirmed 10.00 r.1 [3]'],
    ],
    [
      'has failed once its money is back',
      [one],
      [failed('2', at(11)), confirmed('3', at(12)), back('4', at(13))],
      ['refund.failed 10.00 r.1 [2,4]', 'refund.confirmed 10.00 r.1 [3]'],
    ],
    [
      'has failed at the same moment',
      [one],
      [failed('2', at(11)), confirmed('3', at(11))],
      ['refund.failed 10.00 r.1 [2]', 'refund.confirmed 10.00 r.1 [3]'],
    ],
    [
      'has failed where Trustly reported no time of the failure',
      [one],
      [timeless('payoutfailed', '2', at(11), '10.00'), confirmed('3', at(12))],
      ['refund.failed 10.00 r.1 [2]', 'refund.confirmed 10.00 r.1 [3]'],
    ],
    [
      'has failed where Trustly reported no time of the confirmation',
      [one],
      [failed('2', at(11)), timeless('payoutconfirmation', '3', at(12), '10.00')],
      ['refund.failed 10.00 r.1 [2]', 'refund.confirmed 10.00 r.1 [3]'],
    ],
    [
      'is one of two equal ones, which both failed and of which one was confirmed',
      equal,
      [failed('2', at(11)), failed('3', at(11)), confirmed('4', at(12))],
      ['review 10.00 ambiguous_return [2]', 'review 10.00 ambiguous_return [3]', 'refund.confirmed 10.00 a.1 b.1 [4]'],
    ],
    [
      'of another amount has nothing to do with it',
      [one, refund('s', at(10), '20.00')],
      [failed('2', at(11)), confirmed('3', at(12), '20.00')],
      ['refund.failed 10.00 r.1 [2]', 'refund.confirmed 20.00 s.1 [3]'],
    ],
  ])('%s', check)
})

describe('a refund that was refused', () => {
  const error = { code: 'declined', effect: 'refused', retry: 'never', message: 'no', hint: 'no' } as const
  const refused = { ...one, conclusion: { state: 'refused' as const, error } }

  test('explains no money that comes back', () =>
    check('', [refused], [back('2', at(11))], ['review 10.00 unexpected_credit [2]']))
  test('and is confirmed nevertheless was sent, and may come back', () => {
    check('', [refused], [confirmed('2', at(11))], ['refund.confirmed 10.00 r.1 [2]'])
    const returned = ['refund.failed 10.00 r.1 [3]', 'refund.confirmed 10.00 r.1 [2]']
    check('', [refused], [confirmed('2', at(11)), back('3', at(13))], returned)
  })
  test('leaves the report to the attempt that was not refused', () =>
    check('', [refused, retried], [confirmed('2', at(13))], ['refund.confirmed 10.00 r.2 [2]']))
  test('keeps the amount taken once it is confirmed, until a person has decided', () => {
    const record = recordOf([deposit, refused], [own, confirmed('2', at(11))])
    const { state, reviews } = deriveRecord(record, new Map([['t', { interpret }]]))
    expect(state).toMatchObject({ refundable: { value: '39.90' }, refunds: [{ state: 'confirmed', refused: true }] })
    expect(reviews).toMatchObject([{ reason: 'unexpected_payout', money: { value: '10.00' } }])
  })
})

test('a refund whose outcome is unknown explains money as well', () => {
  check('', [{ ...one, conclusion: null }], [confirmed('2', at(11))], ['refund.confirmed 10.00 r.1 [2]'])
})

test('a refund of another attempt of the deposit explains nothing of this one', () => {
  const other = recorded('deposit', 'order-1', { attempt: 2 })
  const foreign = { ...one, intent: { ...one.intent, of: paymentRef(other.intent) } }
  const facts = interpret(recordOf([deposit, other, foreign], [own, back('2', at(11))]))
  expect(short(facts)).toEqual([ownFact, 'review 10.00 unexpected_credit [2]'])
})

test('a failure by a person’s word: a later credit may be the second attempt’s', () => {
  const person: Report = {
    ...failed('9', at(11)),
    method: 'person:failed',
    proof: 'person',
    intent: paymentRef(one.intent),
  }
  expect(short(factsOf([one, retried], own, person, back('2', at(13))))).toEqual([
    ownFact,
    'refund.failed 10.00 r.1 [2]',
    'review 10.00 ambiguous_return [2]',
  ])
})

test('its facts name the deposit, its order and the earliest report', () => {
  expect(factsOf([one], own, back('3', at(12)), failed('2', at(11)))[1]).toEqual({
    type: 'refund.failed',
    intent: 'rs1.t.deposit.order-1.1',
    vendorId: '87654567',
    at: at(11),
    evidence: ['2', '3'],
    source: 'vendor',
    key: 'rs1.t.refund.r.1',
    amount: { value: '10.00', currency: 'EUR' },
    refund: 'rs1.t.refund.r.1',
    candidates: ['rs1.t.refund.r.1'],
  })
})
