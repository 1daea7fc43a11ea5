import type { Report } from '@railswitch/core/provider'
import { at, factsOf, ledger, refund, said, short, timeless } from '../__fixtures__/deposit-reports.ts'

const shared = { intent: 'rs1.t.deposit.order-1.1', vendorId: '87654567', source: 'vendor' }
const amount = { value: '49.90', currency: 'EUR' }

test.each<readonly [string, readonly Report[], readonly string[]]>([
  ['nothing', [], []],
  ['an approval', [said('pending', '1', at(4))], ['deposit.not_credited_yet 49.90 [1]']],
  [
    'a repeated approval, which says no more',
    [said('pending', '1', at(4)), said('pending', '2', at(5))],
    ['deposit.not_credited_yet 49.90 [1,2]'],
  ],
  [
    'an approval after the credit',
    [said('credit', '1', at(4)), said('pending', '2', at(5))],
    ['deposit.not_credited_yet 49.90 [2]', 'deposit.credited 49.90 [1]'],
  ],
  ['a customer who left', [said('cancel', '1', at(4))], ['deposit.not_credited abandoned [1]']],
  [
    'a repeated ending, which says no more',
    [said('cancel', '1', at(4)), said('cancel', '2', at(5))],
    ['deposit.not_credited abandoned [1,2]'],
  ],
  [
    'an approval whose money never came, reported in the other order',
    [said('cancel', '1', at(4)), said('pending', '2', at(5))],
    ['deposit.not_credited_yet 49.90 [2]', 'deposit.not_credited failed [1]'],
  ],
  [
    'money taken back in parts, and each part counts',
    [said('credit', '1', at(4)), said('debit', '2', at(6), '20.00'), said('debit', '3', at(7), '20.00')],
    ['deposit.credited 49.90 [1]', 'deposit.reversed 20.00 [2]', 'deposit.reversed 20.00 [3]'],
  ],
  ['money taken back, its credit still to come', [said('debit', '2', at(6))], ['deposit.reversed 49.90 [2]']],
  [
    'credited, taken back, and credited again',
    [said('credit', '3', at(8)), said('debit', '2', at(6)), said('credit', '1', at(4))],
    ['deposit.credited 49.90 [1]', 'deposit.reversed 49.90 [2]', 'review 49.90 unexpected_credit [3]'],
  ],
])('%s', (_name, reports, expected) => {
  expect(short(factsOf([], ...reports))).toEqual(expected)
  expect(short(factsOf([], ...[...reports].reverse()))).toEqual(expected)
})

test('each fact names the deposit, its order, its earliest report and a key that no order of reports changes', () => {
  const reports = [
    said('pending', '2', at(4)),
    said('pending', '1', at(3)),
    said('credit', '3', at(5)),
    said('debit', '4', at(6)),
    said('cancel', '6', at(8)),
    said('cancel', '5', at(7)),
  ]
  expect(factsOf([], ...reports)).toEqual([
    { ...shared, type: 'deposit.not_credited_yet', amount, at: at(3), evidence: ['1', '2'], key: '87654567' },
    { ...shared, type: 'deposit.credited', amount, at: at(5), evidence: ['3'], key: '87654567 49.90 EUR' },
    { ...shared, type: 'deposit.reversed', amount, at: at(6), evidence: ['4'], key: '4' },
    { ...shared, type: 'deposit.not_credited', reason: 'failed', at: at(7), evidence: ['5', '6'], key: '87654567' },
  ])
})

test('a credit that only the ledger shows is a look-up’s; with the notification it is Trustly’s own word', () => {
  const found = { ...shared, type: 'deposit.credited', amount, key: '87654567 49.90 EUR' }
  expect(factsOf([], ledger(at(5)))).toEqual([{ ...found, source: 'lookup', at: at(5), evidence: ['ledger|87654567'] }])
  expect(factsOf([], ledger(at(5)), timeless('credit', '1', at(4)))).toEqual([
    { ...found, at: at(4), evidence: ['1', 'ledger|87654567'] },
  ])
})

test.each(['pending', 'credit', 'debit', 'payoutfailed', 'payoutconfirmation'])(
  'a %s whose amount cannot be read needs review, and means nothing else',
  (method) => {
    const { money: _, ...report } = said(method, '1', at(4))
    expect(factsOf([refund('r', at(3))], report)).toEqual([
      { ...shared, type: 'review', reason: 'amount_differs', at: at(4), evidence: ['1'], key: '1' },
    ])
  },
)
