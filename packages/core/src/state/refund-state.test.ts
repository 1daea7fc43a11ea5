import { fact } from '../__fixtures__/bank.ts'
import { accepted, deposit, depositRef, refOf, refund, refused, sek, unknown } from '../__fixtures__/records.ts'
import type { Fact, FactOf } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import { deriveRefunds, takenByRefunds } from './refund-state.ts'

const [first, second, third] = [refund('r-1'), refund('r-2'), refund('r-3')]
const refs = [first, second, third].map(refOf)

type Members = Partial<Omit<FactOf<'refund.failed'>, 'type'>>
const of = (one: RecordedIntent): Members => ({ refund: refOf(one), candidates: [refOf(one)] })
const failed = (members: Members) => fact('refund.failed', members)
const confirmed = (members: Members) => fact('refund.confirmed', members)
const unnamed = (id: string, ...candidates: readonly PaymentRef[]): Members => ({ evidence: [id], candidates })
const byPerson = (one: RecordedIntent, id = 'person'): Members => ({
  ...of(one),
  evidence: [id],
  source: 'person',
  vendorId: '',
})

const statesOf = (intents: readonly RecordedIntent[], ...facts: readonly Fact[]) =>
  deriveRefunds([deposit(), ...intents], facts).refunds.map(({ reference, state }) => `${reference} ${state}`)
const takenOf = (intents: readonly RecordedIntent[], ...facts: readonly Fact[]) =>
  takenByRefunds(depositRef, deriveRefunds([deposit(), ...intents], facts))

describe('a decision that names one of several equal refunds that came back', () => {
  const returned = failed(unnamed('a', ...refs))
  const named = failed(byPerson(first))

  test.each([
    ['afterwards', [returned, named]],
    ['before it was reported', [named, returned]],
  ])('identifies the refund %s, and does not mean that another one came back', (_when, facts) => {
    const { returns } = deriveRefunds([deposit(), first, second, third], facts)
    expect(returns).toEqual([
      {
        of: depositRef,
        vendorId: 'tx-1',
        at: '2026-01-02T00:00:00.000Z',
        key: 'a',
        amount: sek('30.00'),
        refund: refOf(first),
        candidates: [refOf(first)],
        evidence: ['a', 'person'],
      },
    ])
    expect(takenOf([first, second, third], ...facts)).toBe(6000n)
    expect(statesOf([first, second, third], ...facts)).toEqual(['r-1 failed', 'r-2 accepted', 'r-3 accepted'])
  })

  test('leaves the second return of two with the other candidates', () => {
    const other = failed({ ...unnamed('b', ...refs), key: 'b', at: '2026-01-04T00:00:00.000Z' })
    const { returns } = deriveRefunds([deposit(), first, second, third], [other, named, returned])
    expect(returns.map(({ refund: one, candidates, evidence }) => [one, candidates, evidence])).toEqual([
      [refOf(first), [refOf(first)], ['a', 'person']],
      [null, [refOf(second), refOf(third)], ['b']],
    ])
    expect(takenOf([first, second, third], other, named, returned)).toBe(3000n)
  })

  test('identifies the last one if it is the only one left', () => {
    const other = failed({ ...unnamed('b', refOf(first), refOf(second)), key: 'b' })
    const one = failed(unnamed('a', refOf(first), refOf(second)))
    const { returns } = deriveRefunds([deposit(), first, second], [one, other, named])
    expect(returns.map(({ refund: ref }) => ref)).toEqual([refOf(first), refOf(second)])
    expect(takenOf([first, second], one, other, named)).toBe(0n)
  })

  test('identifies every refund that is named', () => {
    const other = failed({ ...unnamed('b', ...refs), key: 'b' })
    const facts = [returned, other, named, failed(byPerson(third, 'person-3'))]
    const { returns } = deriveRefunds([deposit(), first, second, third], facts)
    expect(returns.map(({ refund: ref }) => ref)).toEqual([refOf(first), refOf(third)])
  })

  test('is a further return if the amount or the candidates differ', () => {
    const [other, more] = [refund('r-4', { value: '12.00' }), refund('r-5', { value: '12.00' })]
    const twelve = failed({ ...unnamed('b', refOf(other), refOf(more)), amount: sek('12.00') })
    const two = failed(unnamed('c', refOf(second), refOf(third)))
    expect(deriveRefunds([deposit(), first, other, more], [twelve, named]).returns).toHaveLength(2)
    expect(deriveRefunds([deposit(), first, second, third], [two, named]).returns).toHaveLength(2)
  })

  test('identifies a confirmed refund, too', () => {
    const facts = [confirmed(unnamed('a', ...refs)), confirmed(byPerson(second))]
    const { confirmations } = deriveRefunds([deposit(), first, second, third], facts)
    expect(confirmations.map(({ refund: ref, evidence }) => [ref, evidence])).toEqual([
      [refOf(second), ['a', 'person']],
    ])
  })
})

