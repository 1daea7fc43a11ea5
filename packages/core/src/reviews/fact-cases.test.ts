import { derivedFrom, fact } from '../__fixtures__/bank.ts'
import {
  account,
  deposit,
  depositRef,
  payout,
  refOf,
  refund,
  refused,
  report,
  sek,
  unknown,
} from '../__fixtures__/records.ts'
import type { Fact, FactOf } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { ownMethods } from '../record/report.ts'

const review = (reason: FactOf<'review'>['reason'], given: Partial<FactOf<'review'>> = {}) =>
  fact('review', { reason, evidence: [`n-${reason}`], ...given })
const byPerson = (vendorId = 'tx-1') =>
  report('person', ownMethods.personCredited, { vendorId, proof: 'person', money: sek('100.00') })

const reasonsOf = (
  intents: readonly RecordedIntent[],
  facts: readonly Fact[],
  ...reports: ReturnType<typeof report>[]
) => derivedFrom(intents, facts, { reports }).reviews.map(({ reason }) => reason)

describe('unsigned money of a deposit that a person decided is credited', () => {
  const claimed = review('unsigned_money', { money: sek('100.00'), reported: 'credited' })
  const otherClaim = review('unsigned_money', {
    money: sek('100.00'),
    evidence: ['gone'],
    at: '2026-01-01T00:00:00.000Z',
  })

  test('needs no review if the report was that the deposit is credited', () => {
    expect(reasonsOf([deposit()], [claimed])).toEqual(['unsigned_money'])
    expect(reasonsOf([deposit()], [claimed], byPerson())).toEqual([])
  })

  test('needs review if the report was something else, whatever the times', () => {
    expect(reasonsOf([deposit()], [claimed, otherClaim])).toEqual(['unsigned_money', 'unsigned_money'])
    expect(reasonsOf([deposit()], [claimed, otherClaim], byPerson())).toEqual(['unsigned_money'])
  })

  test('needs review in another transaction, in another attempt, or for another reason', () => {
    const again = deposit({ attempt: 2 })
    expect(reasonsOf([deposit()], [claimed], byPerson('tx-2'))).toEqual(['unsigned_money'])
    expect(reasonsOf([deposit(), again], [{ ...claimed, intent: refOf(again) }], byPerson())).toEqual([
      'unsigned_money',
    ])
    expect(reasonsOf([deposit()], [review('lookup_differs', { reported: 'credited' })], byPerson())).toEqual([
      'lookup_differs',
    ])
  })

  test('needs review even if the vendor reports that the deposit is credited', () => {
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
    ['a refund that was accepted', [deposit(), refund('r-1')], unknownRefund, [fact('deposit.credited')], 0],
    ['a payout whose outcome is unknown', [out], out, [], 1],
    ['a payout that was accepted', [payout()], out, [], 0],
    ['a payout that was refused', [payout({ conclude: refused })], out, [], 0],
    ['an account', [account()], account(), [], 0],
  ])('of %s: reviews', (_name, intents, one, facts, count) => {
    expect(reasonsOf(intents, [...facts, of(one)])).toHaveLength(count)
  })
})

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
