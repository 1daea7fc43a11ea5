import { type Fact, ownMethods, paymentRef, type RecordedIntent, type Report } from '@railswitch/core'
import { amount, refundAmount } from '../__fixtures__/notification-rows.ts'
import { notification, recorded, recordOf, refundOf, reported } from '../__fixtures__/orders.ts'
import { interpret } from './interpret.ts'

const deposit = recorded('deposit', 'order-1')
const at = (day: number, time = '12:00:00') => `2010-01-${String(day).padStart(2, '0')}T${time}.000Z`
const told = (method: string, id: string, when: string, more: object = {}): Report =>
  reported(deposit, notification(method, more), { at: when, id })
const credit = (id: string, when: string, value = amount.value) => told('credit', id, when, { amount: value })
const refund = (reference: string, when: string, value = refundAmount.value, attempt = 1): RecordedIntent =>
  refundOf(deposit, reference, {
    begunAt: when,
    intent: { ...refundOf(deposit, reference).intent, attempt, expect: { value, currency: 'EUR' } },
  })
const facts = (refunds: readonly RecordedIntent[], ...reports: readonly Report[]): readonly Fact[] =>
  interpret(recordOf([deposit, ...refunds], reports))
const short = (some: readonly Fact[]) =>
  some.map((fact) => {
    const named = 'refund' in fact ? (fact.refund ?? fact.candidates.join(' ')) : 'reason' in fact ? fact.reason : ''
    return `${fact.type} ${named} [${[...fact.evidence].sort()}]`.replaceAll('rs1.t.refund.', '')
  })

describe('row 3: a failed refund that was reported by payoutfailed and retried, then reported by credit', () => {
  const first = refund('r', at(10))
  const retried = refund('r', at(12), refundAmount.value, 2)
  const own = credit('1', at(5))
  const failed = told('payoutfailed', '2', at(11), { amount: refundAmount.value })

  test('is one failure; the credit could be the retry’s, and needs review', () => {
    expect(short(facts([first, retried], own, failed, credit('3', at(13), refundAmount.value)))).toEqual([
      'deposit.credited  [1]',
      'refund.failed r.1 [2,3]',
      'review ambiguous_return [3]',
    ])
  })

  test('is explained when the retry is reported by payoutfailed as well, and nothing needs review', () => {
    const later = told('payoutfailed', '4', at(14), { amount: refundAmount.value })
    expect(short(facts([first, retried], own, failed, credit('3', at(13), refundAmount.value), later))).toEqual([
      'deposit.credited  [1]',
      'refund.failed r.1 [2,3]',
      'refund.failed r.2 [4]',
    ])
  })

  test('is the first attempt’s alone where the credit is older than the retry', () => {
    expect(short(facts([first, retried], own, failed, credit('3', at(11, '13:00:00'), refundAmount.value)))).toEqual([
      'deposit.credited  [1]',
      'refund.failed r.1 [2,3]',
    ])
  })

  test('of two equal refunds, one failure is certain, and its other report may be the other one’s', () => {
    const equal = [refund('a', at(10)), refund('b', at(10, '13:00:00'))]
    expect(short(facts(equal, own, failed, credit('3', at(11), refundAmount.value)))).toEqual([
      'deposit.credited  [1]',
      'refund.failed a.1 b.1 [2,3]',
      'review ambiguous_return [3]',
    ])
  })
})

describe('row 4: a deposit that the ledger shows as credited, refunded in full', () => {
  const ledger: Report = {
    ...credit('ledger|87654567', at(5)),
    method: 'AccountLedger',
    proof: 'lookup',
    members: {},
  }
  const whole = refund('r', at(10), amount.value)

  test('a later credit is the refund that came back', () => {
    expect(short(facts([whole], ledger, credit('1', at(11))))).toEqual([
      'deposit.credited  [ledger|87654567]',
      'refund.failed r.1 [1]',
    ])
  })

  test('the original credit, delayed, is the deposit’s own', () => {
    expect(short(facts([whole], ledger, credit('1', at(5, '12:00:01'))))).toEqual([
      'deposit.credited  [1,ledger|87654567]',
    ])
  })

  test.each([
    ['within the clocks’ difference', credit('1', at(10, '12:00:30'))],
    ['without a time', { ...credit('1', at(11)), members: {} }],
  ])('a credit %s needs review, and moves nothing', (_name, unclear) => {
    expect(short(facts([whole], ledger, unclear))).toEqual([
      'deposit.credited  [ledger|87654567]',
      'review ambiguous_return [1]',
    ])
  })

  test('an import says as much as the ledger', () => {
    const imported: Report = {
      ...credit('imported|x', at(5)),
      method: ownMethods.imported,
      proof: 'person',
      members: { state: 'credited' },
    }
    expect(short(facts([whole], imported, credit('1', at(11))))).toEqual(['refund.failed r.1 [1]'])
  })
})

test('without a refund the first credit is the deposit’s, and each further one is unexpected', () => {
  expect(short(facts([], credit('2', at(6)), credit('1', at(5)), credit('3', at(7))))).toEqual([
    'deposit.credited  [1]',
    'review unexpected_credit [2]',
    'review unexpected_credit [3]',
  ])
})

test('every debit takes back more, and a repeated pending or cancel says no more', () => {
  const debits = [told('debit', '2', at(6)), told('debit', '3', at(7))]
  const pending = [told('pending', '4', at(4)), told('pending', '5', at(4))]
  const cancels = [told('cancel', '6', at(3)), told('cancel', '7', at(3))]
  expect(short(facts([], credit('1', at(5)), ...debits, ...pending, ...cancels))).toEqual([
    'deposit.not_credited_yet  [4,5]',
    'deposit.credited  [1]',
    'deposit.reversed  [2]',
    'deposit.reversed  [3]',
    'deposit.not_credited failed [6,7]',
  ])
})

test('a refused refund explains no money', () => {
  const error = { code: 'declined', effect: 'refused', again: 'never', message: 'no', hint: 'no' } as const
  const refused = { ...refund('r', at(10)), conclusion: { state: 'refused' as const, error } }
  expect(short(facts([refused], credit('1', at(5)), credit('2', at(11), refundAmount.value)))).toEqual([
    'deposit.credited  [1]',
    'review unexpected_credit [2]',
  ])
  expect(paymentRef(refused.intent)).toBe('rs1.t.refund.r.1')
})