describe('a refund whose call was refused', () => {
  const refusedRefund = refund('r-1', { conclude: refused })
  const stateOf = (...facts: readonly Fact[]) => statesOf([refusedRefund], ...facts)

  test('is not listed', () => {
    expect(stateOf()).toEqual([])
    expect(takenOf([refusedRefund])).toBe(0n)
  })

  test('and that is reported as failed has no return', () => {
    const facts = [failed(of(refusedRefund))]
    expect(stateOf(...facts)).toEqual([])
    expect(deriveRefunds([deposit(), refusedRefund], facts).returns).toEqual([])
    expect(takenOf([refusedRefund], ...facts)).toBe(0n)
  })

  test('and that the vendor confirms was sent, and its money counts', () => {
    const { refunds } = deriveRefunds([deposit(), refusedRefund], [confirmed(of(refusedRefund))])
    expect(refunds).toEqual([
      {
        ref: refOf(refusedRefund),
        reference: 'r-1',
        of: depositRef,
        amount: sek('30.00'),
        state: 'confirmed',
        refused: true,
      },
    ])
    expect(takenOf([refusedRefund], confirmed(of(refusedRefund)))).toBe(3000n)
  })

  test('and that the vendor confirms and returns is returned', () => {
    const facts = [confirmed(of(refusedRefund)), failed({ ...of(refusedRefund), evidence: ['n-2'] })]
    expect(stateOf(...facts)).toEqual(['r-1 returned'])
    expect(deriveRefunds([deposit(), refusedRefund], facts).returns).toHaveLength(1)
    expect(takenOf([refusedRefund], ...facts)).toBe(0n)
  })
})

describe('two equal refunds whose calls were refused, when the vendor confirms one of them', () => {
  const both = [refund('r-1', { conclude: refused }), refund('r-2', { conclude: refused })] as const
  const sent = confirmed(unnamed('a', ...both.map(refOf)))

  test('neither is sent again until a person decides which it was, and the money counts once', () => {
    expect(statesOf(both, sent)).toEqual(['r-1 accepted', 'r-2 accepted'])
    expect(takenOf(both, sent)).toBe(3000n)
    const named = confirmed(byPerson(both[1]))
    expect(statesOf(both, sent, named)).toEqual(['r-2 confirmed'])
    expect(takenOf(both, sent, named)).toBe(3000n)
  })
})

