import { fact } from '../__fixtures__/bank.ts'
import {
  accepted,
  deposit,
  payout,
  recordOf,
  refOf,
  refused,
  report,
  sek,
  unknown,
  withdrawal,
} from '../__fixtures__/records.ts'
import type { Fact, FactOf, FactSource, FactType } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import type { EmittedEvent } from '../record/payment-record.ts'
import { derivePayout } from './payout-state.ts'

const out = payout()
const withdrawalIntent = withdrawal()

type Members = Partial<Omit<FactOf<'payout.failed'>, 'type'>>
const of =
  (one: RecordedIntent) =>
  <T extends FactType>(type: T, members: Members = {}) =>
    fact(type, { intent: refOf(one), ...members } as Partial<Omit<FactOf<T>, 'type'>>)
const payoutFact = of(out)
const withdrawalFact = of(withdrawalIntent)
const day = (n: number): string => `2026-01-0${n}T00:00:00.000Z`
const by = (source: FactSource, n = 2): Members => ({ source, at: day(n) })

const attemptOf = (one: RecordedIntent, facts: readonly Fact[], emitted: readonly EmittedEvent[] = []) =>
  derivePayout(recordOf([one], { emitted }), facts)?.attempts[0]

test.each<readonly [string, RecordedIntent, readonly Fact[], string]>([
  ['payout whose call is unanswered', payout({ conclude: () => null }), [], 'unknown'],
  ['payout whose outcome is unknown', payout({ conclude: unknown }), [], 'unknown'],
  ['payout that was accepted', payout({ conclude: accepted }), [], 'accepted'],
  ['payout whose call was refused', payout({ conclude: refused }), [], 'failed'],
  [
    'unanswered payout that the vendor shows',
    payout({ conclude: () => null }),
    [payoutFact('payout.accepted')],
    'accepted',
  ],
  ['payout that was confirmed', out, [payoutFact('payout.confirmed')], 'confirmed'],
  ['payout that failed', out, [payoutFact('payout.failed')], 'failed'],
  ['payout that failed, without an amount', out, [payoutFact('payout.failed', { amount: null })], 'failed'],
  [
    'payout that was confirmed and came back',
    out,
    [payoutFact('payout.confirmed'), payoutFact('payout.failed')],
    'returned',
  ],
  ['payout that came back in part', out, [payoutFact('payout.failed', { amount: sek('40.00') })], 'accepted'],
  [
    'confirmed payout that came back in part',
    out,
    [payoutFact('payout.confirmed'), payoutFact('payout.failed', { amount: sek('40.00') })],
    'confirmed',
  ],
  [
    'payout that was confirmed in part',
    payout({ conclude: unknown }),
    [payoutFact('payout.confirmed', { amount: sek('40.00') })],
    'accepted',
  ],
  ['payout that failed by a person’s decision', out, [payoutFact('payout.failed', by('person'))], 'failed'],
  [
    'payout that failed by a person’s decision and that the vendor confirms',
    out,
    [payoutFact('payout.failed', by('person', 3)), payoutFact('payout.confirmed', by('vendor'))],
    'confirmed',
  ],
  [
    'payout that failed by a person’s decision and that a look-up shows',
    out,
    [payoutFact('payout.failed', by('person', 3)), payoutFact('payout.confirmed', by('lookup'))],
    'confirmed',
  ],
  [
    'payout that failed by a person’s decision and was paid by a later decision',
    out,
    [payoutFact('payout.failed', by('person')), payoutFact('payout.confirmed', by('person', 3))],
    'confirmed',
  ],
  [
    'payout that was paid by a person’s decision and failed by a later decision',
    out,
    [payoutFact('payout.failed', by('person', 3)), payoutFact('payout.confirmed', by('person', 2))],
    'returned',
  ],
  [
    'payout that failed and was paid by two decisions at the same time',
    out,
    [payoutFact('payout.failed', by('person', 3)), payoutFact('payout.confirmed', by('person', 3))],
    'returned',
  ],
  [
    'payout that failed by a person’s decision after its time limit',
    out,
    [payoutFact('payout.failed', by('person')), payoutFact('payout.confirmed', by('elapsed', 3))],
    'returned',
  ],
  [
    'refused payout that the vendor confirms',
    payout({ conclude: refused }),
    [payoutFact('payout.confirmed')],
    'confirmed',
  ],
  ['refused payout that the vendor shows', payout({ conclude: refused }), [payoutFact('payout.accepted')], 'accepted'],
  [
    'refused payout that is confirmed in part',
    payout({ conclude: refused }),
    [payoutFact('payout.confirmed', { amount: sek('40.00') })],
    'accepted',
  ],
  ['refused payout that is reported as failed', payout({ conclude: refused }), [payoutFact('payout.failed')], 'failed'],
  [
    'refused payout that is confirmed and comes back',
    payout({ conclude: refused }),
    [payoutFact('payout.confirmed'), payoutFact('payout.failed')],
    'returned',
  ],
  ['withdrawal whose customer is choosing', withdrawalIntent, [], 'pending'],
  ['withdrawal whose call was refused', withdrawal({ conclude: refused }), [], 'failed'],
  [
    'withdrawal whose customer waits for a decision',
    withdrawalIntent,
    [withdrawalFact('withdrawal.requested')],
    'requested',
  ],
  [
    'refused withdrawal whose customer waits for a decision all the same',
    withdrawal({ conclude: refused }),
    [withdrawalFact('withdrawal.requested')],
    'requested',
  ],
  [
    'refused withdrawal that was approved all the same',
    withdrawal({ conclude: refused }),
    [withdrawalFact('withdrawal.approved')],
    'accepted',
  ],
  [
    'withdrawal that was approved',
    withdrawalIntent,
    [withdrawalFact('withdrawal.requested'), withdrawalFact('withdrawal.approved')],
    'accepted',
  ],
  [
    'withdrawal that was approved before its request was reported',
    withdrawalIntent,
    [withdrawalFact('withdrawal.approved')],
    'accepted',
  ],
  [
    'withdrawal that was denied',
    withdrawalIntent,
    [withdrawalFact('withdrawal.requested'), withdrawalFact('withdrawal.denied')],
    'failed',
  ],
  [
    'withdrawal that the customer left',
    withdrawalIntent,
    [withdrawalFact('payout.failed', { amount: null })],
    'failed',
  ],
  [
    'withdrawal that was approved and failed',
    withdrawalIntent,
    [withdrawalFact('withdrawal.requested'), withdrawalFact('withdrawal.approved'), withdrawalFact('payout.failed')],
    'failed',
  ],
  [
    'withdrawal whose decision the vendor refused',
    withdrawalIntent,
    [withdrawalFact('withdrawal.requested'), withdrawalFact('withdrawal.undecided')],
    'requested',
  ],
])('a %s', (_name, one, facts, state) => {
  expect(derivePayout(recordOf([one]), facts)).toMatchObject({ state, attempts: [{ state }] })
})

