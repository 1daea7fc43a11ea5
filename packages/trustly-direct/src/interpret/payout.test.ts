import type { Fact, RecordedIntent, Report } from '@railswitch/core/provider'
import { notification, recorded, recordOf, reported } from '../__fixtures__/orders.ts'
import { interpret } from './interpret.ts'

const payout = recorded('payout', 'payout-1')
const withdrawal = recorded('withdrawal', 'withdrawal-1')
const at = (day: number, time = '12:00:00.000'): string => `2010-01-${String(day).padStart(2, '0')}T${time}Z`

/** 49.90 is what was asked for. */
const said =
  (intent: RecordedIntent) =>
  (method: string, id: string, when: string, value = '49.90'): Report =>
    reported(intent, notification(method), {
      at: when,
      id,
      ...(method !== 'cancel' && { money: { value, currency: 'EUR' } }),
    })
const paid = said(payout)
const asked = said(withdrawal)
const timeless = (report: Report): Report => ({ ...report, members: {} })
const unreadable = ({ money: _, ...report }: Report): Report => report

const factsOf = (intent: RecordedIntent, reports: readonly Report[]): readonly Fact[] =>
  interpret(recordOf([intent], reports))
const short = (facts: readonly Fact[]): readonly string[] =>
  facts.map((fact) => {
    const money = 'amount' in fact ? fact.amount : 'money' in fact ? fact.money : null
    const named = 'reason' in fact ? fact.reason : ''
    return [fact.type, money?.value, named, `[${[...fact.evidence].sort()}]`].filter((part) => part).join(' ')
  })

type Row = readonly [string, readonly Report[], readonly string[]]

describe('a payout', () => {
  test.each<Row>([
    ['that is confirmed', [paid('payoutconfirmation', '1', at(2))], ['payout.confirmed 49.90 [1]']],
    ['that cannot be sent', [paid('payoutfailed', '1', at(2))], ['payout.failed 49.90 [1]']],
    ['whose money is back', [paid('credit', '1', at(2))], ['payout.failed 49.90 [1]']],
    ['that was cancelled', [paid('cancel', '1', at(2))], ['payout.failed [1]']],
    [
      'of which one failure is reported three ways fails once',
      [paid('cancel', '3', at(2)), paid('credit', '2', at(3)), paid('payoutfailed', '1', at(2))],
      ['payout.failed 49.90 [1,2,3]'],
    ],
    [
      'that is cancelled twice fails once',
      [paid('cancel', '1', at(2)), paid('cancel', '2', at(3))],
      ['payout.failed [1,2]'],
    ],
    [
      'that is confirmed and comes back',
      [paid('payoutconfirmation', '1', at(2)), paid('credit', '2', at(4))],
      ['payout.confirmed 49.90 [1]', 'payout.failed 49.90 [2]'],
    ],
    [
      'whose money comes back twice fails once, and the other money is unexpected',
      [paid('credit', '1', at(2)), paid('credit', '2', at(3)), paid('payoutfailed', '3', at(2))],
      ['payout.failed 49.90 [1,3]', 'review 49.90 unexpected_credit [2]'],
    ],
    [
      'that is reported as failed twice fails once, and that needs review',
      [paid('payoutfailed', '1', at(2)), paid('payoutfailed', '2', at(3)), paid('credit', '3', at(3))],
      ['payout.failed 49.90 [1,3]', 'review 49.90 unexpected_credit [2]'],
    ],
    [
      'that is confirmed twice was paid once, and the other one is unexpected',
      [paid('payoutconfirmation', '2', at(3)), paid('payoutconfirmation', '1', at(2))],
      ['payout.confirmed 49.90 [1]', 'review 49.90 unexpected_payout [2]'],
    ],
    [
      'whose money comes back in parts',
      [paid('credit', '1', at(2), '20.00'), paid('credit', '2', at(3), '29.90')],
      ['payout.failed 20.00 [1]', 'payout.failed 29.90 [2]'],
    ],
    [
      'that was cancelled, with another amount than came back',
      [paid('credit', '1', at(2), '20.00'), paid('cancel', '2', at(3))],
      ['payout.failed 20.00 [1]', 'payout.failed [2]'],
    ],
  ])('%s', (_name, reports, expected) => expect(short(factsOf(payout, reports))).toEqual(expected))

  test('names the order, the earliest report and a key that no order of reports changes', () => {
    const facts = factsOf(payout, [
      paid('credit', '2', at(3)),
      paid('payoutfailed', '1', at(2)),
      paid('payoutconfirmation', '3', at(1)),
    ])
    const shared = { intent: 'rs1.t.payout.payout-1.1', vendorId: '87654567', source: 'vendor', key: '49.90 EUR' }
    const amount = { value: '49.90', currency: 'EUR' }
    expect(facts).toEqual([
      { ...shared, type: 'payout.confirmed', amount, at: at(1), evidence: ['3'] },
      { ...shared, type: 'payout.failed', amount, at: at(2), evidence: ['1', '2'] },
    ])
    expect(factsOf(payout, [paid('cancel', '1', at(2))])).toEqual([
      { ...shared, type: 'payout.failed', amount: null, at: at(2), evidence: ['1'], key: 'cancel' },
    ])
  })
})

