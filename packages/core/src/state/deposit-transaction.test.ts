import { fact } from '../__fixtures__/bank.ts'
import { sek } from '../__fixtures__/records.ts'
import type { FactOf } from '../record/fact.ts'
import { fromMinorUnits } from '../values/money.ts'
import type { DepositFact } from './deposit-transaction.ts'
import { deriveTransaction, refusedTransaction } from './deposit-transaction.ts'

const expected = sek('100.00')
const euros = (value: string) => ({ value, currency: 'EUR' })
const on = (day: number): string => `2026-01-0${day}T00:00:00.000Z`
let made = 0
const newFact = <T extends DepositFact['type']>(type: T, members: Partial<Omit<FactOf<T>, 'type'>> = {}): FactOf<T> => {
  made += 1
  return fact(type, { evidence: [`n-${made}`], ...members } as Partial<Omit<FactOf<T>, 'type'>>)
}
const credited = (value = '100.00', members = {}) => newFact('deposit.credited', { amount: sek(value), ...members })
const reversed = (value = '100.00', members = {}) => newFact('deposit.reversed', { amount: sek(value), ...members })
const approved = (members = {}) => newFact('deposit.not_credited_yet', members)
const ended = (members = {}) => newFact('deposit.not_credited', members)
const byPerson = { source: 'person' } as const

type Facts = readonly [DepositFact, ...DepositFact[]]
const reasonsOf = (...facts: Facts) =>
  deriveTransaction(expected, facts).reasons.map(({ reason, money, cause }) =>
    [reason, money.value, cause].join(' ').trim(),
  )

test.each<readonly [string, Facts, string, bigint, bigint]>([
  ['that was approved', [approved()], 'not_credited_yet', 0n, 0n],
  ['that ended', [ended()], 'not_credited', 0n, 0n],
  ['that ended after it was approved', [approved(), ended()], 'not_credited', 0n, 0n],
  ['that was credited', [approved(), credited()], 'credited', 10000n, 0n],
  ['that several reports show as credited', [credited(), credited()], 'credited', 10000n, 0n],
  ['that was credited and ended', [credited(), ended()], 'credited', 10000n, 0n],
  ['of another amount', [credited('99.99')], 'not_credited_yet', 9999n, 0n],
  ['of another amount, that ended', [credited('99.99'), ended()], 'not_credited', 9999n, 0n],
  [
    'of two amounts, of which the larger counts',
    [credited('90.00'), credited(), credited('40.00')],
    'credited',
    10000n,
    0n,
  ],
  [
    'of another amount, which a person has accepted',
    [credited('99.99'), credited('99.99', byPerson)],
    'credited',
    9999n,
    0n,
  ],
  [
    'of a larger amount, which a person has accepted',
    [credited('110.00'), credited('110.00', byPerson)],
    'credited',
    11000n,
    0n,
  ],
  ['that only a person has seen credited', [credited('100.00', byPerson)], 'credited', 10000n, 0n],
  ['of another currency', [newFact('deposit.credited', { amount: euros('100.00') })], 'not_credited_yet', 0n, 0n],
  ['that was reversed', [credited(), reversed()], 'reversed', 10000n, 10000n],
  ['that was reversed in part, twice', [credited(), reversed('30.00'), reversed('30.00')], 'reversed', 10000n, 6000n],
  ['that was reversed before its credit was reported', [reversed('0.01')], 'reversed', 0n, 1n],
  [
    'that was reversed in another currency',
    [credited(), newFact('deposit.reversed', { amount: euros('1.00') })],
    'credited',
    10000n,
    0n,
  ],
])('a transaction %s', (_name, facts, state, credit, reversal) => {
  const before = deriveTransaction(expected, facts)
  expect(before).toMatchObject({
    vendorId: 'tx-1',
    state,
    credited: fromMinorUnits(credit, 'SEK'),
    reversed: fromMinorUnits(reversal, 'SEK'),
  })
  const reverse = [...facts].reverse() as unknown as Facts
  expect(deriveTransaction(expected, reverse)).toMatchObject({
    state,
    credited: fromMinorUnits(credit, 'SEK'),
    reversed: fromMinorUnits(reversal, 'SEK'),
  })
})

