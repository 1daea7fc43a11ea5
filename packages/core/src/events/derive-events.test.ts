import { fact } from '../__fixtures__/bank.ts'
import {
  accepted,
  account,
  deposit,
  depositRef,
  payout,
  recordOf,
  refOf,
  refund,
  refused,
  sek,
  unknown,
  withdrawal,
} from '../__fixtures__/records.ts'
import type { Fact } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { paymentStateOf } from '../state/payment-state.ts'
import { deriveEvents, paymentNowOf } from './derive-events.ts'

const on = (day: number) => ({ at: `2026-01-0${day}T00:00:00.000Z`, evidence: [`n-${day}`] })
const typesOf = (intents: readonly RecordedIntent[], facts: readonly Fact[]) =>
  deriveEvents(recordOf(intents), facts).map(({ event }) => event.type)
const nowOf = (one: RecordedIntent, ...facts: readonly Fact[]) => {
  const state = paymentStateOf(recordOf([one]), facts)
  return state && paymentNowOf(state)
}

test('events are in the order in which they happened, whatever the order of the facts', () => {
  const facts = [
    fact('deposit.reversed', on(4)),
    fact('deposit.not_credited_yet', on(1)),
    fact('unrecognised', { method: 'novelty', ...on(3) }),
    fact('deposit.credited', on(2)),
  ]
  const expected = ['deposit.credited', 'unrecognised', 'deposit.reversed']
  expect(typesOf([deposit()], facts)).toEqual(expected)
  expect(typesOf([deposit()], [...facts].reverse())).toEqual(expected)
})

test('of events with the same time, identity comes before money, and a request before its payment', () => {
  const one = deposit()
  const back = refund('r-1')
  const confirmed = fact('refund.confirmed', { refund: refOf(back), candidates: [refOf(back)], evidence: ['sent'] })
  const facts = [
    confirmed,
    fact('unrecognised', { method: 'novelty', evidence: ['u'] }),
    fact('deposit.credited', { evidence: ['credit'] }),
    fact('account.received', { account: '11', mandate: null, evidence: ['account'] }),
    fact('kyc.received', { abort: null, evidence: ['kyc'] }),
  ]
  expect(typesOf([one, back], facts)).toEqual([
    'kyc.received',
    'account.received',
    'deposit.credited',
    'refund.confirmed',
    'unrecognised',
  ])
  const out = withdrawal()
  const intent = refOf(out)
  expect(
    typesOf(
      [out],
      [
        fact('payout.confirmed', { intent, evidence: ['sent'] }),
        fact('withdrawal.requested', { intent, evidence: ['asked'] }),
      ],
    ),
  ).toEqual(['withdrawal.requested', 'payout.confirmed'])
})

test('of events with the same time, the reversal of one transaction comes before the credit of the next', () => {
  const again = deposit({ attempt: 2 })
  const facts = [
    fact('deposit.credited', { evidence: ['credit'], at: on(1).at }),
    fact('deposit.reversed', { evidence: ['back'], at: on(2).at }),
    fact('deposit.credited', { intent: refOf(again), vendorId: 'tx-2', evidence: ['credit-2'], at: on(2).at }),
  ]
  expect(typesOf([deposit(), again], facts)).toEqual(['deposit.credited', 'deposit.reversed', 'deposit.credited'])
})

test('a customer who leaves without choosing an account is an event of the account', () => {
  const one = account()
  expect(typesOf([one], [fact('account.not_received', { intent: refOf(one), reason: 'abandoned' })])).toEqual([
    'account.not_received',
  ])
})

test('every event contains the reference, the state and the net amount of the payment now', () => {
  const facts = [fact('deposit.credited', on(1)), fact('deposit.reversed', { amount: sek('40.00'), ...on(2) })]
  const now = { state: 'reversed', net: sek('60.00') }
  expect(deriveEvents(recordOf([deposit()]), facts).map(({ event }) => event)).toMatchObject([
    { type: 'deposit.credited', reference: 'order-1', payment: depositRef, now },
    { type: 'deposit.reversed', reference: 'order-1', payment: depositRef, now },
  ])
})

test('a record without an intent has no events', () => {
  expect(deriveEvents(recordOf([]), [fact('deposit.credited')])).toEqual([])
})

test.each<readonly [string, RecordedIntent, (intent: RecordedIntent) => readonly Fact[], string, string]>([
  ['an accepted payout', payout(), () => [], 'accepted', '100.00'],
  ['a payout whose outcome is unknown', payout({ conclude: unknown }), () => [], 'unknown', '100.00'],
  ['a confirmed payout', payout(), (one) => [fact('payout.confirmed', { intent: refOf(one) })], 'confirmed', '100.00'],
  ['a refused payout', payout({ conclude: refused }), () => [], 'failed', '0.00'],
  [
    'a failed payout',
    payout({ conclude: accepted }),
    (one) => [fact('payout.failed', { intent: refOf(one) })],
    'failed',
    '0.00',
  ],
  ['a withdrawal that waits for its customer', withdrawal(), () => [], 'pending', '0.00'],
])('the net amount of %s is what was sent out and has not come back', (_name, one, facts, state, value) => {
  expect(nowOf(one, ...facts(one))).toEqual({ state, net: sek(value) })
})

test('an account moves no money', () => {
  expect(nowOf(account())).toEqual({ state: 'pending', net: { value: '0', currency: 'XXX' } })
})