describe('a payout that failed first and was confirmed afterwards', () => {
  test.each<Row>([
    [
      'counts as paid: nothing is given back before its money came, and it needs review',
      [paid('payoutfailed', '1', at(2)), paid('payoutconfirmation', '2', at(2, '12:00:00.001'))],
      ['payout.confirmed 49.90 [2]', 'review 49.90 ambiguous_return [1]'],
    ],
    [
      'has failed once its money is back',
      [paid('payoutfailed', '1', at(2)), paid('payoutconfirmation', '2', at(3)), paid('credit', '3', at(1))],
      ['payout.confirmed 49.90 [2]', 'payout.failed 49.90 [1,3]'],
    ],
    [
      'has failed once it was cancelled',
      [paid('payoutfailed', '1', at(2)), paid('payoutconfirmation', '2', at(3)), paid('cancel', '3', at(4))],
      ['payout.confirmed 49.90 [2]', 'payout.failed 49.90 [1,3]'],
    ],
    [
      'has failed where the failure was reported after the first of two confirmations',
      [
        paid('payoutconfirmation', '1', at(2)),
        paid('payoutfailed', '2', at(2)),
        paid('payoutconfirmation', '3', at(3)),
      ],
      ['payout.confirmed 49.90 [1]', 'review 49.90 unexpected_payout [3]', 'payout.failed 49.90 [2]'],
    ],
    [
      'has failed at the same moment',
      [paid('payoutfailed', '1', at(2)), paid('payoutconfirmation', '2', at(2))],
      ['payout.confirmed 49.90 [2]', 'payout.failed 49.90 [1]'],
    ],
    [
      'has failed where Trustly reported no time of the failure',
      [timeless(paid('payoutfailed', '1', at(2))), paid('payoutconfirmation', '2', at(3))],
      ['payout.confirmed 49.90 [2]', 'payout.failed 49.90 [1]'],
    ],
    [
      'has failed where Trustly reported no time of the confirmation',
      [paid('payoutfailed', '1', at(2)), timeless(paid('payoutconfirmation', '2', at(3)))],
      ['payout.confirmed 49.90 [2]', 'payout.failed 49.90 [1]'],
    ],
    [
      'of another amount has nothing to do with it',
      [paid('payoutfailed', '1', at(2)), paid('payoutconfirmation', '2', at(3), '20.00')],
      ['payout.confirmed 20.00 [2]', 'payout.failed 49.90 [1]'],
    ],
  ])('%s', (_name, reports, expected) => expect(short(factsOf(payout, reports))).toEqual(expected))
})

