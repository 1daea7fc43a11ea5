import {
  dayMs,
  type Either,
  isLeft,
  type PaymentError,
  type PaymentRecord,
  paymentRef,
  type Report,
  right,
  sameMoney,
} from '@railswitch/core/provider'
import { shownMethod } from '../interpret/reading.ts'
import { daysAround } from '../wire/dates.ts'
import type { BookedDeposit } from './booked-ends.ts'
import { isOfOtherOrder } from './foreign-orders.ts'
import { toFoundReport } from './found-report.ts'
import { countsOf, type ListQuery, listBetween } from './listed-transactions.ts'
import type { LookUpContext, QueryResult } from './query.ts'

interface BookedFollowUp extends BookedDeposit {
  readonly type: ListQuery['type']
}

/**
 * A chargeback or a refund in payabl's list. Several equal ones can have one id, and the days of a list can contain only some of them:
 * when another one appears, all of the deposit are counted.
 */
export const lookUpBookedFollowUp = async (
  context: LookUpContext,
  record: PaymentRecord,
  booked: BookedFollowUp,
): QueryResult => {
  const { recorded, booking } = booked
  const known = alikeIn(record, booked)
  if (known.length > 0 && isContained(booking.bookedAt, known.map(timesOf))) return right([])
  const isForeign = await isOfOtherOrder(context, record, recorded, booking.vendorId)
  if (isLeft(isForeign)) return isForeign
  const count = known.length > 0 ? await countAll(context, record, booked) : right(booking.bookedAt.length)
  if (isLeft(count)) return count
  const { vendorId, money } = booking
  const members = {
    errorcode: '0',
    count: String(Math.max(count.right, booking.bookedAt.length)),
    booked: booking.bookedAt.join(separator),
    ...(isForeign.right && { foreign: 'yes' }),
  }
  const { intent } = recorded
  const method = shownMethod('listed', booked.type)
  return right([toFoundReport({ vendorId, intent: paymentRef(intent), method, members, money }, context.now())])
}

const separator = ', '

/** The stored reports of this list with the same transaction and money. */
const alikeIn = ({ reports }: PaymentRecord, { booking: { vendorId, money }, type }: BookedFollowUp) =>
  reports.filter(
    (report) =>
      report.vendorId === vendorId &&
      report.method === shownMethod('listed', type) &&
      (money && report.money ? sameMoney(money, report.money) : !money && !report.money),
  )

const timesOf = ({ members }: Report): readonly string[] => members.booked?.split(separator) ?? []

/** Whether one of the stored lists has each of these times as often. Without a time, nothing is known to be the same. */
const isContained = (times: readonly string[], lists: ReadonlyArray<readonly string[]>): boolean =>
  times.every((time) => time !== '' && lists.some((list) => countOf(list, time) >= countOf(times, time)))

const countOf = (times: readonly string[], time: string): number => times.filter((one) => one === time).length

/** The number of equal entries of this transaction since the deposit was begun. */
const countAll = async (
  context: LookUpContext,
  record: PaymentRecord,
  { recorded: { intent, begunAt }, booking: { vendorId, money: amount }, type }: BookedFollowUp,
): Promise<Either<PaymentError, number>> => {
  if (!amount) return right(0)
  // An import was begun elsewhere, at an unknown time. Customers can reclaim their money for 13 months.
  const since = Date.parse(begunAt) - (intent.imported ? 400 * dayMs : 0)
  const days = daysAround(new Date(since).toISOString(), context.now().toISOString())
  const listed = await listBetween(context, type, days)
  if (isLeft(listed)) return listed
  return right(countsOf(listed.right, { type, deposit: paymentRef(intent), amount }, record).get(vendorId) ?? 0)
}
