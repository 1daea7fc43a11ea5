import {
  type Booking,
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
  { recorded, booking }: BookedDeposit,
): Promise<readonly FoundReport[]> => {
  const { vendorId, money } = booking
  const isKnown = depositTransactionsOf(record, recorded).includes(vendorId)
  if (isKnown && (recorded.intent.imported || isOpen(record, recorded) || hasEnded(record, vendorId))) return []
  const isForeign = !isKnown && money !== null && !sameMoney(money, recorded.intent.expect)
  if (!isForeign) await requestNotification(context, record, vendorId)
  const shown = {
    vendorId,
    intent: paymentRef(recorded.intent),
    method: shownMethod('listed', 'capture'),
    members: { errorcode: '0', ...(isForeign && { foreign: 'yes' }) },
    money,
  }
  const now = context.now()
  const first = toFoundReport(shown, now)
  const known = record.reports.find(({ id }) => id === first.report.id)
  const isStill = known && !isForeign && now.getTime() - Date.parse(known.at) >= notificationMs
  return [isStill ? toFoundReport({ ...shown, stage: 'still' }, now) : first]
}

/** `sync` looks it up. */
const isOpen = (record: PaymentRecord, { intent }: RecordedIntent): boolean => {
  const attempt = deriveDeposit(record, factsIn(record))?.attempts.find(({ ref }) => ref === paymentRef(intent))
  return attempt?.state === 'pending' || attempt?.state === 'not_credited_yet'
}

const hasEnded = ({ reports }: PaymentRecord, transactionId: string): boolean =>
  reports.some(
    ({ intent, method, vendorId, members: { errorcode = '', payment_state: state } }) =>
      intent !== null &&
      method === 'capture' &&
      vendorId === transactionId &&
      (isError(errorcode) || state === 'credited' || state === 'not_credited'),
  )