describe('the state of a refund', () => {
  const open = refund('r-1', { conclude: () => null })

  test.each<readonly [string, RecordedIntent, readonly Fact[], string, bigint]>([
    ['whose call has no response', open, [], 'unknown', 3000n],
    ['whose outcome is unknown', refund('r-1', { conclude: unknown }), [], 'unknown', 3000n],
    ['that was accepted', refund('r-1', { conclude: accepted }), [], 'accepted', 3000n],
    ['that was confirmed', first, [confirmed(of(first))], 'confirmed', 3000n],
    ['that failed', first, [failed(of(first))], 'failed', 0n],
    ['that failed before the response to its call', open, [failed(of(open))], 'failed', 0n],
    ['that was confirmed and came back', first, [confirmed(of(first)), failed(of(first))], 'returned', 0n],
    ['that failed by a person’s decision', first, [failed(byPerson(first))], 'failed', 0n],
    [
      'that failed by a person’s decision and that the vendor confirms',
      first,
      [failed(byPerson(first)), confirmed(of(first))],
      'confirmed',
      3000n,
    ],
    [
      'that failed by a person’s decision and was confirmed by a later decision',
      first,
      [failed(byPerson(first)), confirmed({ ...byPerson(first, 'other'), at: '2026-01-03T00:00:00.000Z' })],
      'confirmed',
      3000n,
    ],
    [
      'that was confirmed by a person’s decision and failed by a later decision',
      first,
      [failed(byPerson(first)), confirmed({ ...byPerson(first, 'other'), at: '2026-01-01T00:00:00.000Z' })],
      'returned',
      0n,
    ],
    ['that is the only candidate', first, [failed(unnamed('a', refOf(first)))], 'failed', 0n],
    ['that is one of two candidates', first, [failed(unnamed('a', refOf(first), refOf(second)))], 'accepted', 0n],
  ])('%s', (_name, one, facts, state, taken) => {
    expect(statesOf([one], ...facts)).toEqual([`r-1 ${state}`])
    expect(takenOf([one], ...facts)).toBe(taken)
  })

  test('is failed for each equal refund if all of them came back', () => {
    const facts = ['a', 'b'].map((id) => failed({ ...unnamed(id, refOf(first), refOf(second)), key: id }))
    expect(statesOf([first, second], ...facts)).toEqual(['r-1 failed', 'r-2 failed'])
    expect(takenOf([first, second], ...facts)).toBe(0n)
    expect(statesOf([first, second], ...facts.slice(1))).toEqual(['r-1 accepted', 'r-2 accepted'])
    expect(takenOf([first, second], ...facts.slice(1))).toBe(3000n)
  })

  test('is confirmed against a person’s decision if the vendor confirms every equal refund', () => {
    const both = ['a', 'b'].map((id) => confirmed({ ...unnamed(id, refOf(first), refOf(second)), key: id }))
    const wrong = failed(byPerson(first))
    expect(statesOf([first, second], wrong, ...both)).toEqual(['r-1 confirmed', 'r-2 confirmed'])
    expect(deriveRefunds([first, second], [wrong, ...both]).overruled).toEqual([wrong])
    expect(takenOf([first, second], wrong, ...both)).toBe(6000n)
    expect(statesOf([first, second], wrong, ...both.slice(1))).toEqual(['r-1 failed', 'r-2 accepted'])
  })
})

test('several facts that name one refund are one outcome, with all their evidence, each once', () => {
  const facts = [
    failed({ ...of(first), evidence: ['b', 'c'], at: '2026-01-05T00:00:00.000Z', separate: true }),
    failed({ ...of(first), evidence: ['a', 'b'], at: '2026-01-04T00:00:00.000Z' }),
  ]
  expect(deriveRefunds([first], facts).returns).toMatchObject([
    { refund: refOf(first), evidence: ['a', 'b', 'c'], at: '2026-01-04T00:00:00.000Z', separate: true },
  ])
})

test('refunds of another attempt do not count', () => {
  const other = refOf(deposit({ attempt: 2 }))
  const derived = deriveRefunds(
    [first, refund('r-9', { of: other, value: '12.00' })],
    [failed({ ...unnamed('a', refOf(first), refOf(second)), intent: other })],
  )
  expect(takenByRefunds(depositRef, derived)).toBe(3000n)
  expect(takenByRefunds(other, derived)).toBe(0n)
})

