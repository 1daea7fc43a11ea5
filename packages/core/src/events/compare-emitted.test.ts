import { depositRef, sek } from '../__fixtures__/records.ts'
import type { EmittedEvent } from '../record/payment-record.ts'
import { compareEmitted } from './compare-emitted.ts'
import type { DerivedEvent } from './derived-event.ts'

type MoneyType = 'deposit.credited' | 'deposit.reversed' | 'refund.failed'

const derived = (
  type: MoneyType,
  evidence: readonly string[],
  { value = '30.00', refund, separate }: { value?: string; refund?: string | null; separate?: true } = {},
): DerivedEvent => {
  const base = {
    id: `${type}:${evidence.join('+')}`,
    payment: depositRef,
    reference: 'order-1',
    at: '2026-01-02T00:00:00.000Z',
    now: { state: 'credited', net: sek('100.00') },
    amount: sek(value),
  }
  return {
    event:
      type === 'refund.failed'
        ? { ...base, type, refund: refund ?? null, candidates: [] }
        : type === 'deposit.reversed'
          ? { ...base, type, exposure: sek('0.00') }
          : { ...base, type },
    evidence,
    money: sek(value),
    ...(refund !== undefined && { refund }),
    ...(separate && { separate }),
  }
}

const state = (evidence: readonly string[]): DerivedEvent => ({
  event: {
    type: 'deposit.not_credited',
    id: `ended:${evidence.join('+')}`,
    payment: depositRef,
    reference: 'order-1',
    at: '2026-01-02T00:00:00.000Z',
    now: null,
    reason: 'abandoned',
  },
  evidence,
})

const emitted = ({ event, evidence, money, refund }: DerivedEvent): EmittedEvent => ({
  id: event.id,
  type: event.type,
  payment: event.payment,
  ...(money && { money }),
  ...(refund !== undefined && { refund }),
  answer: 'ok',
  evidence,
})

const compare = (now: readonly DerivedEvent[], before: readonly DerivedEvent[]) => {
  const { pending, differences } = compareEmitted(now, before.map(emitted))
  return {
    pending: pending.map(({ event }) => event.id),
    differences: differences.map((one) => [one.emitted?.id ?? null, one.derived?.event.id ?? null]),
  }
}

test('an event that was never emitted is pending', () => {
  expect(compare([derived('deposit.credited', ['a'])], [])).toEqual({
    pending: ['deposit.credited:a'],
    differences: [],
  })
})

test('an event that shares evidence with an emitted one of its type is never emitted again', () => {
  const before = [derived('deposit.credited', ['a'])]
  expect(compare([derived('deposit.credited', ['a', 'b'])], before)).toEqual({ pending: [], differences: [] })
  expect(compare([derived('deposit.credited', ['b', 'a', 'c'])], before)).toEqual({ pending: [], differences: [] })
})

test('a different amount is a difference and is not emitted', () => {
  const now = [derived('deposit.credited', ['a', 'b'], { value: '40.00' })]
  expect(compare(now, [derived('deposit.credited', ['a'])])).toEqual({
    pending: [],
    differences: [['deposit.credited:a', 'deposit.credited:a+b']],
  })
})

test('a different refund is a difference and is not emitted', () => {
  const before = [derived('refund.failed', ['a'], { refund: null })]
  expect(compare([derived('refund.failed', ['a'], { refund: 'r-1' })], before).differences).toHaveLength(1)
  expect(compare([derived('refund.failed', ['a'], { refund: null })], before).differences).toEqual([])
})

test('other evidence is another event, even for the same amount', () => {
  const before = [derived('deposit.reversed', ['a'])]
  const now = [derived('deposit.reversed', ['a']), derived('deposit.reversed', ['b'])]
  expect(compare(now, before)).toEqual({ pending: ['deposit.reversed:b'], differences: [] })
})

test('a second event from the evidence of an emitted one is a difference and is not emitted', () => {
  const now = [
    derived('refund.failed', ['a'], { refund: 'r-1' }),
    derived('refund.failed', ['a', 'b'], { refund: 'r-2' }),
  ]
  expect(compare(now, [derived('refund.failed', ['a', 'b'], { refund: 'r-1' })])).toEqual({
    pending: [],
    differences: [[null, 'refund.failed:a+b']],
  })
})

