import {
  type Fact,
  type Money,
  matchRefund,
  type Observation,
  type PaymentRef,
  paymentRef,
  type RecordedIntent,
  readVendorMoney,
  type Thread,
} from '@railswitch/core'
import type { Notification } from './notification.ts'

/**
 * What a notification means for the payment it belongs to. `security` covers the transaction, its type, its errorcode and
 * the time, and no more: what rests on the rest is `bound` by our token or merely `claimed`.
 * @see https://docs.payabl.com/docs/signature-calculation (read 2026-11-21)
 */
export const observe =
  (notification: Notification) =>
  (thread: Thread, subject: RecordedIntent | null, bound: boolean): Observation => {
    const { transactionid, timestamp, type, amount, currency } = notification
    const money = readVendorMoney(amount, currency)
    const ref = depositOf(subject)
    return {
      id: deliveryId(notification),
      at: new Date(Number(timestamp) * 1000).toISOString(),
      source: 'callback',
      vendorId: transactionid,
      trust: bound ? 'bound' : trustOf(notification, thread),
      subject: ref,
      fact:
        ref === null ? { type: 'unexplained', reason: 'unknown_payment' } : factOf(notification, money, thread, ref),
      word: { method: `${type} ${wordOf(notification)}`, ...(money && { amount: money }) },
    }
  }

/** A resent notification may or may not have a new time; two states of one second share their `security`. */
export const deliveryId = ({ transactionid, type, errorcode, payment_state }: Notification): string =>
  [transactionid, type, errorcode, payment_state ?? ''].join('|')

const depositOf = (subject: RecordedIntent | null): PaymentRef | null =>
  subject && (subject.intent.of ?? paymentRef(subject.intent))

/** A failure of a transaction that we know is signed whole: its id and its errorcode are. */
const trustOf = (
  { errorcode, transactionid }: Notification,
  { intents, observations }: Thread,
): Observation['trust'] => {
  const failed = errorcode !== '0' && errorcode !== '2000'
  const known =
    intents.some(({ vendorIds }) => vendorIds.includes(transactionid)) ||
    observations.some(({ vendorId, trust }) => vendorId === transactionid && trust !== 'claimed')
  return failed && known ? 'signed' : 'claimed'
}

const wordOf = ({ errorcode, payment_state }: Notification): string =>
  errorcode === '0' ? (payment_state ?? 'without state') : errorcode

const factOf = (notification: Notification, money: Money | null, thread: Thread, deposit: PaymentRef): Fact => {
  const { type, errorcode } = notification
  const unrecognised: Fact = { type: 'unrecognised', method: `${type} ${wordOf(notification)}` }
  if (errorcode === '2000') return unrecognised
  switch (type) {
    case 'capture':
      return captureFact(notification, money, thread, deposit) ?? unrecognised
    case 'chb':
      return errorcode === '0' && money ? { type: 'deposit.reversed', amount: money } : unrecognised
    case 'refund':
      return money
        ? matchRefund(errorcode === '0' ? 'refund.confirmed' : 'refund.failed', type, money, thread, deposit)
        : unrecognised
    default:
      return unrecognised
  }
}

/** Success takes both: errorcode 0 AND payment_state credited; errorcode 0 alone comes with `not_credited_yet` too. */
const captureFact = (
  { errorcode, payment_state, transactionid }: Notification,
  money: Money | null,
  thread: Thread,
  deposit: PaymentRef,
): Fact | null => {
  if (errorcode !== '0') return { type: 'deposit.not_credited', reason: endingOf(errorcode) }
  switch (payment_state) {
    case 'not_credited_yet':
      return money && { type: 'deposit.not_credited_yet', amount: money }
    case 'credited':
      return money ? { type: 'deposit.credited', amount: money } : { type: 'unexplained', reason: 'amount_differs' }
    case 'not_credited':
      return takenBack(thread, deposit, transactionid) ?? { type: 'deposit.not_credited', reason: 'failed' }
    default:
      return null
  }
}

/** `not_credited` of a transaction that was credited takes its money back; of another one it is a dead attempt. */
const takenBack = ({ observations }: Thread, deposit: PaymentRef, transactionid: string): Fact | null => {
  const credited = observations.find(
    ({ subject, vendorId, fact, trust }) =>
      subject === deposit && vendorId === transactionid && fact.type === 'deposit.credited' && trust !== 'claimed',
  )
  return credited?.fact.type === 'deposit.credited' ? { type: 'deposit.reversed', amount: credited.fact.amount } : null
}

const endingOf = (errorcode: string): 'abandoned' | 'declined' | 'expired' | 'failed' => {
  switch (errorcode) {
    case '-5003':
      return 'abandoned'
    case '-1315':
      return 'expired'
    case '-5002':
    case '-5004':
      return 'declined'
    default:
      return 'failed'
  }
}
