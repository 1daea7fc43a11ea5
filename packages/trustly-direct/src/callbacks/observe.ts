import {
  type Fact,
  isLeft,
  type Money,
  matchRefund,
  type Observation,
  type PaymentRef,
  paymentRef,
  type RecordedIntent,
  readVendorMoney,
  type Thread,
} from '@railswitch/core'
import { toIsoTime } from '../wire/timestamp.ts'
import type { Notification } from './notification.ts'

/** What a notification means for the payment it belongs to: `credit` and `debit` speak of the user's balance. */
export const observe =
  (notification: Notification, now: () => Date) =>
  (thread: Thread, subject: RecordedIntent | null): Observation => {
    const { data, method } = notification
    const ref = subject && paymentRef(subject.intent)
    const amount = readVendorMoney(data.amount, data.currency)
    const at = data.timestamp === undefined ? null : toIsoTime(data.timestamp)
    return {
      id: data.notificationid,
      at: at === null || isLeft(at) ? now().toISOString() : at.right,
      source: 'callback',
      vendorId: data.orderid,
      trust: 'signed',
      subject: ref,
      fact: ref ? factOf(method, amount, thread, ref) : { type: 'unexplained', reason: 'unknown_payment' },
      word: { method, ...(amount && { amount }) },
    }
  }

const factOf = (method: string, amount: Money | null, thread: Thread, deposit: PaymentRef): Fact => {
  if (method === 'cancel') return { type: 'deposit.not_credited', reason: reasonOf(thread, deposit) }
  if (!amount)
    return known.has(method) ? { type: 'unexplained', reason: 'amount_differs' } : { type: 'unrecognised', method }
  switch (method) {
    case 'pending':
      return { type: 'deposit.not_credited_yet', amount }
    case 'credit':
      return isCredited(thread, deposit)
        ? matchRefund('refund.failed', method, amount, thread, deposit)
        : { type: 'deposit.credited', amount }
    case 'debit':
      return { type: 'deposit.reversed', amount }
    case 'payoutfailed':
      return matchRefund('refund.failed', method, amount, thread, deposit)
    case 'payoutconfirmation':
      return matchRefund('refund.confirmed', method, amount, thread, deposit)
    default:
      return { type: 'unrecognised', method }
  }
}

const known = new Set(['pending', 'credit', 'debit', 'payoutfailed', 'payoutconfirmation'])

const isCredited = ({ observations }: Thread, deposit: PaymentRef): boolean =>
  observations.some(({ subject, fact }) => subject === deposit && fact.type === 'deposit.credited')

const reasonOf = ({ observations }: Thread, deposit: PaymentRef): 'abandoned' | 'failed' =>
  observations.some(({ subject, fact }) => subject === deposit && fact.type === 'deposit.not_credited_yet')
    ? 'failed'
    : 'abandoned'
