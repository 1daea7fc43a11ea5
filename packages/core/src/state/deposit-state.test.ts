import { fact } from '../__fixtures__/bank.ts'
import { deposit, depositRef, payout, recordOf, refOf, refund, refused, report, sek } from '../__fixtures__/records.ts'
import type { Fact, FactOf } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { deriveDeposit, netOf } from './deposit-state.ts'

const order = deposit()
const again = deposit({ attempt: 2 })
const of = (one: RecordedIntent, vendorId = 'tx-1') => ({ intent: refOf(one), vendorId })
const credited = (given: Partial<FactOf<'deposit.credited'>> = {}) => fact('deposit.credited', given)
const reversed = (value: string, given: Partial<FactOf<'deposit.reversed'>> = {}) =>
  fact('deposit.reversed', { amount: sek(value), evidence: ['back'], ...given })
const derive = (intents: readonly RecordedIntent[], ...facts: readonly Fact[]) =>
  deriveDeposit(recordOf(intents), facts)

test('a deposit of which nothing was reported is pending, and nothing of it can be refunded', () => {
  expect(derive([order])).toEqual({
    ref: depositRef,
    reference: 'order-1',
    state: 'pending',
    credited: sek('0.00'),
    reversed: sek('0.00'),
    refunded: sek('0.00'),
    refundable: sek('0.00'),
    refunds: [],
    returns: [],
    confirmations: [],
    overruled: [],
    attempts: [
      {
        ref: depositRef,
        refused: false,
        transactions: [],
        state: 'pending',
        expected: sek('100.00'),
        credited: sek('0.00'),
        reversed: sek('0.00'),
        refundable: sek('0.00'),
      },
    ],
    at: '2026-01-01T00:00:00.000Z',
  })
})

test.each<readonly [string, readonly Fact[], string]>([
  [
    'the one that is paid, of two transactions',
    [fact('deposit.not_credited', { vendorId: 'tx-0' }), credited()],
    'credited',
  ],
  [
    'the one that is paid, reported first',
    [credited(), fact('deposit.not_credited', { vendorId: 'tx-9' })],
    'credited',
  ],
  [
    'the one that may be paid',
    [fact('deposit.not_credited'), fact('deposit.not_credited_yet', { vendorId: 'tx-2' })],
    'not_credited_yet',
  ],
  [
    'the one that stands, of two that were paid',
    [credited(), reversed('100.00'), credited({ vendorId: 'tx-2' })],
    'credited',
  ],
  [
    'the one that was taken back, of one that was approved',
    [credited(), reversed('100.00'), fact('deposit.not_credited_yet', { vendorId: 'tx-2' })],
    'reversed',
  ],
  ['the one that ended, alone', [fact('deposit.not_credited')], 'not_credited'],
])('an attempt is as %s', (_name, facts, state) => {
  expect(derive([order], ...facts)).toMatchObject({ state, attempts: [{ state }] })
})

describe('of several attempts', () => {
  test.each<readonly [string, readonly Fact[], RecordedIntent, string]>([
    ['the newest counts among equals', [], again, 'pending'],
    ['a dead one counts least', [fact('deposit.not_credited', of(again))], order, 'pending'],
    ['the furthest counts', [credited()], order, 'credited'],
    [
      'one that stands counts more than one that was taken back',
      [credited(), credited(of(again, 'tx-2')), reversed('100.00', of(again, 'tx-2'))],
      order,
      'credited',
    ],
    [
      'one that was taken back counts more than one that was approved',
      [credited(), reversed('100.00'), fact('deposit.not_credited_yet', of(again, 'tx-2'))],
      order,
      'reversed',
    ],
  ])('%s', (_name, facts, counting, state) => {
    expect(derive([order, again], ...facts)).toMatchObject({ ref: refOf(counting), state })
  })

  test('the money is that of all', () => {
    const other = refund('r-2', { of: refOf(again), value: '20.00' })
    const facts = [credited(), credited(of(again, 'tx-2')), reversed('10.00', of(again, 'tx-2'))]
    expect(derive([order, again, refund('r-1'), other], ...facts)).toMatchObject({
      credited: sek('200.00'),
      reversed: sek('10.00'),
      refunded: sek('50.00'),
      refundable: sek('140.00'),
      attempts: [
        { credited: sek('100.00'), reversed: sek('0.00'), refundable: sek('70.00') },
        { credited: sek('100.00'), reversed: sek('10.00'), refundable: sek('70.00') },
      ],
    })
  })

  test('a refused one is over, whatever is reported of it', () => {
    const no = deposit({ attempt: 2, conclude: refused })
    expect(derive([order, no], credited(of(no, 'tx-2')))).toMatchObject({
      ref: depositRef,
      state: 'pending',
      credited: sek('0.00'),
      attempts: [{ refused: false }, { refused: true, state: 'not_credited', refundable: sek('0.00') }],
    })
    expect(derive([no])).toMatchObject({ state: 'not_credited' })
  })
})

