import type { RecordedIntent, Report } from '@railswitch/core/provider'
import {
  at,
  factsOf,
  imported,
  ledger,
  personCredited,
  refund,
  said,
  short,
  timeless,
} from '../__fixtures__/deposit-reports.ts'
import { amount } from '../__fixtures__/notification-rows.ts'

const credit = (id: string, when: string, value = amount.value): Report => said('credit', id, when, value)
const whole = refund('r', at(10), amount.value)
const part = refund('r', at(10))

type Row = readonly [string, readonly RecordedIntent[], readonly Report[], readonly string[]]

describe('without a refund', () => {
  test.each<Row>([
    ['one credit is the deposit’s', [], [credit('1', at(5))], ['deposit.credited 49.90 [1]']],
    [
      'the first credit is the deposit’s, and each further one is unexpected',
      [],
      [credit('2', at(6)), credit('1', at(5)), credit('3', at(7), '5000.00')],
      ['deposit.credited 49.90 [1]', 'review 49.90 unexpected_credit [2]', 'review 5000.00 unexpected_credit [3]'],
    ],
    [
      'the credit of what was expected is the deposit’s, though another amount came first',
      [],
      [credit('1', at(5), '10.00'), credit('2', at(6))],
      ['deposit.credited 49.90 [2]', 'review 10.00 unexpected_credit [1]'],
    ],
    [
      'of other amounts the first one is the deposit’s',
      [],
      [credit('1', at(5), '10.00'), credit('2', at(6), '20.00')],
      ['deposit.credited 10.00 [1]', 'review 20.00 unexpected_credit [2]'],
    ],
    [
      'the ledger and the credit report one credit',
      [],
      [ledger(at(5)), credit('1', at(5, '12:00:01.000'))],
      ['deposit.credited 49.90 [1,ledger|87654567]'],
    ],
    [
      'a ledger that shows another amount than the credit is shown, too',
      [],
      [ledger(at(5), '10.00'), credit('1', at(5, '12:00:01.000'))],
      ['deposit.credited 10.00 [ledger|87654567]', 'deposit.credited 49.90 [1]'],
    ],
    [
      'a ledger line of an unexpected credit is that credit’s',
      [],
      [ledger(at(5), '10.00'), credit('1', at(5, '12:00:01.000'), '10.00'), credit('2', at(6))],
      ['deposit.credited 49.90 [2]', 'review 10.00 unexpected_credit [1,ledger|87654567]'],
    ],
    [
      'money that comes again after it was taken back is unexpected',
      [],
      [credit('1', at(5)), said('debit', '2', at(6)), credit('3', at(7))],
      ['deposit.credited 49.90 [1]', 'deposit.reversed 49.90 [2]', 'review 49.90 unexpected_credit [3]'],
    ],
    [
      'the customer switched the account: the pending of one, then the credit of another',
      [],
      [said('pending', '1', at(4), '10.00'), said('pending', '2', at(5)), credit('3', at(5, '12:00:01.000'))],
      ['deposit.not_credited_yet 10.00 [1,2]', 'deposit.credited 49.90 [3]'],
    ],
  ])('%s', (_name, refunds, reports, expected) => expect(short(factsOf(refunds, ...reports))).toEqual(expected))
})

