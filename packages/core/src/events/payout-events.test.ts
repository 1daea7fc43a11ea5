import { fact } from '../__fixtures__/bank.ts'
import { account, deposit, payout, recordOf, refOf, refused, sek, withdrawal } from '../__fixtures__/records.ts'
import type { Fact, FactOf, FactType } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import type { EmittedEvent } from '../record/payment-record.ts'
import { paymentStateOf } from '../state/payment-state.ts'
import { deriveEvents, paymentNowOf } from './derive-events.ts'

const on = (day: number): string => `2026-01-0${day}T00:00:00.000Z`
const of =
  (one: RecordedIntent) =>
  <T extends FactType>(type: T, members: Partial<Omit<FactOf<'payout.failed'>, 'type'>> = {}) =>
    fact(type, { intent: refOf(one), ...members } as Partial<Omit<FactOf<T>, 'type'>>)
const payoutIntent = payout()
const withdrawalIntent = withdrawal()
const payoutFact = of(payoutIntent)
const withdrawalFact = of(withdrawalIntent)
const reserved = (is: boolean): EmittedEvent => ({
  id: 'w',
  type: 'withdrawal.requested',
  payment: refOf(withdrawalIntent),
  answer: { reserved: is },
  evidence: ['n-1'],
})

const eventsOf = (one: RecordedIntent, facts: readonly Fact[], emitted: readonly EmittedEvent[] = []) =>
  deriveEvents(recordOf([one], { emitted }), facts)
const typesOf = (...members: Parameters<typeof eventsOf>) => eventsOf(...members).map(({ event }) => event.type)

test('the event of a confirmed payout has its source and the evidence of all reports', () => {
  const facts = [
    payoutFact('payout.confirmed', { evidence: ['b'], at: on(4), source: 'elapsed' }),
    payoutFact('payout.confirmed', { evidence: ['a'], at: on(3), source: 'lookup' }),
  ]
  expect(eventsOf(payoutIntent, facts)).toEqual([
    {
      event: {
        type: 'payout.confirmed',
        id: `${refOf(payoutIntent)}:payout.confirmed`,
        payment: refOf(payoutIntent),
        reference: 'out-1',
        now: { state: 'confirmed', net: sek('100.00') },
        at: on(3),
        amount: sek('100.00'),
        by: 'lookup',
      },
      evidence: ['b', 'a'],
      money: sek('100.00'),
    },
  ])
})

test('a failure that three reports contain is one event with the earliest time', () => {
  const facts = [
    payoutFact('payout.failed', { evidence: ['c'], at: on(4), amount: null }),
    payoutFact('payout.failed', { evidence: ['a'], at: on(3) }),
    payoutFact('payout.failed', { evidence: ['x'], at: on(1), amount: sek('40.00') }),
  ]
  expect(eventsOf(payoutIntent, facts)).toEqual([
    {
      event: {
        type: 'payout.failed',
        id: `${refOf(payoutIntent)}:payout.failed`,
        payment: refOf(payoutIntent),
        reference: 'out-1',
        now: { state: 'failed', net: sek('0.00') },
        at: on(3),
        amount: sek('100.00'),
      },
      evidence: ['c', 'a'],
      money: sek('100.00'),
    },
  ])
})

test('a return never comes before its confirmation, whatever times the vendor reports', () => {
  const facts = [payoutFact('payout.failed', { at: on(2) }), payoutFact('payout.confirmed', { at: on(5) })]
  expect(eventsOf(payoutIntent, facts).map(({ event }) => [event.type, event.at])).toEqual([
    ['payout.confirmed', on(5)],
    ['payout.failed', on(5)],
  ])
})

test.each<readonly [string, RecordedIntent, readonly Fact[], readonly string[]]>([
  ['that was accepted', payoutIntent, [payoutFact('payout.accepted')], []],
  ['that was refused', payout({ conclude: refused }), [], []],
  ['that was refused, and is reported as failed', payout({ conclude: refused }), [payoutFact('payout.failed')], []],
  [
    'that was refused, is confirmed and fails',
    payout({ conclude: refused }),
    [payoutFact('payout.confirmed'), payoutFact('payout.failed')],
    ['payout.confirmed', 'payout.failed'],
  ],
])('a payout %s: events %#', (_name, one, facts, types) => {
  expect(typesOf(one, facts)).toEqual(types)
})

