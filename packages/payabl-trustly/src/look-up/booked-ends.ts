import {
  type Booking,
  type DepositAttempt,
  deriveDeposit,
  type FoundReport,
  type PaymentRecord,
  paymentRef,
  type RecordedIntent,
  sameMoney,
} from '@railswitch/core/provider'
import { notificationMs } from '../interpret/capture-facts.ts'
import { isError, shownMethod } from '../interpret/reading.ts'
import { depositTransactionsOf } from '../operations/transaction-ids.ts'
import { requestNotification } from './deposits.ts'
import { toFoundReport } from './found-report.ts'
import { factsIn, type LookUpContext } from './query.ts'

export interface BookedDeposit {
  readonly recorded: RecordedIntent
  readonly booking: Booking
}

/**
 * A transaction in payabl's list of captures. The list does not distinguish credited from not yet credited: if no notification has
 * reported how the transaction ended, payabl is asked to send it again. If it does not, `interpret` makes it a review.
 */
export const lookUpBookedCapture = async (
  context: LookUpContext,
  record: PaymentRecord,
  booked: BookedDeposit,
): Promise<readonly FoundReport[]> => {
  const { recorded, booking } = booked
  const isKnown = depositTransactionsOf(record, recorded).includes(booking.vendorId)
  const isOver =
    recorded.intent.imported || isOpen(attemptOf(record, recorded)) || hasReported(record, booking.vendorId, anyEnd)
  if (isKnown && isOver) return []
  const isOwn = isKnown || booking.money === null || sameMoney(booking.money, recorded.intent.expect)
  return isOwn ? request(context, record, booked) : [toReport(context, booked, { foreign: 'yes' })]
}

/** A transaction in payabl's list of failures. That matters only if it was credited: `sync` looks the others up. */
export const lookUpBookedFailure = async (
  context: LookUpContext,
  record: PaymentRecord,
  booked: BookedDeposit,
): Promise<readonly FoundReport[]> => {
  const { recorded, booking } = booked
  const attempt = attemptOf(record, recorded)
  const isCredited =
    (recorded.intent.imported && attempt?.state === 'credited' && recorded.vendorIds.includes(booking.vendorId)) ||
    attempt?.transactions.some(({ vendorId, credit }) => vendorId === booking.vendorId && credit !== null)
  return isCredited && !hasReported(record, booking.vendorId, ['not_credited']) ? request(context, record, booked) : []
}

/** Asks payabl to send the notification, and reports the booking: once, and again when the notification had time to arrive. */
const request = async (
  context: LookUpContext,
  record: PaymentRecord,
  booked: BookedDeposit,
): Promise<readonly FoundReport[]> => {
  await requestNotification(context, record, booked.booking.vendorId)
  const first = toReport(context, booked)
  const known = record.reports.find(({ id }) => id === first.report.id)
  const isStill = known && context.now().getTime() - Date.parse(known.at) >= notificationMs
  return [isStill ? toReport(context, booked, {}, 'still') : first]
}

const toReport = (
  { now }: LookUpContext,
  { recorded: { intent }, booking: { vendorId, method, money } }: BookedDeposit,
  more: Readonly<Record<string, string>> = {},
  stage = '',
): FoundReport =>
  toFoundReport(
    {
      vendorId,
      intent: paymentRef(intent),
      method: shownMethod('listed', method),
      members: { errorcode: '0', ...more },
      money,
      stage,
    },
    now(),
  )

const attemptOf = (record: PaymentRecord, { intent }: RecordedIntent): DepositAttempt | undefined =>
  deriveDeposit(record, factsIn(record))?.attempts.find(({ ref }) => ref === paymentRef(intent))

/** `sync` looks it up. */
const isOpen = (attempt: DepositAttempt | undefined): boolean =>
  attempt?.state === 'pending' || attempt?.state === 'not_credited_yet'

const anyEnd: readonly string[] = ['credited', 'not_credited']

/** Whether a notification of this transaction has reported an error, or one of these states. */
const hasReported = ({ reports }: PaymentRecord, transactionId: string, states: readonly string[]): boolean =>
  reports.some(
    ({ intent, method, vendorId, members: { errorcode = '', payment_state: state = '' } }) =>
      intent !== null &&
      method === 'capture' &&
      vendorId === transactionId &&
      (isError(errorcode) || states.includes(state)),
  )
