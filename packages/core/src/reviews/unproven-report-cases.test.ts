import { bankSaying, deliver, fact } from '../__fixtures__/bank.ts'
import { account, deposit, depositRef, payout, recordOf, refOf, refused, report, sek } from '../__fixtures__/records.ts'
import { deriveRecord } from '../derivation/derive-record.ts'
import type { Fact } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { ownMethods, type Report } from '../record/report.ts'

const unproven = (more: Partial<Report> = {}): Report =>
  report('chb-1', 'chb', { intent: null, proof: 'unproven', vendorId: 'tx-9', money: sek('40.00'), ...more })

const reviewsOf = (intents: readonly RecordedIntent[], facts: readonly Fact[], ...reports: readonly Report[]) => {
  const { record } = deliver(intents, ...facts)
  return deriveRecord({ ...record, reports: [...record.reports, ...reports] }, bankSaying(facts)).reviews
}

const credited = fact('deposit.credited', { evidence: ['credit'] })
const expected = {
  id: `${depositRef}:review:foreign_order:tx-9:chb:40.00:SEK`,
  reason: 'foreign_order',
  payment: depositRef,
  reference: 'order-1',
  rail: 'bank',
  vendorId: 'tx-9',
  at: '2026-01-02T00:00:00.000Z',
  money: sek('40.00'),
}

describe('an unproven report that names a payment', () => {
  const foreign = report('l-1', ownMethods.foreign, { proof: 'lookup', vendorId: 'tx-9' })
  const unidentified = report('e-1', ownMethods.unidentified, { proof: 'elapsed', vendorId: 'tx-9' })

  test.each<readonly [string, RecordedIntent, readonly Fact[]]>([
    ['whose customer has not finished', deposit(), []],
    ['that ended without money', deposit(), [fact('deposit.not_credited')]],
    ['that was refused', deposit({ conclude: refused }), []],
    ['that is credited', deposit(), [credited]],
    ['that is a failed payout', payout(), [fact('payout.failed', { intent: refOf(payout()) })]],
    ['that is an account', account(), []],
  ])('%s is no review until its look-ups have found nothing for a day', (_name, one, facts) => {
    expect(reviewsOf([one], facts, unproven())).toEqual([])
    expect(reviewsOf([one], facts, unproven(), unidentified)).toMatchObject([
      { reason: 'overdue', vendorId: 'tx-9', money: sek('40.00') },
    ])
  })

  test('is a review if the vendor shows that it is about another order, whatever is open', () => {
    expect(reviewsOf([deposit()], [], unproven(), foreign)).toEqual([expected])
    expect(
      reviewsOf([deposit()], [], report('chb-1', 'chb', { intent: null, vendorId: 'tx-9' }), foreign),
    ).toMatchObject([{ reason: 'foreign_order' }])
    expect(reviewsOf([deposit()], [], unproven({ vendorId: 'tx-8' }), foreign)).toEqual([])
  })

  test('is another review for other money, another method or another transaction, and none for a repetition', () => {
    const reports = [
      unproven(),
      unproven({ money: sek('41.00') }),
      unproven({ method: 'refund' }),
      unproven({ vendorId: 'tx-8' }),
      unproven({ id: 'again' }),
    ]
    expect(reviewsOf([deposit()], [credited], foreign, ...reports)).toHaveLength(3)
  })

  test('is no longer a review once it is applied', () => {
    expect(reviewsOf([deposit()], [credited], unproven({ intent: depositRef, proof: 'lookup' }))).toEqual([])
  })
})

test('a signed report that does not belong to the order of the response is a review', () => {
  const replaced = report('n-7', 'credit', { intent: null, vendorId: 'tx-7', money: sek('100.00') })
  expect(reviewsOf([deposit()], [], replaced)).toMatchObject([
    { reason: 'vendor_id_differs', vendorId: 'tx-7', money: sek('100.00') },
  ])
  const { state } = deriveRecord(recordOf([deposit()], { reports: [replaced] }), bankSaying([]))
  expect(state).toMatchObject({ state: 'pending' })
})