describe('with a refund', () => {
  test.each<Row>([
    [
      'a credit before it is the deposit’s, one after it is the refund’s',
      [whole],
      [credit('2', at(11)), credit('1', at(5))],
      ['deposit.credited 49.90 [1]', 'refund.failed 49.90 r.1 [2]'],
    ],
    [
      'a further credit before it is unexpected',
      [whole],
      [credit('1', at(5)), credit('2', at(6)), credit('3', at(11))],
      ['deposit.credited 49.90 [1]', 'review 49.90 unexpected_credit [2]', 'refund.failed 49.90 r.1 [3]'],
    ],
    [
      'a credit of no refund’s amount is unexpected',
      [part],
      [credit('1', at(5)), credit('2', at(11), '20.00')],
      ['deposit.credited 49.90 [1]', 'review 20.00 unexpected_credit [2]'],
    ],
    [
      'a credit within the clocks’ difference is the deposit’s where no other can be',
      [whole],
      [credit('1', at(10, '12:00:30.000')), credit('2', at(11))],
      ['deposit.credited 49.90 [1]', 'refund.failed 49.90 r.1 [2]'],
    ],
    [
      'a credit whose time is not reported is the deposit’s where no other can be',
      [whole],
      [timeless('credit', '1', at(12)), credit('2', at(11))],
      ['deposit.credited 49.90 [1]', 'refund.failed 49.90 r.1 [2]'],
    ],
    [
      'of credits whose time is not reported, that of the expected amount is the deposit’s',
      [part],
      [timeless('credit', '1', at(11), '10.00'), timeless('credit', '2', at(12))],
      ['deposit.credited 49.90 [2]', 'refund.failed 10.00 r.1 [1]'],
    ],
    [
      'all credits seem later, as our clock is slow: the first is the deposit’s, without which there was no refund',
      [whole],
      [credit('1', at(11)), credit('2', at(12))],
      ['deposit.credited 49.90 [1]', 'refund.failed 49.90 r.1 [2]'],
    ],
    [
      'all credits seem later: that of the expected amount is the deposit’s',
      [part],
      [credit('1', at(11), '10.00'), credit('2', at(12))],
      ['deposit.credited 49.90 [2]', 'refund.failed 10.00 r.1 [1]'],
    ],
    [
      'the earlier one of two refunds decides',
      [refund('b', at(12)), refund('a', at(10))],
      [credit('1', at(5)), credit('2', at(11), '10.00')],
      ['deposit.credited 49.90 [1]', 'refund.failed 10.00 a.1 [2]'],
    ],
  ])('%s', (_name, refunds, reports, expected) => expect(short(factsOf(refunds, ...reports))).toEqual(expected))
})

test('one near a refund of another amount is the deposit’s, also where the ledger shows it', () => {
  const near = credit('1', at(10, '12:00:30.000'))
  expect(short(factsOf([part], ledger(at(5)), near))).toEqual(['deposit.credited 49.90 [1,ledger|87654567]'])
  expect(short(factsOf([whole], ledger(at(5)), near))).toContain('review 49.90 ambiguous_return [1]')
})

/** Of these, the deposit's own `credit` may come or not, so that nothing but the time can tell. */
describe.each<readonly [string, Report, readonly string[]]>([
  ['the ledger shows', ledger(at(5)), ['ledger|87654567']],
  ['was imported', imported('credited', at(5)), []],
  ['a person said', personCredited(at(5)), []],
])('row 4: a deposit of which %s that it is credited', (_name, known, evidence) => {
  const reported = evidence.length > 0 ? [`deposit.credited 49.90 [${evidence}]`] : []
  const own = `deposit.credited 49.90 [${['1', ...evidence]}]`

  test.each<readonly [string, readonly RecordedIntent[], Report, readonly string[]]>([
    ['a credit before any refund is the same money', [], credit('1', at(6)), [own]],
    [
      'a later credit is the refund that came back',
      [whole],
      credit('1', at(11)),
      [...reported, 'refund.failed 49.90 r.1 [1]'],
    ],
    ['the original credit, delayed, is the same money', [whole], credit('1', at(5, '12:00:01.000')), [own]],
    ['a minute and a bit before the refund is before', [whole], credit('1', at(10, '11:58:59.999')), [own]],
    [
      'a minute before is unclear',
      [whole],
      credit('1', at(10, '11:59:00.000')),
      [...reported, 'review 49.90 ambiguous_return [1]'],
    ],
    [
      'a minute after is unclear',
      [whole],
      credit('1', at(10, '12:01:00.000')),
      [...reported, 'review 49.90 ambiguous_return [1]'],
    ],
    [
      'a minute and a bit after is after',
      [whole],
      credit('1', at(10, '12:01:00.001')),
      [...reported, 'refund.failed 49.90 r.1 [1]'],
    ],
    [
      'without a time it is unclear',
      [whole],
      timeless('credit', '1', at(11)),
      [...reported, 'review 49.90 ambiguous_return [1]'],
    ],
  ])('%s', (_row, refunds, report, expected) => expect(short(factsOf(refunds, known, report))).toEqual(expected))

  test('once the deposit’s own credit came, an unclear one can be the refund’s alone', () => {
    const reports = [known, credit('1', at(5)), timeless('credit', '2', at(11))]
    expect(short(factsOf([whole], ...reports))).toEqual([own, 'refund.failed 49.90 r.1 [2]'])
  })
})

