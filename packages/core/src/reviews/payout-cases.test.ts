import { fact } from '../__fixtures__/bank.ts'
import { payout, recordOf, refOf, refused, sek, unknown } from '../__fixtures__/records.ts'
import type { Fact } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { derivePayout } from '../state/payout-state.ts'
import { payoutCases } from './payout-cases.ts'

const intent = refOf(payout())
const casesOf = (facts: readonly Fact[], ...attempts: readonly RecordedIntent[]) => {
  const state = derivePayout(recordOf(attempts.length > 0 ? attempts : [payout()]), facts)
  if (!state) throw new Error('There is no payout.')
  return payoutCases(state, facts)
}
const reasonsOf = (...given: Parameters<typeof casesOf>) =>
  casesOf(...given).map(({ reason, cause, money }) => [reason, cause, money?.value])

const confirmed = (more: object = {}) => fact('payout.confirmed', { intent, evidence: ['sent'], ...more })
const failed = (more: object = {}) => fact('payout.failed', { intent, evidence: ['back'], ...more })

test('money out of the amount that was sent needs no review, whether it was paid or came back', () => {
  expect(reasonsOf([confirmed()])).toEqual([])
  expect(reasonsOf([failed()])).toEqual([])
  expect(reasonsOf([failed({ amount: null })])).toEqual([])
})

test('another amount is a case of its own for the confirmation and for the failure', () => {
  const amount = sek('60.00')
  expect(casesOf([confirmed({ amount })])).toEqual([
    {
      reason: 'amount_differs',
      payment: intent,
      vendorId: 'tx-1',
      at: '2026-01-02T00:00:00.000Z',
      cause: 'payout.confirmed',
      money: amount,
    },
  ])
  expect(reasonsOf([failed({ amount })])).toEqual([['amount_differs', 'payout.failed', '60.00']])
})

test('the same number in another currency is another amount', () => {
  expect(reasonsOf([confirmed({ amount: { value: '100.00', currency: 'EUR' } })])).toEqual([
    ['amount_differs', 'payout.confirmed', '100.00'],
  ])
})

describe('a payout whose call was refused', () => {
  const attempt = payout({ conclude: refused })

  test('is a case if the vendor shows it, with the amount that was to be sent', () => {
    expect(reasonsOf([fact('payout.accepted', { intent })], attempt)).toEqual([['unexpected_payout', '', '100.00']])
  })

  test('is a case if the vendor has paid it', () => {
    expect(reasonsOf([confirmed()], attempt)).toEqual([['unexpected_payout', '', '100.00']])
  })

  test('is no case if the vendor reports its failure, even if it was shown before', () => {
    expect(reasonsOf([failed()], attempt)).toEqual([])
    expect(reasonsOf([fact('payout.accepted', { intent, evidence: ['shown'] }), failed()], attempt)).toEqual([])
  })
})

test.each([
  ['accepted', payout()],
  ['unknown', payout({ conclude: unknown })],
])('a payout whose call was %s is no case if the vendor shows it', (_name, attempt) => {
  expect(reasonsOf([fact('payout.accepted', { intent })], attempt)).toEqual([])
})

test('a failure that a person decided is a case if the vendor has paid the payout', () => {
  const wrong = failed({ source: 'person', evidence: ['person'], vendorId: '' })
  expect(reasonsOf([wrong, confirmed()])).toEqual([['person_overruled', '', '100.00']])
  expect(reasonsOf([failed(), confirmed()])).toEqual([])
})

test('facts of another attempt are not about this one', () => {
  const second = payout({ attempt: 2 })
  expect(reasonsOf([confirmed({ intent: refOf(second), amount: sek('60.00') })])).toEqual([])
})