describe('a withdrawal', () => {
  const request = withdrawalFact('withdrawal.requested', { amount: sek('60.00'), evidence: ['ask'], at: on(3) })
  const cancel = withdrawalFact('payout.failed', { amount: null, at: on(2), evidence: ['cancel'] })

  test('is requested with the amount that the customer chose', () => {
    expect(eventsOf(withdrawalIntent, [request])).toEqual([
      {
        event: {
          type: 'withdrawal.requested',
          id: `${refOf(withdrawalIntent)}:withdrawal.requested`,
          payment: refOf(withdrawalIntent),
          reference: 'out-1',
          now: { state: 'requested', net: sek('0.00') },
          at: on(3),
          amount: sek('60.00'),
        },
        evidence: ['ask'],
        money: sek('60.00'),
      },
    ])
  })

  test.each<readonly [string, readonly Fact[], readonly EmittedEvent[], readonly string[]]>([
    ['row 2: cancelled before its money was requested, returns nothing', [cancel], [], []],
    [
      'row 2: cancelled before the question was answered, returns nothing',
      [request, cancel],
      [],
      ['withdrawal.requested'],
    ],
    [
      'row 2: whose money was not reserved, returns nothing',
      [request, cancel],
      [reserved(false)],
      ['withdrawal.requested'],
    ],
    [
      'whose money was reserved, returns it',
      [request, cancel],
      [reserved(true)],
      ['withdrawal.requested', 'payout.failed'],
    ],
    [
      'that is denied, returns the reserved money',
      [request, withdrawalFact('withdrawal.denied')],
      [reserved(true)],
      ['withdrawal.requested', 'payout.failed'],
    ],
    [
      'that is approved, returns nothing',
      [request, withdrawalFact('withdrawal.approved')],
      [reserved(true)],
      ['withdrawal.requested'],
    ],
    [
      'that is paid and then returned, returns it',
      [request, withdrawalFact('payout.confirmed', { amount: sek('60.00') }), cancel],
      [reserved(true)],
      ['withdrawal.requested', 'payout.confirmed', 'payout.failed'],
    ],
  ])('%s', (_name, facts, emitted, types) => {
    expect(typesOf(withdrawalIntent, facts, emitted)).toEqual(types)
  })

  test('is never confirmed or returned before it was requested', () => {
    const paid = withdrawalFact('payout.confirmed', { at: on(1), amount: sek('60.00') })
    const events = eventsOf(withdrawalIntent, [request, paid, cancel], [reserved(true)])
    expect(events.map(({ event }) => event.at)).toEqual([on(3), on(3), on(3)])
  })
})

test.each<readonly [string, RecordedIntent, readonly Fact[], string]>([
  ['accepted', payoutIntent, [], '100.00'],
  ['unknown', payout({ conclude: () => null }), [], '100.00'],
  ['confirmed', payoutIntent, [payoutFact('payout.confirmed')], '100.00'],
  ['failed', payoutIntent, [payoutFact('payout.failed')], '0.00'],
  ['returned', payoutIntent, [payoutFact('payout.confirmed'), payoutFact('payout.failed')], '0.00'],
  ['pending', withdrawalIntent, [], '0.00'],
  ['requested', withdrawalIntent, [withdrawalFact('withdrawal.requested')], '0.00'],
])('the net amount of money out in state %s', (state, one, facts, net) => {
  const derived = deriveState(one, facts)
  expect(derived && paymentNowOf(derived)).toEqual({ state, net: sek(net) })
})

test('the net amount of a deposit is credited − reversed, and an account has none', () => {
  const facts = [fact('deposit.credited'), fact('deposit.reversed', { amount: sek('30.00') })]
  const [left, none] = [deriveState(deposit(), facts), deriveState(account(), [])]
  expect(left && paymentNowOf(left)).toEqual({ state: 'reversed', net: sek('70.00') })
  expect(none && paymentNowOf(none)).toEqual({ state: 'pending', net: { value: '0', currency: 'XXX' } })
})

function deriveState(one: RecordedIntent, facts: readonly Fact[]) {
  return paymentStateOf(recordOf([one]), facts)
}