describe('what a person credited before any transaction was known', () => {
  const said = credited({ vendorId: depositRef, source: 'person', evidence: ['person'] })

  test.each([
    ['stands for itself', [said], '100.00'],
    ['is the transaction that comes', [said, credited()], '100.00'],
    ['is one of two that come', [said, credited(), credited({ vendorId: 'tx-2', evidence: ['n-2'] })], '200.00'],
    ['is taken back with the transaction that is', [said, credited(), reversed('100.00')], '0.00'],
    ['is taken back with the only one that is known', [said, reversed('100.00')], '0.00'],
    [
      'is the one that is credited, and no other that ended',
      [fact('deposit.not_credited', { vendorId: 'tx-0', evidence: ['n-0'] }), said, credited()],
      '100.00',
    ],
    [
      'is the only one that came, though nothing but its approval is reported',
      [said, fact('deposit.not_credited_yet', { evidence: ['n-3'] })],
      '100.00',
    ],
  ])('%s', (_name, facts, refundable) => {
    expect(derive([order], ...facts)?.refundable).toEqual(sek(refundable))
  })
})

describe('what can be refunded', () => {
  test.each<readonly [string, readonly RecordedIntent[], readonly Fact[], string, string]>([
    ['all of it', [], [], '100.00', '0.00'],
    ['what refunds left', [refund('r-1')], [], '70.00', '30.00'],
    ['what refunds left, to the last', [refund('r-1'), refund('r-2', { value: '70.00' })], [], '0.00', '100.00'],
    ['never less than nothing', [refund('r-1')], [reversed('80.00')], '0.00', '30.00'],
    ['what was not taken back', [], [reversed('99.99')], '0.01', '0.00'],
    ['what came back', [refund('r-1')], [fact('refund.failed', { refund: refOf(refund('r-1')) })], '100.00', '0.00'],
    ['nothing of another attempt’s refunds', [refund('r-1', { of: refOf(again) })], [], '100.00', '0.00'],
  ])('is %s', (_name, refunds, facts, refundable, refunded) => {
    expect(derive([order, ...refunds], credited(), ...facts)).toMatchObject({
      refundable: sek(refundable),
      refunded: sek(refunded),
    })
  })
})

test('what is left of it is never less than nothing', () => {
  expect(netOf({ credited: sek('100.00'), reversed: sek('30.00') })).toEqual(sek('70.00'))
  expect(netOf({ credited: sek('30.00'), reversed: sek('30.01') })).toEqual(sek('0.00'))
})

test('it is as of its newest report, whatever order they are in', () => {
  const reports = ['2026-01-05', '2026-01-07', '2026-01-06'].map((day) =>
    report(day, 'credit', { at: `${day}T00:00:00.000Z` }),
  )
  expect(deriveDeposit(recordOf([order], { reports }), [])?.at).toBe('2026-01-07T00:00:00.000Z')
  expect(deriveDeposit(recordOf([deposit({ begunAt: '2026-02-01T00:00:00.000Z' })], { reports }), [])?.at).toBe(
    '2026-02-01T00:00:00.000Z',
  )
})

test('a record without a deposit is none', () => {
  expect(derive([payout()])).toBeNull()
  expect(derive([])).toBeNull()
})