test.each<readonly [string, readonly Fact[], string | null]>([
  ['nobody', [], null],
  [
    'the vendor',
    [
      payoutFact('payout.confirmed', by('elapsed')),
      payoutFact('payout.confirmed', by('lookup')),
      payoutFact('payout.confirmed'),
    ],
    'vendor',
  ],
  [
    'a person, as if the vendor had',
    [payoutFact('payout.confirmed', by('lookup')), payoutFact('payout.confirmed', by('person'))],
    'vendor',
  ],
  [
    'a look-up',
    [payoutFact('payout.confirmed', by('elapsed')), payoutFact('payout.confirmed', by('lookup'))],
    'lookup',
  ],
  ['elapsed time', [payoutFact('payout.confirmed', by('elapsed'))], 'elapsed'],
  ['nothing, because the amount differs', [payoutFact('payout.confirmed', { amount: sek('40.00') })], null],
])('is confirmed by %s', (_name, facts, confirmedBy) => {
  expect(attemptOf(out, facts)).toMatchObject({ confirmedBy })
})

describe('a withdrawal', () => {
  const request = withdrawalFact('withdrawal.requested', { amount: sek('60.00') })
  const emitted = (answer: EmittedEvent['answer'], payment = refOf(withdrawalIntent)): EmittedEvent => ({
    id: 'w',
    type: 'withdrawal.requested',
    payment,
    answer,
    evidence: ['n-1'],
  })

  test('has the amount that its customer requested', () => {
    const failure = withdrawalFact('payout.failed', { amount: sek('60.00') })
    const whole = withdrawalFact('payout.failed', { amount: sek('100.00') })
    expect(derivePayout(recordOf([withdrawalIntent]), [request, failure, whole])).toMatchObject({
      kind: 'withdrawal',
      amount: sek('60.00'),
      attempts: [{ amount: sek('60.00'), request, failures: [failure] }],
    })
  })

  test.each<readonly [string, readonly EmittedEvent[], boolean | null]>([
    ['is not known to be reserved before the application has answered', [], null],
    ['is reserved if the application answers so', [emitted({ reserved: true })], true],
    ['is not reserved if the application answers so', [emitted({ reserved: false })], false],
    [
      'is not reserved by an answer to another withdrawal',
      [emitted({ reserved: true }, refOf(withdrawal({ attempt: 2 })))],
      null,
    ],
    ['is not reserved by `ok`', [emitted('ok')], null],
    [
      'is not reserved by the answer to another question',
      [{ ...emitted({ reserved: true }), type: 'kyc.received' }],
      null,
    ],
  ])('%s', (_name, events, reserved) => {
    expect(attemptOf(withdrawalIntent, [request], events)).toMatchObject({ reserved })
  })

  test.each<readonly [string, readonly Fact[], string | null]>([
    ['waits for a decision', [request], null],
    ['was approved', [request, withdrawalFact('withdrawal.approved')], 'approved'],
    ['was denied', [request, withdrawalFact('withdrawal.denied')], 'denied'],
    [
      'counts as approved if it was also denied, which the vendor would have refused',
      [withdrawalFact('withdrawal.denied'), withdrawalFact('withdrawal.approved')],
      'approved',
    ],
  ])('%s', (_name, facts, decision) => {
    expect(attemptOf(withdrawalIntent, facts)).toMatchObject({ decision })
  })
})

