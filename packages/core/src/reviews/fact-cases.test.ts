import { derivedFrom, fact } from '../__fixtures__/bank.ts'
import {
  account,
  deposit,
  depositRef,
  payout,
  recordOf,
  refOf,
  refund,
  refused,
  report,
  sek,
  unknown,
} from '../__fixtures__/records.ts'
import { deriveRecord } from '../derivation/derive-record.ts'
import type { ReportInterpreter } from '../derivation/interpret-record.ts'
import type { Fact, FactOf } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { ownMethods, type Report } from '../record/report.ts'
import { isDepositState } from '../state/payment-state.ts'

const review = (reason: FactOf<'review'>['reason'], given: Partial<FactOf<'review'>> = {}) =>
  fact('review', { reason, evidence: [`n-${reason}`], ...given })

const reasonsOf = (
  intents: readonly RecordedIntent[],
  facts: readonly Fact[],
  ...reports: ReturnType<typeof report>[]
) => derivedFrom(intents, facts, { reports }).reviews.map(({ reason }) => reason)

describe('unsigned money of a deposit that a person decided is credited', () => {
  const claimed = review('unsigned_money', { money: sek('100.00') })
  const decision = report('person', ownMethods.personCredited, { proof: 'person', money: sek('100.00') })
  const provider: ReportInterpreter = {
    interpret: ({ reports }) => (reports.some(({ method }) => method === ownMethods.personCredited) ? [] : [claimed]),
  }
  const derivedWith = (...reports: readonly Report[]) => {
    const { reviews, state } = deriveRecord(recordOf([deposit()], { reports }), new Map([['bank', provider]]))
    return { reasons: reviews.map(({ reason }) => reason), state: state && isDepositState(state) && state.state }
  }

  test('needs no review if its provider sees that the decision answers it', () => {
    expect(derivedWith()).toEqual({ reasons: ['unsigned_money'], state: 'pending' })
    expect(derivedWith(decision)).toEqual({ reasons: [], state: 'credited' })
  })

  test('needs review as long as its provider reports it, whatever a person or the vendor says', () => {
    expect(reasonsOf([deposit()], [claimed], decision)).toEqual(['unsigned_money'])
    expect(reasonsOf([deposit()], [claimed, fact('deposit.credited')])).toEqual(['unsigned_money'])
  })
})

describe.each(['overdue', 'outcome_unknown'] as const)('%s', (reason) => {
  const of = (one: RecordedIntent) => review(reason, { intent: refOf(one), vendorId: '' })
  const out = payout({ conclude: unknown })
  const unknownRefund = refund('r-1', { conclude: unknown })

  test.each<readonly [string, readonly RecordedIntent[], RecordedIntent, readonly Fact[], number]>([
    ['a deposit that is pending', [deposit()], deposit(), [], 1],
    ['a deposit that is approved', [deposit()], deposit(), [fact('deposit.not_credited_yet')], 1],
    ['a deposit that is credited', [deposit()], deposit(), [fact('deposit.credited')], 0],
    ['a deposit that is reversed', [deposit()], deposit(), [fact('deposit.credited'), fact('deposit.reversed')], 0],
    ['a deposit that ended', [deposit()], deposit(), [fact('deposit.not_credited')], 0],
    ['a refund whose outcome is unknown', [deposit(), unknownRefund], unknownRefund, [fact('deposit.credited')], 1],
    ['a payout whose outcome is unknown', [out], out, [], 1],
    ['a payout that was accepted', [payout()], out, [], 0],
    ['a payout that was refused', [payout({ conclude: refused })], out, [], 0],
    ['an account', [account()], account(), [], 0],
  ])('of %s: reviews', (_name, intents, one, facts, count) => {
    expect(reasonsOf(intents, [...facts, of(one)])).toHaveLength(count)
  })
})

test.each([
  ['overdue', ['overdue']],
  ['outcome_unknown', []],
] as const)(
  '%s of an accepted refund: its vendor can be late with its report, and it is known that it was sent',
  (reason, expected) => {
    const accepted = refund('r-1')
    const late = review(reason, { intent: refOf(accepted), vendorId: '' })
    const confirmed = fact('refund.confirmed', {
      amount: sek('10.00'),
      refund: refOf(accepted),
      candidates: [refOf(accepted)],
    })
    expect(reasonsOf([deposit(), accepted], [fact('deposit.credited'), late])).toEqual(expected)
    expect(reasonsOf([deposit(), accepted], [fact('deposit.credited'), late, confirmed])).toEqual([])
  },
)

test('any other review of a provider stays open, with its money, until it is resolved', () => {
  const credited = fact('deposit.credited')
  expect(
    derivedFrom([deposit()], [credited, review('possible_duplicate', { money: sek('7.00'), key: 'cause' })]).reviews,
  ).toEqual([
    {
      id: `${depositRef}:review:possible_duplicate:tx-1:cause:7.00:SEK`,
      reason: 'possible_duplicate',
      payment: depositRef,
      reference: 'order-1',
      rail: 'bank',
      vendorId: 'tx-1',
      at: '2026-01-02T00:00:00.000Z',
      money: sek('7.00'),
    },
  ])
  expect(derivedFrom([deposit()], [credited, review('lookup_differs', { key: 'cause' })]).reviews[0]?.id).toBe(
    `${depositRef}:review:lookup_differs:tx-1:cause`,
  )
})
