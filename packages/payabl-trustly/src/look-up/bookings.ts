import {
  type Booking,
  groupBy,
  isLeft,
  merchantReference,
  type PaymentError,
  type PaymentRecord,
  type Reconciliation,
  type RecordedIntent,
  readVendorMoney,
  right,
} from '@railswitch/core/provider'
import type { PayablClient } from '../client/client.ts'
import { monthsOf } from '../client/list-transactions.ts'
import { daysAround } from '../wire/dates.ts'
import type { ListedTransaction } from '../wire/tx-diagnose.ts'
import { lookUpBookedCapture, lookUpBookedFailure } from './booked-ends.ts'
import { lookUpBookedFollowUp } from './booked-follow-ups.ts'
import { isTransactionOf } from './foreign-orders.ts'
import { listBetween } from './listed-transactions.ts'
import type { LookUpContext, QueryResult } from './query.ts'

/**
 * payabl's lists of captures, failures, chargebacks and refunds: payabl may notify each of them once at most, and `sync` looks up no
 * deposit that has ended. Payouts are not compared: `sync` looks each of them up until it can no longer fail.
 * @see https://docs.payabl.com/docs/diagnose-interface-1 (read 2026-11-21)
 */
export const reconciliation = (client: PayablClient, now: () => Date): Reconciliation => ({
  list:
    ({ from, to }, signal) =>
    async () => {
      const bookings: Booking[] = []
      const failed: PaymentError[] = []
      for (const type of comparedTypes)
        for (const days of monthsOf(daysAround(from, to))) {
          const listed = await listBetween({ client, signal }, type, days)
          if (isLeft(listed)) failed.push(...(isUnknownList(type, listed.left) ? [] : [listed.left]))
          else bookings.push(...toBookings(type, listed.right))
        }
      return right({ bookings, failed })
    },
  lookUp: (record, booking, signal) => () => lookUpBooking({ client, now, signal }, record, booking),
})

const lookUpBooking = async (context: LookUpContext, record: PaymentRecord, booking: Booking): QueryResult => {
  const recorded = depositOf(record, booking)
  if (!recorded) return right([])
  switch (booking.method) {
    case 'capture':
      return right(await lookUpBookedCapture(context, record, { recorded, booking }))
    case 'failed':
      return right(await lookUpBookedFailure(context, record, { recorded, booking }))
    case 'chb':
    case 'refund':
      return lookUpBookedFollowUp(context, record, { recorded, booking, type: booking.method })
    default:
      return right([])
  }
}

/** The deposits come first: what was taken back needs its credit. */
const comparedTypes = ['capture', 'failed', 'chb', 'refund'] as const

/** Only payabl's PHP SDK names the list of failures. If payabl refuses it, it has none. */
const isUnknownList = (type: string, { effect, vendor }: PaymentError): boolean =>
  type === 'failed' && effect === 'refused' && vendor?.code !== '504'

const toBookings = (method: string, listed: readonly ListedTransaction[]): readonly Booking[] =>
  groupBy(listed, (one) => [one.transaction_id, one.order_id, one.amount, one.currency].join('|')).map((equal) => {
    const [{ transaction_id: vendorId, order_id, amount, currency }] = equal
    return {
      vendorId,
      merchantReference: order_id ?? null,
      method,
      money: readVendorMoney(amount, currency),
      // The meaning of these dates is not documented. One that changes leads to another query, not to another booking.
      bookedAt: equal.map(({ issue_date, booking_date, transaction_date }) =>
        [issue_date, booking_date, transaction_date].filter((date) => date !== undefined).join(' '),
      ),
    }
  })

/** The attempt of a deposit that a booking belongs to: by its transaction, otherwise by our order id. */
const depositOf = (record: PaymentRecord, booking: Booking): RecordedIntent | undefined => {
  const deposits = record.intents.filter(({ intent }) => intent.kind === 'deposit')
  return (
    deposits.find((recorded) => isTransactionOf(record, recorded, booking.vendorId)) ??
    deposits.find(({ intent }) => merchantReference(intent) === booking.merchantReference)
  )
}