test.each<readonly [string, Facts, readonly string[]]>([
  ['a credit as expected', [credited()], []],
  ['an approval or an end', [approved(), ended()], []],
  ['a reversal of all', [credited(), reversed()], []],
  ['less than expected', [credited('99.99')], ['amount_differs 99.99']],
  ['less than expected, twice', [credited('99.99'), credited('99.99')], ['amount_differs 99.99']],
  ['less than expected and the expected amount', [credited('99.99'), credited()], ['amount_differs 99.99']],
  ['less than expected, reversed in part', [credited('99.99'), reversed('9.99')], ['amount_differs 99.99 999']],
  ['less than expected, accepted by a person', [credited('99.99'), credited('99.99', byPerson)], []],
  [
    'accepted by a person, and another amount afterwards',
    [credited('99.99'), credited('99.99', byPerson), credited('70.00', { at: on(4) })],
    ['amount_differs 70.00'],
  ],
  ['another currency', [newFact('deposit.credited', { amount: euros('100.00') })], ['currency_differs 100.00']],
  ['credited and ended', [credited(), ended()], ['credited_and_cancelled 100.00']],
  ['credited, ended and reversed', [credited(), ended(), reversed('1.00')], ['credited_and_cancelled 100.00 100']],
  ['credited by a person’s decision, and ended', [credited('100.00', byPerson), ended()], []],
  ['another amount, ended', [credited('90.00'), ended()], ['amount_differs 90.00', 'credited_and_cancelled 90.00']],
  ['reversed completely, in two parts', [credited(), reversed('60.00'), reversed('40.00')], []],
  ['reversed beyond the credit', [credited(), reversed('100.01')], ['reversed_beyond_credit 0.01 10001']],
  ['reversed without a credit', [reversed('30.00')], ['reversed_beyond_credit 30.00 3000']],
])('%s: reviews %#', (_name, facts, reasons) => {
  expect(reasonsOf(...facts)).toEqual(reasons)
})

test('each reversal in another currency has its own cause', () => {
  const reversal = newFact('deposit.reversed', { amount: euros('1.00'), key: 'k-7' })
  expect(reasonsOf(credited(), reversal)).toEqual(['currency_differs 1.00 k-7'])
})

describe('the credit of a transaction', () => {
  test('has the time of the earliest report and the evidence of all, each once', () => {
    const late = credited('100.00', { at: on(4), evidence: ['a', 'b'] })
    const early = credited('100.00', { at: on(3), evidence: ['b', 'c'] })
    expect(deriveTransaction(expected, [late, early]).credit).toEqual({
      amount: expected,
      at: on(3),
      evidence: ['a', 'b', 'c'],
    })
  })

  test('of another amount that a person has accepted is what has arrived', () => {
    const { credit } = deriveTransaction(expected, [
      credited('90.00', { at: on(3), evidence: ['a'] }),
      credited('90.00', { ...byPerson, at: on(4), evidence: ['p'] }),
    ])
    expect(credit).toEqual({ amount: sek('90.00'), at: on(3), evidence: ['a', 'p'] })
  })

  test('is null for another amount or currency', () => {
    expect(deriveTransaction(expected, [credited('99.99')]).credit).toBeNull()
    expect(deriveTransaction(expected, [newFact('deposit.credited', { amount: euros('100.00') })]).credit).toBeNull()
    expect(deriveTransaction(expected, [approved()]).credit).toBeNull()
  })

  test.each<readonly [string, Facts, boolean]>([
    ['alone', [credited()], false],
    ['that ended', [ended()], false],
    ['and an end', [credited(), ended()], true],
    ['of another amount and an end', [credited('1.00'), ended()], true],
    ['by a person and an end', [credited('100.00', byPerson), ended()], false],
    ['by a look-up and an end', [credited('100.00', { source: 'lookup' }), ended()], true],
  ])('%s: contradicted %#', (_name, facts, isContradicted) => {
    expect(deriveTransaction(expected, facts).isContradicted).toBe(isContradicted)
  })
})

test('the earliest of several approvals or ends counts, or the first key at equal times, with the reports of all', () => {
  const [late, early] = [approved({ at: on(4) }), approved({ at: on(3) })]
  const [b, a] = [ended({ key: 'b' }), ended({ key: 'a' })]
  expect(deriveTransaction(expected, [late, early, b, a])).toMatchObject({
    approval: { ...early, evidence: [...late.evidence, ...early.evidence] },
    ending: { ...a, evidence: [...b.evidence, ...a.evidence] },
  })
  expect(deriveTransaction(expected, [credited()])).toMatchObject({ approval: null, ending: null })
})

test('its reversals are those in the currency of the order', () => {
  const own = reversed('30.00')
  const other = newFact('deposit.reversed', { amount: euros('1.00') })
  expect(deriveTransaction(expected, [credited(), other, own]).reversals).toEqual([own])
})

test('a transaction of a refused attempt is never opened again: its money in and money back are reviews', () => {
  const [one, two] = [reversed('100.00', { key: 'k-1' }), reversed('100.00', { key: 'k-2' })]
  const [approval, ending] = [approved(), ended()]
  const facts: Facts = [approval, credited(), credited(), credited('7.00'), one, two, ending]
  expect(refusedTransaction(expected, facts)).toEqual({
    vendorId: 'tx-1',
    state: 'not_credited',
    credited: fromMinorUnits(0n, 'SEK'),
    reversed: fromMinorUnits(0n, 'SEK'),
    credit: null,
    isContradicted: false,
    reversals: [],
    approval,
    ending,
    reasons: [
      { reason: 'unexpected_credit', money: sek('100.00'), cause: '' },
      { reason: 'unexpected_credit', money: sek('7.00'), cause: '' },
      { reason: 'reversed_beyond_credit', money: sek('100.00'), cause: 'k-1' },
      { reason: 'reversed_beyond_credit', money: sek('100.00'), cause: 'k-2' },
    ],
  })
})
