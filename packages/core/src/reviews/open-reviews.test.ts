import { derivedFrom, fact } from '../__fixtures__/bank.ts'
import { account, deposit, depositRef, payout, recordOf, refOf, report, sek } from '../__fixtures__/records.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import { ownMethods } from '../record/report.ts'
import { paymentStateOf } from '../state/payment-state.ts'
import { openReviews } from './open-reviews.ts'

const nothingEmitted = { pending: [], pairs: [], differences: [] }
const unexpected = (vendorId: string, key = 'cause') =>
  fact('review', { reason: 'unexpected_credit', money: sek('7.00'), vendorId, key, evidence: [`${vendorId} ${key}`] })
const resolvedBy = (review: string, more: Readonly<Record<string, string>> = {}) =>
  report(`person|${review}`, ownMethods.resolved, { proof: 'person', members: { review, ...more } })
const idOf = (vendorId: string): string => `${depositRef}:review:unexpected_credit:${vendorId}:cause:7.00:SEK`

test('a review is identified by payment, reason, vendor id, cause and money, and names rail and reference', () => {
  expect(derivedFrom([deposit()], [unexpected('tx-1')]).reviews).toEqual([
    {
      id: idOf('tx-1'),
      reason: 'unexpected_credit',
      rail: 'bank',
      payment: depositRef,
      reference: 'order-1',
      vendorId: 'tx-1',
      at: '2026-01-02T00:00:00.000Z',
      money: sek('7.00'),
    },
  ])
})

test('reviews are sorted by their id, and the same case is one review', () => {
  const facts = [unexpected('tx-2'), unexpected('tx-1'), { ...unexpected('tx-2'), evidence: ['again'] }]
  expect(derivedFrom([deposit()], facts).reviews.map(({ id }) => id)).toEqual([idOf('tx-1'), idOf('tx-2')])
})

test('the cases of money out, of reports that are not applied and of emitted events are reviews too', () => {
  const [out, chosen] = [payout(), account()]
  const differs = fact('payout.confirmed', { intent: refOf(out), amount: sek('60.00') })
  expect(derivedFrom([out], [differs]).reviews).toMatchObject([{ reason: 'amount_differs', money: sek('60.00') }])
  expect(derivedFrom([chosen], [fact('account.received', { intent: refOf(chosen), account: '11' })]).reviews).toEqual(
    [],
  )
  const elsewhere = report('n-9', 'credit', { intent: null, vendorId: 'tx-9' })
  expect(derivedFrom([deposit()], [], { reports: [elsewhere] }).reviews.map(({ id }) => id)).toEqual([
    `${depositRef}:review:vendor_id_differs:tx-9:credit`,
  ])
})

test('resolving a review closes this one only', () => {
  const reports = [resolvedBy(idOf('tx-1'))]
  const { reviews } = derivedFrom([deposit()], [unexpected('tx-1'), unexpected('tx-2')], { reports })
  expect(reviews.map(({ id }) => id)).toEqual([idOf('tx-2')])
})

test('another report that names the review does not close it', () => {
  const reports = [{ ...resolvedBy(idOf('tx-1')), method: 'credit' }]
  expect(derivedFrom([deposit()], [unexpected('tx-1')], { reports }).reviews).toHaveLength(1)
})

test('a payment whose state is not known has no reviews', () => {
  const record = recordOf([deposit()])
  expect(openReviews(record, null, [unexpected('tx-1')], nothingEmitted)).toEqual([])
  expect(openReviews(record, paymentStateOf(record, []), [unexpected('tx-1')], nothingEmitted)).toHaveLength(1)
})

describe('reports of foreign orders', () => {
  const foreign = {
    reason: 'foreign_order',
    rail: 'bank',
    name: '2026-01-02',
    since: '2026-01-02T08:00:00.000Z',
  } as const
  const id = 'bank:review:foreign_order:2026-01-02'
  const reviewsOf = (unowned: Partial<NonNullable<PaymentRecord['unowned']>>, ...reports: PaymentRecord['reports']) =>
    openReviews(recordOf([], { unowned: { ...foreign, count: 2, ...unowned }, reports }), null, [], nothingEmitted)
  const morning = '2026-01-02T09:00:00.000Z'
  const evening = '2026-01-02T21:00:00.000Z'

  test('are one review per rail and day, without a payment, with their number', () => {
    expect(reviewsOf({ latest: morning })).toEqual([
      {
        id,
        reason: 'foreign_order',
        rail: 'bank',
        payment: null,
        reference: null,
        vendorId: '',
        at: foreign.since,
        count: 2,
        latest: morning,
      },
    ])
  })

  test('have a review without a newest time if the store names none', () => {
    expect(Object.keys(reviewsOf({})[0] ?? {})).not.toContain('latest')
    expect(reviewsOf({}, resolvedBy(id, { count: '2', latest: morning }))).toEqual([])
  })

  test('stay resolved by their number alone if the decision names no newest time', () => {
    expect(reviewsOf({ latest: morning }, resolvedBy(id, { count: '2' }))).toEqual([])
    expect(reviewsOf({ count: 3, latest: morning }, resolvedBy(id, { count: '2' }))).toHaveLength(1)
    expect(reviewsOf({ latest: morning }, resolvedBy(id))).toHaveLength(1)
  })

  test('need no review when all of them were assigned or deleted', () => {
    expect(reviewsOf({ count: 0 })).toEqual([])
  })

  test('stay resolved until more are received', () => {
    const resolved = resolvedBy(id, { count: '2', latest: morning })
    expect(reviewsOf({ latest: morning }, resolved)).toEqual([])
    expect(reviewsOf({ count: 3, latest: evening }, resolved)).toHaveLength(1)
  })

  test('are open again when one was received and another was assigned, although the number is the same', () => {
    expect(reviewsOf({ latest: evening }, resolvedBy(id, { count: '2', latest: morning }))).toHaveLength(1)
  })

  test('stay resolved when some were assigned since', () => {
    expect(reviewsOf({ count: 1, latest: morning }, resolvedBy(id, { count: '2', latest: morning }))).toEqual([])
  })
})
