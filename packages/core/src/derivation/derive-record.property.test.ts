import fc from 'fast-check'
import { bankSaying, fact, handled, reportsOf } from '../__fixtures__/bank.ts'
import { accepted, deposit, recordOf, refOf, refund, refused, report, sek, unknown } from '../__fixtures__/records.ts'
import type { Fact, FactOf } from '../record/fact.ts'
import type { Intent, RecordedIntent } from '../record/intent.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import { ownMethods, type Report } from '../record/report.ts'
import { isDepositState } from '../state/payment-state.ts'
import { checkIntent } from '../store/intent-rules.ts'
import { toMinorUnits } from '../values/money.ts'
import { deriveRecord } from './derive-record.ts'

const order = deposit()
const again = deposit({ attempt: 2 })
const equal = [refund('r-1'), refund('r-2'), refund('r-3', { conclude: refused })]
const intents = [order, again, ...equal]
const [r1, r2, r3] = equal.map(refOf)

const on = (day: number): string => `2026-01-0${day}T00:00:00.000Z`
const money = (
  type: 'deposit.credited' | 'deposit.reversed',
  id: string,
  day: number,
  credit: Partial<FactOf<'deposit.credited'>> = {},
) => fact(type, { evidence: [id], at: on(day), ...credit })
const cameBack = (id: string, day: number, credit: Partial<FactOf<'refund.failed'>> = {}) =>
  fact('refund.failed', { evidence: [id], at: on(day), candidates: [r1, r2].flatMap((ref) => ref ?? []), ...credit })
const naming = (ref = r1) => (ref === undefined ? {} : { refund: ref, candidates: [ref] })
const second = { intent: refOf(again), vendorId: 'tx-3' }

/** All facts that a bank can report about one order with two attempts, three transactions and refunds of one amount. */
const sayings: readonly Fact[] = [
  fact('deposit.not_credited_yet', { evidence: ['approval'], at: on(1) }),
  money('deposit.credited', 'c-1', 2),
  money('deposit.credited', 'c-1-less', 2, { amount: sek('90.00') }),
  money('deposit.credited', 'c-1-euro', 2, { amount: { value: '9.00', currency: 'EUR' } }),
  money('deposit.credited', 'c-2', 3, { vendorId: 'tx-2' }),
  money('deposit.credited', 'c-3', 4, second),
  fact('deposit.not_credited', { evidence: ['cancel'], at: on(4) }),
  fact('deposit.not_credited', { ...second, evidence: ['cancel-3'], at: on(1) }),
  money('deposit.reversed', 'd-1', 3, { amount: sek('30.00') }),
  money('deposit.reversed', 'd-1-rest', 4, { amount: sek('70.00') }),
  money('deposit.reversed', 'd-1-euro', 4, { amount: { value: '9.00', currency: 'EUR' } }),
  money('deposit.reversed', 'd-2', 1, { vendorId: 'tx-2' }),
  money('deposit.reversed', 'd-3', 5, { ...second, amount: sek('10.00') }),
  cameBack('f-1', 5),
  cameBack('f-2', 6, { vendorId: 'tx-2' }),
  cameBack('f-3', 6, naming(r3)),
  fact('refund.confirmed', { evidence: ['s-1'], at: on(5), ...naming() }),
  fact('refund.confirmed', { evidence: ['s-3'], at: on(5), ...naming(r3) }),
  fact('review', { reason: 'unexpected_credit', money: sek('5.00'), evidence: ['x-1'], at: on(2) }),
  fact('unrecognised', { method: 'novelty', evidence: ['u-1'] }),
  fact('kyc.received', { abort: null, evidence: ['k-1'] }),
]

const person = (id: string, method: string, more: Partial<Report> = {}): Report =>
  report(id, method, { proof: 'person', at: on(6), money: sek('100.00'), ...more })

/** The reports of persons and of elapsed time about it. */
const ownSayings: readonly Report[] = [
  person('p-1', ownMethods.personCredited),
  person('p-2', ownMethods.imported, { members: { state: 'credited' } }),
  ...(r1 ? [person('p-3', ownMethods.personFailed, { intent: r1, money: sek('30.00'), vendorId: '' })] : []),
  ...(r1
    ? [person('p-4', ownMethods.personConfirmed, { intent: r1, money: sek('30.00'), vendorId: '', at: on(7) })]
    : []),
  person('p-5', ownMethods.overdue, { proof: 'elapsed' }),
  person('p-6', ownMethods.foreign, { proof: 'lookup', intent: null, vendorId: 'tx-9' }),
  report('strange', 'chb', { intent: null, proof: 'unproven', vendorId: 'tx-9', money: sek('1.00') }),
]

const anySayings = fc.shuffledSubarray([...sayings], { maxLength: 9 })
const anyReports = (facts: readonly Fact[]) =>
  fc.shuffledSubarray([...ownSayings]).map((own): readonly Report[] => [...reportsOf(facts), ...own])

const delivered = (
  facts: readonly Fact[],
  reports: readonly Report[],
  isHandled: (index: number) => boolean,
): PaymentRecord => {
  const rails = bankSaying(facts)
  let record = recordOf(intents)
  reports.forEach((one, index) => {
    record = { ...record, reports: [...record.reports, one] }
    if (isHandled(index) || index === reports.length - 1) record = handled(record, rails)
  })
  return record
}

const sumOf = (record: PaymentRecord, type: string): bigint =>
  record.emitted.reduce((sum, one) => (one.type === type && one.money ? sum + toMinorUnits(one.money) : sum), 0n)

