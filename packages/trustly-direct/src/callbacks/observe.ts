import {
  type Fact,
  fold,
  isLeft,
  type Money,
  type Observation,
  type PaymentRef,
  parseMoney,
  paymentRef,
  type RecordedIntent,
  sameMoney,
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
    const amount = amountOf(notification)
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
        ? refundFact('refund.failed', method, amount, thread, deposit)
        : { type: 'deposit.credited', amount }
    case 'debit':
      return { type: 'deposit.reversed', amount }
    case 'payoutfailed':
      return refundFact('refund.failed', method, amount, thread, deposit)
    case 'payoutconfirmation':
      return refundFact('refund.confirmed', method, amount, thread, deposit)
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

/**
 * A refund has no ids of its own: its news carries the deposit's, so that only the amount can tell which one it was. A
 * refund that this method has spoken of already is not meant again.
 */
const refundFact = (
  type: 'refund.failed' | 'refund.confirmed',
  method: string,
  amount: Money,
  thread: Thread,
  deposit: PaymentRef,
): Fact => {
  const told = new Set(
    thread.observations.flatMap(({ fact, word }) =>
      fact.type === type && word.method === method && fact.refund ? [fact.refund] : [],
    ),
  )
  const candidates = (fold(thread)?.refunds ?? [])
    .filter((refund) => refund.of === deposit && sameMoney(refund.amount, amount) && !told.has(refund.ref))
    .map(({ ref }) => ref)
  const [only, ...others] = candidates
  if (!only) return { type: 'unexplained', reason: 'unexpected_credit' }
  return { type, amount, candidates, refund: others.length === 0 ? only : null }
}

/** Trustly writes `902.50` and `11` alike, and HUF with or without zeros: neither changes the amount. */
const amountOf = ({ data: { amount, currency } }: Notification): Money | null => {
  if (amount === undefined || currency === undefined) return null
  const plain = parseMoney({ value: amount, currency })
  if (!isLeft(plain)) return plain.right
  const parsed = parseMoney({ value: amount.replace(/\.?0+$/, ''), currency })
  return amount.includes('.') && !isLeft(parsed) ? parsed.right : null
}