describe('row 2: a withdrawal', () => {
  test.each<Row>([
    ['that was asked for', [asked('debit', '1', at(2))], ['withdrawal.requested 49.90 [1]']],
    [
      'whose cancel was handled before its debit',
      [asked('cancel', '2', at(3)), asked('debit', '1', at(2))],
      ['withdrawal.requested 49.90 [1]', 'payout.failed [2]'],
    ],
    ['whose debit was lost', [asked('cancel', '1', at(3))], ['payout.failed [1]']],
    [
      'that was denied: cancelled, and its money is back',
      [asked('debit', '1', at(2)), asked('cancel', '2', at(3)), asked('credit', '3', at(3))],
      ['withdrawal.requested 49.90 [1]', 'payout.failed 49.90 [2,3]'],
    ],
    [
      'of another amount, of which all is back',
      [asked('debit', '1', at(2), '20.00'), asked('credit', '3', at(3), '20.00'), asked('cancel', '2', at(3))],
      ['withdrawal.requested 20.00 [1]', 'payout.failed 20.00 [2,3]'],
    ],
    [
      'asked for twice is one question, and the other one needs review',
      [asked('debit', '2', at(3)), asked('debit', '1', at(2))],
      ['withdrawal.requested 49.90 [1,2]', 'review 49.90 possible_duplicate [2]'],
    ],
    [
      'asked for again with another amount is a question that nobody can answer',
      [asked('debit', '1', at(2)), asked('debit', '2', at(3), '20.00')],
      ['withdrawal.requested 49.90 [1]', 'review 20.00 amount_differs [2]'],
    ],
    [
      'that is paid and comes back',
      [
        asked('debit', '1', at(2)),
        asked('payoutconfirmation', '2', at(3)),
        asked('payoutfailed', '3', at(4)),
        asked('credit', '4', at(4)),
      ],
      ['withdrawal.requested 49.90 [1]', 'payout.confirmed 49.90 [2]', 'payout.failed 49.90 [3,4]'],
    ],
  ])('%s', (_name, reports, expected) => expect(short(factsOf(withdrawal, reports))).toEqual(expected))

  test('asks once, whatever order its debits come in', () => {
    const shared = { intent: 'rs1.t.withdrawal.withdrawal-1.1', vendorId: '87654567', source: 'vendor' }
    expect(factsOf(withdrawal, [asked('debit', '2', at(3)), asked('debit', '1', at(2))])).toEqual([
      {
        ...shared,
        key: '87654567',
        type: 'withdrawal.requested',
        amount: { value: '49.90', currency: 'EUR' },
        at: at(2),
        evidence: ['1', '2'],
      },
      {
        ...shared,
        key: '2',
        type: 'review',
        reason: 'possible_duplicate',
        money: { value: '49.90', currency: 'EUR' },
        at: at(3),
        evidence: ['2'],
      },
    ])
  })
})

test.each([
  [payout, 'payoutconfirmation'],
  [payout, 'payoutfailed'],
  [payout, 'credit'],
  [withdrawal, 'payoutconfirmation'],
  [withdrawal, 'payoutfailed'],
  [withdrawal, 'credit'],
  [withdrawal, 'debit'],
] as const)('an amount that cannot be read needs review: %# %s', (intent, method) => {
  const { kind } = intent.intent
  expect(factsOf(intent, [unreadable(said(intent)(method, '1', at(2)))])).toEqual([
    {
      intent: `rs1.t.${kind}.${kind}-1.1`,
      vendorId: '87654567',
      source: 'vendor',
      key: '1',
      type: 'review',
      reason: 'amount_differs',
      at: at(2),
      evidence: ['1'],
    },
  ])
})

test('a payout has no debit and no pending, nor a withdrawal a pending: these are passed on', () => {
  expect(short(factsOf(payout, [paid('debit', '1', at(2)), paid('pending', '2', at(2))]))).toEqual([
    'unrecognised [1]',
    'unrecognised [2]',
  ])
  expect(short(factsOf(withdrawal, [asked('pending', '1', at(2))]))).toEqual(['unrecognised [1]'])
})