describe('of several attempts', () => {
  const [one, two] = [payout({ conclude: refused }), payout({ attempt: 2 })]

  test.each<readonly [string, readonly Fact[], RecordedIntent, string]>([
    ['the one that has not failed counts', [], two, 'accepted'],
    ['the newest counts among equals', [of(two)('payout.failed')], two, 'failed'],
    ['the furthest counts, even if it was refused', [of(one)('payout.confirmed')], one, 'confirmed'],
  ])('%s', (_name, facts, counting, state) => {
    expect(derivePayout(recordOf([one, two]), facts)).toMatchObject({ ref: refOf(counting), state })
  })

  test('each has its own facts', () => {
    expect(
      derivePayout(recordOf([one, two]), [of(two)('payout.confirmed')])?.attempts.map(({ state }) => state),
    ).toEqual(['failed', 'confirmed'])
  })
})

test('`at` is the time of the newest report, or of the first call', () => {
  expect(derivePayout(recordOf([out, payout({ attempt: 2, begunAt: day(4) })]), [])?.at).toBe(day(1))
  const reports = [day(3), day(2)].map((at) => report(at, 'credit', { at }))
  expect(derivePayout(recordOf([out], { reports }), [])?.at).toBe(day(3))
})

test('a record without money out has no payout state', () => {
  expect(derivePayout(recordOf([deposit()]), [])).toBeNull()
})

test('a payout and a withdrawal have their own kind', () => {
  expect(derivePayout(recordOf([out]), [])).toMatchObject({ kind: 'payout', attempts: [{ kind: 'payout' }] })
  expect(derivePayout(recordOf([withdrawalIntent]), [])).toMatchObject({
    kind: 'withdrawal',
    attempts: [{ kind: 'withdrawal' }],
  })
})
