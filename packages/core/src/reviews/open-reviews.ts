import type { EventComparison, EventDifference } from '../events/compare-emitted.ts'
import type { Fact } from '../record/fact.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import { ownMethods } from '../record/report.ts'
import { isDepositState, isWithoutMoney, type PaymentState } from '../state/payment-state.ts'
import { parsePaymentRef } from '../values/payment-ref.ts'
import { compare } from '../values/sort-and-group.ts'
import { depositCases } from './deposit-cases.ts'
import { differenceCase } from './difference-case.ts'
import { factCases } from './fact-cases.ts'
import { payoutCases } from './payout-cases.ts'
import type { Review } from './review.ts'
import { unprovenReports } from './unproven-report-cases.ts'

/** The reviews whose cause still exists and that are not resolved. */
export const openReviews = (
  record: PaymentRecord,
  state: PaymentState | null,
  facts: readonly Fact[],
  { differences }: EventComparison,
): readonly Review[] => {
  const all = record.unowned
    ? unownedReviews(record.unowned)
    : state
      ? reviewsOf(record, state, facts, differences)
      : []
  return all.filter((review) => !isResolved(record, review))
}

/** No review is left when all reports have been assigned to payments or deleted for newer ones. */
const unownedReviews = ({
  reason,
  rail,
  name,
  since,
  count,
  latest,
}: NonNullable<PaymentRecord['unowned']>): readonly Review[] => {
  const id = `${rail}:review:${reason}:${name}`
  return count === 0
    ? []
    : [
        {
          id,
          reason,
          rail,
          payment: null,
          reference: null,
          vendorId: '',
          at: since,
          count,
          ...(latest !== undefined && { latest }),
        },
      ]
}

/** The review of a day is open again when more reports were received since. The number alone does not tell: it falls when a report moves. */
const isResolved = ({ reports }: PaymentRecord, { id, count, latest = '' }: Review): boolean =>
  reports.some(
    ({ method, members }) =>
      method === ownMethods.resolved &&
      members.review === id &&
      (count === undefined ||
        (Number(members.count ?? '0') >= count && (members.latest === undefined || members.latest >= latest))),
  )

const reviewsOf = (
  record: PaymentRecord,
  state: PaymentState,
  facts: readonly Fact[],
  differences: readonly EventDifference[],
): readonly Review[] => {
  const cases = [
    ...factCases(state, facts),
    ...(isDepositState(state) ? depositCases(state) : []),
    ...(!isDepositState(state) && !isWithoutMoney(state) ? payoutCases(state, facts) : []),
    ...unprovenReports(record, state),
    ...differenceCase(state, differences),
  ]
  const reviews = cases.map(({ cause, ...one }): Review => {
    const { payment, reason, vendorId, money } = one
    const id = [payment, 'review', reason, vendorId, cause, ...(money ? [money.value, money.currency] : [])].join(':')
    return { ...one, id, rail: parsePaymentRef(payment)?.rail ?? '', reference: state.reference }
  })
  return [...new Map(reviews.map((review) => [review.id, review])).values()].sort((a, b) => compare(a.id, b.id))
}