test('property: state, events and reviews are the same for any order of the reports', () => {
  fc.assert(
    fc.property(
      anySayings.chain((facts) => fc.tuple(fc.constant(facts), anyReports(facts))),
      ([facts, one]) => {
        const derived = (reports: readonly Report[]) => deriveRecord(recordOf(intents, { reports }), bankSaying(facts))
        expect(derived([...one].reverse())).toEqual(derived(one))
        expect(derived([...one].sort((a, b) => (a.id < b.id ? -1 : 1)))).toEqual(derived(one))
      },
    ),
  )
})

test('property: a handled event is never handled again, and handling an event never adds pending events', () => {
  fc.assert(
    fc.property(
      anySayings.chain((facts) => fc.tuple(fc.constant(facts), anyReports(facts))),
      ([facts, reports]) => {
        const rails = bankSaying(facts)
        const record = handled(recordOf(intents, { reports }), rails)
        expect(deriveRecord(record, rails).pending).toEqual([])
        expect(deriveRecord(record, rails).comparison.differences).toEqual([])
        expect(new Set(record.emitted.map(({ id }) => id)).size).toBe(record.emitted.length)
      },
    ),
  )
})

test('property: no money is taken back before it was credited, whatever the order of the reports', () => {
  fc.assert(
    fc.property(anySayings, fc.func(fc.boolean()), (facts, isHandled) => {
      const record = delivered(facts, reportsOf(facts), isHandled)
      let balance = 0n
      for (const { type, money: amount } of record.emitted) {
        if (type === 'deposit.credited' && amount) balance += toMinorUnits(amount)
        if (type === 'deposit.reversed' && amount) balance -= toMinorUnits(amount)
        expect(balance >= 0n).toBe(true)
      }
    }),
  )
})

test('property: the emitted money equals the bank’s money, or a review is open', () => {
  fc.assert(
    fc.property(anySayings, fc.func(fc.boolean()), (facts, isHandled) => {
      const record = delivered(facts, reportsOf(facts), isHandled)
      const { state, reviews } = deriveRecord(record, bankSaying(facts))
      if (!state || !isDepositState(state)) throw new Error('no deposit')
      const books = toMinorUnits(state.credited) - toMinorUnits(state.reversed)
      const emitted = sumOf(record, 'deposit.credited') - sumOf(record, 'deposit.reversed')
      if (books !== emitted || facts.some((one) => 'amount' in one && one.amount?.currency === 'EUR'))
        expect(reviews).not.toEqual([])
    }),
  )
})

test('property: the order of the reports changes neither the state nor the reviews, except those about emitted events', () => {
  fc.assert(
    fc.property(anySayings, fc.func(fc.boolean()), (facts, isHandled) => {
      const resultOf = (some: readonly Fact[]) => {
        const record = delivered(some, reportsOf(some), isHandled)
        const { state, reviews, comparison } = deriveRecord(record, bankSaying(some))
        const ids = reviews.filter(({ reason }) => reason !== 'reinterpreted').map(({ id }) => id)
        const isReinterpreted = reviews.length > ids.length
        expect(isReinterpreted).toBe(comparison.differences.length > 0)
        return {
          state: state?.state,
          ids,
          isReinterpreted,
          emitted: sumOf(record, 'deposit.credited') - sumOf(record, 'deposit.reversed'),
        }
      }
      const [one, other] = [resultOf(facts), resultOf([...facts].reverse())]
      expect(one.state).toBe(other.state)
      expect(one.ids).toEqual(other.ids)
      if (!one.isReinterpreted && !other.isReinterpreted && one.ids.length === 0)
        expect(one.emitted).toBe(other.emitted)
    }),
  )
})

test('property: refunds accepted, unknown and confirmed never exceed what is credited and not reversed', () => {
  const anyConclusion = fc.constantFrom(accepted, unknown, refused, () => null)
  const anyRefund = fc.record({ value: fc.integer({ min: 1, max: 120 }), conclude: anyConclusion })
  fc.assert(
    fc.property(anySayings, fc.array(anyRefund, { maxLength: 6 }), (facts, asked) => {
      const rails = bankSaying(facts)
      let begun: readonly RecordedIntent[] = [order, again, ...equal.slice(0, 2)]
      asked.forEach(({ value, conclude }, index) => {
        const one = refund(`q-${index}`, { value: `${value}.00`, conclude })
        const record = recordOf(begun, { reports: reportsOf(facts) })
        const derived = deriveRecord(record, rails)
        const { intent } = one
        if (checkIntent({ intent, fingerprints: ['f'] }, null, record, derived).state !== 'new') return
        expect(outOf(derived.state, intent)).toBe(true)
        begun = [...begun, one]
      })
    }),
  )

  function outOf(state: ReturnType<typeof deriveRecord>['state'], intent: Intent): boolean {
    if (!state || !isDepositState(state)) return false
    const attempt = state.attempts.find(({ ref }) => ref === intent.of)
    if (!attempt) return false
    const named = state.refunds.filter(
      ({ of, state: one }) => of === intent.of && one !== 'failed' && one !== 'returned',
    )
    const unnamedBack = state.returns.filter(({ of, refund: one }) => of === intent.of && one === null)
    const sent = named.reduce((sum, { amount }) => sum + toMinorUnits(amount), 0n)
    const back = unnamedBack.reduce((sum, { amount }) => sum + toMinorUnits(amount), 0n)
    const left = toMinorUnits(attempt.credited) - toMinorUnits(attempt.reversed)
    return (sent > back ? sent - back : 0n) + toMinorUnits(intent.expect) <= left
  }
})
