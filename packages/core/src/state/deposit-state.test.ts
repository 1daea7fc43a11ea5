import { fact } from '../__fixtures__/bank.ts'
import { deposit, depositRef, payout, recordOf, refOf, refund, refused, report, sek } from '../__fixtures__/records.ts'
import type { Fact, FactOf } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { deriveDeposit, netOf } from './deposit-state.ts'

const order = deposit()
const second = deposit({ attempt: 2 })
const of = (one: RecordedIntent, vendorId = 'tx-1') => ({ intent: refOf(one), vendorId })
const credited = (members: Partial<FactOf<'deposit.credited'>> = {}) => fact('deposit.credited', members)
const reversed = (value: string, members: Partial<FactOf<'deposit.reversed'>> = {}) =>
  fact('deposit.reversed', { amount: sek(value), evidence: ['back'], ...members })
const derive = (intents: readonly RecordedIntent[], ...facts: readonly Fact[]) =>
  deriveDeposit(recordOf(intents), facts)

test('a deposit without reports is pending, and nothing of it can be refunded', () => {
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
  ['the paid one of two transactions', [fact('deposit.not_credited', { vendorId: 'tx-0' }), credited()], 'credited'],
  [
    'the paid one, if it is reported first',
    [credited(), fact('deposit.not_credited', { vendorId: 'tx-9' })],
    'credited',
  ],
  [
    'the one that may still be paid',
    [fact('deposit.not_credited'), fact('deposit.not_credited_yet', { vendorId: 'tx-2' })],
    'not_credited_yet',
  ],
  [
    'the one that was not reversed, of two that were paid',
    [credited(), reversed('100.00'), credited({ vendorId: 'tx-2' })],
    'credited',
  ],
  [
    'the reversed one, rather than an approved one',
    [credited(), reversed('100.00'), fact('deposit.not_credited_yet', { vendorId: 'tx-2' })],
    'reversed',
  ],
  ['the one that ended, if it is the only one', [fact('deposit.not_credited')], 'not_credited'],
])('the state of an attempt is that of %s', (_name, facts, state) => {
  expect(derive([order], ...facts)).toMatchObject({ state, attempts: [{ state }] })
})

describe('of several attempts', () => {
  test.each<readonly [string, readonly Fact[], RecordedIntent, string]>([
    ['the newest counts among equals', [], second, 'pending'],
    ['a failed one counts least', [fact('deposit.not_credited', of(second))], order, 'pending'],
    ['the furthest counts', [credited()], order, 'credited'],
    [
      'a credited one takes precedence over a reversed one',
      [credited(), credited(of(second, 'tx-2')), reversed('100.00', of(second, 'tx-2'))],
      order,
      'credited',
    ],
    [
      'a reversed one takes precedence over an approved one',
      [credited(), reversed('100.00'), fact('deposit.not_credited_yet', of(second, 'tx-2'))],
      order,
      'reversed',
    ],
  ])('%s', (_name, facts, counting, state) => {
    expect(derive([order, second], ...facts)).toMatchObject({ ref: refOf(counting), state })
  })

  test('the money is the sum of all', () => {
    const other = refund('r-2', { of: refOf(second), value: '20.00' })
    const facts = [credited(), credited(of(second, 'tx-2')), reversed('10.00', of(second, 'tx-2'))]
    expect(derive([order, second, refund('r-1'), other], ...facts)).toMatchObject({
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

  test('a refused one stays not credited, whatever is reported', () => {
    const refusedAttempt = deposit({ attempt: 2, conclude: refused })
    expect(derive([order, refusedAttempt], credited(of(refusedAttempt, 'tx-2')))).toMatchObject({
      ref: depositRef,
      state: 'pending',
      credited: sek('0.00'),
      attempts: [{ refused: false }, { refused: true, state: 'not_credited', refundable: sek('0.00') }],
    })
    expect(derive([refusedAttempt])).toMatchObject({ state: 'not_credited' })
  })
})

describe('a credit that a person decided before any transaction was known', () => {
  const byPerson = credited({ vendorId: depositRef, source: 'person', evidence: ['person'] })

  test.each([
    ['counts on its own', [byPerson], '100.00'],
    ['applies to the transaction that is reported', [byPerson, credited()], '100.00'],
    [
      'applies to one of two that are reported',
      [byPerson, credited(), credited({ vendorId: 'tx-2', evidence: ['n-2'] })],
      '200.00',
    ],
    ['is reversed with its transaction', [byPerson, credited(), reversed('100.00')], '0.00'],
    ['is reversed with the only known transaction', [byPerson, reversed('100.00')], '0.00'],
    [
      'applies to the transaction that is credited, not to one that ended',
      [fact('deposit.not_credited', { vendorId: 'tx-0', evidence: ['n-0'] }), byPerson, credited()],
      '100.00',
    ],
    [
      'applies to the only transaction, even if only its approval is reported',
      [byPerson, fact('deposit.not_credited_yet', { evidence: ['n-3'] })],
      '100.00',
    ],
  ])('%s', (_name, facts, refundable) => {
    expect(derive([order], ...facts)?.refundable).toEqual(sek(refundable))
  })
})

describe('the refundable amount is', () => {
  test.each<readonly [string, readonly RecordedIntent[], readonly Fact[], string, string]>([
    ['all of the deposit', [], [], '100.00', '0.00'],
    ['what other refunds left', [refund('r-1')], [], '70.00', '30.00'],
    ['nothing when refunds took all of it', [refund('r-1'), refund('r-2', { value: '70.00' })], [], '0.00', '100.00'],
    ['never negative', [refund('r-1')], [reversed('80.00')], '0.00', '30.00'],
    ['what was not taken back', [], [reversed('99.99')], '0.01', '0.00'],
    [
      'what came back of refunds',
      [refund('r-1')],
      [fact('refund.failed', { refund: refOf(refund('r-1')) })],
      '100.00',
      '0.00',
    ],
    ['not reduced by refunds of another attempt', [refund('r-1', { of: refOf(second) })], [], '100.00', '0.00'],
  ])('is %s', (_name, refunds, facts, refundable, refunded) => {
    expect(derive([order, ...refunds], credited(), ...facts)).toMatchObject({
      refundable: sek(refundable),
      refunded: sek(refunded),
    })
  })
})

test('the net amount is never negative', () => {
  expect(netOf({ credited: sek('100.00'), reversed: sek('30.00') })).toEqual(sek('70.00'))
  expect(netOf({ credited: sek('30.00'), reversed: sek('30.01') })).toEqual(sek('0.00'))
})

test('`at` is the time of the newest report, whatever the order of the reports', () => {
  const reports = ['2026-01-05', '2026-01-07', '2026-01-06'].map((day) =>
    report(day, 'credit', { at: `${day}T00:00:00.000Z` }),
  )
  expect(deriveDeposit(recordOf([order], { reports }), [])?.at).toBe('2026-01-07T00:00:00.000Z')
  expect(deriveDeposit(recordOf([deposit({ begunAt: '2026-02-01T00:00:00.000Z' })], { reports }), [])?.at).toBe(
    '2026-02-01T00:00:00.000Z',
  )
})

test('a record without a deposit has no deposit state', () => {
  expect(derive([payout()])).toBeNull()
  expect(derive([])).toBeNull()
})

test('a deposit is plain JSON', () => {
  const state = derive([order, refund('r-1')], credited(), reversed('10.00'))
  expect(JSON.parse(JSON.stringify(state))).toEqual(state)
})
