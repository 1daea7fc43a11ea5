import {
  type Observation,
  type PaymentRef,
  paymentRef,
  type RecordedIntent,
  readVendorMoney,
  type Thread,
} from '@railswitch/core'
import type { Notification } from './notification.ts'
import { captureNews, chargebackNews } from './observe-deposit.ts'
import { payoutNews } from './observe-payout.ts'
import { refundNews } from './observe-refund.ts'
import { type News, type Told, unexplained, unrecognised, wordOf } from './told.ts'

/**
 * What a notification means for the payment it belongs to. `security` covers the transaction, its type, its errorcode and
 * the time, and no more: what rests on the rest is `bound` by our token or merely `claimed`.
 * @see https://docs.payabl.com/docs/signature-calculation (read 2026-11-21)
 */
export const observe =
  (notification: Notification) =>
  (thread: Thread, subject: RecordedIntent | null, bound: boolean): Observation => {
    const { transactionid, timestamp, amount, currency } = notification
    // The page's own list of fields has no currency.
    const money = readVendorMoney(amount, currency ?? subject?.intent.expect.currency)
    const at = new Date(Number(timestamp) * 1000).toISOString()
    const payment = ownerOf(subject)
    const news: News = payment
      ? newsOf({ notification, thread, payment, money, bound, at }, subject)
      : { fact: { type: 'unexplained', reason: 'unknown_payment' }, trust: bound ? 'bound' : 'claimed' }
    return {
      id: deliveryId(notification),
      at,
      source: 'callback',
      vendorId: transactionid,
      subject: payment,
      word: { method: wordOf(notification), ...(money && { amount: money }) },
      ...news,
    }
  }

/**
 * A resent notification may or may not have a new time; two states of one second share their `security`. Refunds may all
 * carry the deposit's id: the amount tells them apart, and of equal ones the time does.
 */
export const deliveryId = ({
  transactionid,
  type,
  errorcode,
  payment_state,
  amount,
  timestamp,
}: Notification): string =>
  [
    transactionid,
    type,
    errorcode,
    payment_state ?? '',
    ...(type === 'capture' ? [] : [amount ?? '']),
    ...(type === 'refund' ? [timestamp] : []),
  ].join('|')

/** News of a refund is news of its deposit. */
const ownerOf = (subject: RecordedIntent | null): PaymentRef | null =>
  subject && (subject.intent.of ?? paymentRef(subject.intent))

const newsOf = (told: Told, subject: RecordedIntent | null): News => {
  if (subject?.intent.kind === 'payout') return payoutNews(told, subject)
  switch (told.notification.type) {
    case 'capture':
      return captureNews(told)
    case 'chb':
      return chargebackNews(told)
    case 'refund':
      return refundNews(told)
    // A payout from payabl's portal, or one of ours whose own address payabl did not heed: the look-up will tell.
    case 'cft':
      return unexplained(told, 'unexpected_payout')
    default:
      return unrecognised(told)
  }
}
