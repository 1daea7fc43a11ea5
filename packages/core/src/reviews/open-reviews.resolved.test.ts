import { bankSaying, fact, handled, reportsOf, resolved, seen } from '../__fixtures__/bank.ts'
import { deposit, payout, recordOf, refOf, refused, sek } from '../__fixtures__/records.ts'
import type { Fact } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import type { Money } from '../values/money.ts'

let made = 0
const evidence = (): readonly [string] => {
  made += 1
  return [`n-${made}`]
}
const credited = (amount: Money, vendorId = 'tx-1') =>
  fact('deposit.credited', { amount, vendorId, evidence: evidence(), at: `2026-01-0${vendorId.at(-1)}T00:00:00.000Z` })
const reversed = (amount: Money, vendorId = 'tx-1') =>
  fact('deposit.reversed', { amount, vendorId, evidence: evidence(), at: '2026-01-09T00:00:00.000Z' })
const cancelled = fact('deposit.not_credited', { evidence: ['cancel'] })
const reviewFact = (reason: 'unexpected_credit' | 'unexpected_payout' | 'possible_duplicate', money: Money) =>
  fact('review', { reason, money, evidence: evidence() })
const euros = (value: string) => ({ value, currency: 'EUR' })

const out = payout()
const sent = (type: 'payout.confirmed' | 'payout.failed', amount: Money, vendorId = 'tx-1') =>
  fact(type, { intent: refOf(out), amount, vendorId, evidence: evidence() })

const afterwards = (intents: readonly RecordedIntent[], before: readonly Fact[], next: Fact) => {
  const rails = bankSaying([...before, next])
  const first = handled(recordOf(intents, { reports: reportsOf(before) }), rails)
  const decided = resolved(first, rails)
  const again = { ...decided, reports: [...decided.reports, ...reportsOf([next])] }
  return { first: seen(first, rails).reasons, left: seen(decided, rails).reasons, more: seen(again, rails).reasons }
}

test.each<readonly [string, readonly RecordedIntent[], readonly Fact[], Fact, readonly string[]]>([
  [
    'another amount than ordered',
    [deposit()],
    [credited(sek('90.00'))],
    credited(sek('110.00')),
    ['amount_differs 110.00'],
  ],
  [
    'a cancelled order that is credited with another amount',
    [deposit()],
    [credited(sek('90.00')), cancelled],
    credited(sek('100.00')),
    ['credited_and_cancelled 100.00'],
  ],
  ['another currency', [deposit()], [credited(euros('40.00'))], credited(euros('50.00')), ['currency_differs 50.00']],
  [
    'another currency, when the same amount is reversed',
    [deposit()],
    [credited(euros('40.00'))],
    reversed(euros('40.00')),
    ['currency_differs 40.00'],
  ],
  [
    'a credit that is reversed',
    [deposit()],
    [credited(sek('90.00'))],
    reversed(sek('40.00')),
    ['amount_differs 90.00'],
  ],
  [
    'a refused attempt whose money is reversed',
    [deposit({ conclude: refused })],
    [credited(sek('100.00'))],
    reversed(sek('100.00')),
    ['reversed_beyond_credit 100.00'],
  ],
  [
    'a refused attempt that is credited with another amount',
    [deposit({ conclude: refused })],
    [credited(sek('100.00'))],
    credited(sek('60.00')),
    ['unexpected_credit 60.00'],
  ],
  [
    'a reversal without a credit, and another one',
    [deposit()],
    [reversed(sek('30.00'))],
    reversed(sek('20.00')),
    ['reversed_beyond_credit 50.00'],
  ],
  [
    'a second payment, and a third',
    [deposit()],
    [credited(sek('100.00')), credited(sek('100.00'), 'tx-2')],
    credited(sek('100.00'), 'tx-3'),
    ['overpaid 300.00'],
  ],
  [
    'a second payment that is reversed in part',
    [deposit()],
    [credited(sek('100.00')), credited(sek('100.00'), 'tx-2')],
    reversed(sek('30.00'), 'tx-2'),
    ['overpaid 170.00'],
  ],
  [
    'row 5: an unexpected credit of 10.00, and one of 5,000.00',
    [deposit()],
    [reviewFact('unexpected_credit', sek('10.00'))],
    reviewFact('unexpected_credit', sek('5000.00')),
    ['unexpected_credit 5000.00'],
  ],
  [
    'row 5: two equal payouts from the back office',
    [deposit()],
    [reviewFact('unexpected_payout', sek('10.00'))],
    reviewFact('unexpected_payout', sek('10.00')),
    ['unexpected_payout 10.00'],
  ],
  [
    'a payout when another part of it comes back',
    [out],
    [sent('payout.failed', sek('60.00'))],
    sent('payout.failed', sek('40.00')),
    ['amount_differs 40.00'],
  ],
  [
    'a payout that was paid in part, when this part comes back',
    [out],
    [sent('payout.confirmed', sek('60.00'))],
    sent('payout.failed', sek('60.00')),
    ['amount_differs 60.00'],
  ],
  [
    'a payout that was paid in part, when the same part is paid in another transaction',
    [out],
    [sent('payout.confirmed', sek('60.00'))],
    sent('payout.confirmed', sek('60.00'), 'tx-2'),
    ['amount_differs 60.00'],
  ],
])('a resolved review of %s hides no other money', (_name, intents, before, next, expected) => {
  const { first, left, more } = afterwards(intents, before, next)
  expect(first).not.toEqual([])
  expect(left).toEqual([])
  expect(more).toEqual(expected)
})

test('a resolved review stays resolved, whatever the order of the reports', () => {
  const once = reviewFact('possible_duplicate', sek('10.00'))
  const rails = bankSaying([once])
  const record = resolved(recordOf([deposit()], { reports: reportsOf([once]) }), rails)
  expect(seen({ ...record, reports: [...record.reports].reverse() }, rails).reasons).toEqual([])
})