test('an import of a deposit whose money was still to come does not know its credit', () => {
  const reports = [imported('pending', at(5)), credit('1', at(11)), credit('2', at(12))]
  expect(short(factsOf([whole], ...reports))).toEqual(['deposit.credited 49.90 [1]', 'refund.failed 49.90 r.1 [2]'])
})

test('what a person said of another deposit says nothing of this one', () => {
  const other = { ...personCredited(at(5)), intent: null }
  expect(short(factsOf([whole], other, credit('1', at(11))))).toEqual(['deposit.credited 49.90 [1]'])
})

describe('money that was taken back, beside a refund of the same amount', () => {
  const half = refund('r', at(10), '24.95')
  const own = credit('1', at(5))
  const debit = said('debit', '2', at(11), '24.95')

  test.each<Row>([
    [
      'a later credit of that amount is either, so that the refund’s money stays taken',
      [half],
      [own, debit, credit('3', at(12), '24.95')],
      ['deposit.credited 49.90 [1]', 'deposit.reversed 24.95 [2]', 'review 24.95 ambiguous_return [3]'],
    ],
    [
      'a credit of the same moment as well',
      [half],
      [own, debit, credit('3', at(11), '24.95')],
      ['deposit.credited 49.90 [1]', 'deposit.reversed 24.95 [2]', 'review 24.95 ambiguous_return [3]'],
    ],
    [
      'a credit without a time as well',
      [half],
      [own, debit, timeless('credit', '3', at(10, '13:00:00.000'), '24.95')],
      ['deposit.credited 49.90 [1]', 'deposit.reversed 24.95 [2]', 'review 24.95 ambiguous_return [3]'],
    ],
    [
      'a credit before it was taken back is the refund’s',
      [half],
      [own, debit, credit('3', at(10, '13:00:00.000'), '24.95')],
      ['deposit.credited 49.90 [1]', 'deposit.reversed 24.95 [2]', 'refund.failed 24.95 r.1 [3]'],
    ],
    [
      'a credit of the refund’s amount alone is the refund’s',
      [half],
      [own, said('debit', '2', at(11), '49.90'), credit('3', at(12), '24.95')],
      ['deposit.credited 49.90 [1]', 'deposit.reversed 49.90 [2]', 'refund.failed 24.95 r.1 [3]'],
    ],
    [
      'a credit of the amount taken back alone is unexpected',
      [refund('r', at(10), '10.00')],
      [own, debit, credit('3', at(12), '24.95')],
      ['deposit.credited 49.90 [1]', 'deposit.reversed 24.95 [2]', 'review 24.95 unexpected_credit [3]'],
    ],
  ])('%s', (_name, refunds, reports, expected) => expect(short(factsOf(refunds, ...reports))).toEqual(expected))
})

describe('what others signed under the names of our own sources', () => {
  test('a notification named like the ledger is no look-up: it proves no money', () => {
    const claimed = { ...ledger(at(5)), proof: 'signature' as const, members: { timestamp: 'vendor' } }
    expect(short(factsOf([], claimed))).toEqual(['unrecognised [ledger|87654567]'])
    expect(short(factsOf([whole], claimed, credit('1', at(11))))).toEqual([
      'deposit.credited 49.90 [1]',
      'unrecognised [ledger|87654567]',
    ])
  })

  test.each([imported('credited', at(5)), personCredited(at(5))])('nobody but a person says $method', (report) => {
    const claimed = { ...report, proof: 'signature' as const }
    expect(short(factsOf([whole], claimed, credit('1', at(11))))).toEqual(['deposit.credited 49.90 [1]'])
  })
})