test('a separate event is emitted even if it shares evidence', () => {
  const now = [
    derived('refund.failed', ['a', 'b'], { refund: 'r-1', separate: true }),
    derived('refund.failed', ['a', 'b'], { refund: 'r-2', separate: true }),
  ]
  const result = compareEmitted(now, [emitted(derived('refund.failed', ['a'], { refund: 'r-1' }))])
  expect(result.pending).toEqual([now[1]])
  expect(result.differences).toEqual([])
  expect(compareEmitted(now, now.map(emitted))).toMatchObject({ pending: [], differences: [] })
})

test('emitted money that is no longer derived is a difference', () => {
  expect(compare([], [derived('deposit.credited', ['a'])]).differences).toEqual([['deposit.credited:a', null]])
})

test('money that was emitted as one type of event is not emitted as another', () => {
  expect(compare([derived('refund.failed', ['a'])], [derived('deposit.credited', ['a'])])).toEqual({
    pending: [],
    differences: [
      ['deposit.credited:a', null],
      [null, 'refund.failed:a'],
    ],
  })
})

test('one report with two meanings is two events: the second is emitted after the first', () => {
  const now = [derived('deposit.credited', ['a']), derived('deposit.reversed', ['a'])]
  expect(compare(now, [])).toEqual({ pending: ['deposit.credited:a', 'deposit.reversed:a'], differences: [] })
  expect(compare(now, now.slice(0, 1))).toEqual({ pending: ['deposit.reversed:a'], differences: [] })
  expect(compare(now, now)).toEqual({ pending: [], differences: [] })
})

test('money of one id is emitted once, even if it is derived from another report now', () => {
  const credited = derived('deposit.credited', ['late'])
  const now = [
    { ...derived('deposit.credited', ['early']), event: credited.event },
    derived('refund.failed', ['late'], { refund: 'r-1' }),
  ]
  expect(compare(now, [credited])).toEqual({ pending: ['refund.failed:late'], differences: [] })
})

test('an emitted state that is superseded is no difference', () => {
  expect(compare([], [state(['a'])])).toEqual({ pending: [], differences: [] })
  expect(compare([state(['a', 'b'])], [state(['a'])])).toEqual({ pending: [], differences: [] })
  expect(compare([derived('deposit.credited', ['a'])], [state(['a'])]).pending).toEqual(['deposit.credited:a'])
})

const named = (refund: string, evidence: readonly string[]): DerivedEvent => {
  const event = derived('refund.failed', evidence, { refund })
  return { ...event, event: { ...event.event, id: `refund.failed:${refund}` } }
}

// The reports of two returns arrive mixed, and the first event was emitted when nobody could tell whose return it was.
test('an emitted return that named no refund is one of the refunds that are known now: none is emitted twice', () => {
  const before = [derived('refund.failed', ['failed-2'], { refund: null }), named('r-2', ['credit-2'])]
  const now = [named('r-1', ['failed-1', 'credit-1']), named('r-2', ['failed-2', 'credit-2'])]
  expect(compare(now, before)).toEqual({ pending: [], differences: [['refund.failed:failed-2', 'refund.failed:r-1']] })
  const further = named('r-3', ['failed-3'])
  expect(compare([...now, further], before).pending).toEqual(['refund.failed:r-3'])
})

// A return has two reports. The second one is no evidence of the event, and a later debit gives the first one another meaning.
test('an unnamed return is not emitted again when another report of it is left', () => {
  const before = [derived('refund.failed', ['credit'], { refund: null })]
  const now = [derived('refund.failed', ['payoutfailed'], { refund: null })]
  expect(compare(now, before)).toEqual({ pending: [], differences: [] })
  const two = [...now, derived('refund.failed', ['second'], { refund: null })]
  expect(compare(two, before).pending).toHaveLength(1)
  const other = derived('refund.failed', ['payoutfailed'], { refund: null, value: '20.00' })
  expect(compare([other], before).pending).toEqual(['refund.failed:payoutfailed'])
})

test('equal refunds whose reports change places are each emitted once, without a difference', () => {
  const now = [named('r-1', ['a']), named('r-2', ['b'])]
  const first = compareEmitted(now, [emitted(named('r-2', ['a']))])
  expect(first.pending).toEqual([named('r-1', ['b'])])
  expect(first.differences).toEqual([])
  const all = [named('r-2', ['a']), named('r-1', ['b'])]
  expect(compareEmitted(now, all.map(emitted))).toMatchObject({ pending: [], differences: [] })
})