describe('in the sum of refunds, returns', () => {
  test('that name their refund are not subtracted twice', () => {
    expect(takenOf([first, second, third], failed(of(first)))).toBe(6000n)
    expect(
      takenOf([first, second, third], failed(of(first)), failed({ ...of(second), key: 'b', evidence: ['b'] })),
    ).toBe(3000n)
  })

  test('that name no refund are subtracted, unless all their candidates have failed', () => {
    const either = failed({ ...unnamed('x', refOf(first), refOf(second)), key: 'x' })
    expect(takenOf([first, second], failed(of(first)), either)).toBe(0n)
    expect(takenOf([first, second, third], failed(of(first)), either)).toBe(3000n)
    const same = failed({ ...unnamed('y', refOf(first)), vendorId: 'tx-2', key: 'y' })
    expect(takenOf([first, second], failed(of(first)), same)).toBe(3000n)
  })
})

describe('a person’s decision about a refund', () => {
  const at = (day: number): string => `2026-01-0${day}T00:00:00.000Z`
  const wrong = failed({ ...byPerson(first), at: at(2) })
  const overruledBy = (...facts: readonly Fact[]) =>
    deriveRefunds([deposit(), first, second], [wrong, ...facts]).overruled

  test('is overruled by a later decision about the same refund, and by no other decision', () => {
    expect(overruledBy(confirmed({ ...byPerson(first, 'b'), at: at(3) }))).toEqual([wrong])
    expect(overruledBy(confirmed({ ...byPerson(first, 'b'), at: at(2) }))).toEqual([])
    expect(overruledBy(confirmed({ ...byPerson(second, 'b'), at: at(3) }))).toEqual([])
    expect(overruledBy(confirmed({ ...of(second), at: at(3) }))).toEqual([])
  })

  test('can be overruled, unlike a failure that the vendor reports', () => {
    const returned = failed({ ...of(first), evidence: ['n-2'] })
    expect(deriveRefunds([deposit(), first], [returned, confirmed(of(first))]).overruled).toEqual([])
  })

  test('explains no return of another deposit', () => {
    const other = refOf(deposit({ attempt: 2 }))
    const returned = failed({ ...unnamed('a', refOf(first), refOf(second)), intent: other })
    expect(deriveRefunds([deposit(), first, second], [returned, wrong]).returns).toHaveLength(2)
  })

  test('explains nothing if the vendor names the refund as well', () => {
    const returned = failed({ ...unnamed('a', refOf(first), refOf(second)), key: 'a' })
    const named = failed({ ...of(first), evidence: ['n-9'] })
    expect(deriveRefunds([deposit(), first, second], [returned, wrong, named]).returns).toHaveLength(2)
  })
})

test('returns are sorted by time, even if some name no refund', () => {
  const early = failed({ ...unnamed('a', refOf(first), refOf(second)), at: '2026-01-02T00:00:00.000Z' })
  const late = failed({ ...of(third), evidence: ['b'], at: '2026-01-04T00:00:00.000Z' })
  const { returns } = deriveRefunds([deposit(), first, second, third], [late, early])
  expect(returns.map(({ evidence }) => evidence)).toEqual([['a'], ['b']])
})

test('all equal refunds have failed if there are as many returns of the same money and candidates', () => {
  const two = [refOf(first), refOf(second)]
  const returned = (id: string, members: Members = {}) => failed({ ...unnamed(id, ...two), key: id, ...members })
  const states = (...facts: readonly Fact[]) => statesOf([first, second, third], ...facts)
  const neither = ['r-1 accepted', 'r-2 accepted', 'r-3 accepted']
  expect(states(returned('a'), returned('b'))).toEqual(['r-1 failed', 'r-2 failed', 'r-3 accepted'])
  expect(states(returned('a'), returned('b', { amount: sek('29.00') }))).toEqual(neither)
  expect(states(returned('a'), returned('b', { candidates: [refOf(first), refOf(third)] }))).toEqual(neither)
  expect(states(returned('a'), returned('b', { candidates: refs }))).toEqual(neither)
})
