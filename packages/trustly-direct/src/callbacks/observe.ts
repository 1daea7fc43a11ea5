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
  sameMoney,
  type Thread,
} from '@railswitch/core'
import { toIsoTime } from '../wire/timestamp.ts'
import { abortOf, type Notification } from './notification.ts'

/**
 * What a notification means for the payment it belongs to. `credit` and `debit` speak of the customer's balance at the
 * merchant, so that a `credit` is a deposit's success and a payout's failure.
 */
export const observe =
  ({ method, uuid, data }: Notification, now: () => Date) =>
  (thread: Thread, subject: RecordedIntent | null): Observation => {
    const amount = readVendorMoney(data.amount, data.currency)
    const at = data.timestamp === undefined ? null : toIsoTime(data.timestamp)
    return {
      id: data.notificationid ?? uuid,
      at: at === null || isLeft(at) ? now().toISOString() : at.right,
      source: 'callback',
      vendorId: data.orderid ?? uuid,
      trust: 'signed',
      subject: subject && paymentRef(subject.intent),
      fact: subject ? factOf({ method, data, amount, thread, subject }) : unknownPayment,
      word: { method, ...(amount && { amount }) },
    }
  }

const unknownPayment: Fact = { type: 'unexplained', reason: 'unknown_payment' }

interface News {
  readonly method: string
  readonly data: Notification['data']
  readonly amount: Money | null
  readonly thread: Thread
  readonly subject: RecordedIntent
}

const factOf = (news: News): Fact => {
  const { method, data, amount, subject } = news
  if (method === 'account' && data.accountid !== undefined) return accountFact(data)
  if (method === 'kyc') return { type: 'kyc.received', abort: abortOf(data) }
  const { kind } = subject.intent
  if (kind === 'account')
    return method === 'cancel'
      ? { type: 'account.not_received', reason: 'abandoned' }
      : { type: 'unrecognised', method }
  if (method === 'cancel') return kind === 'deposit' ? abandonedDeposit(news) : failedPayout(news)
  if (!moneyMethods.has(method)) return { type: 'unrecognised', method }
  if (!amount) return { type: 'unexplained', reason: 'amount_differs' }
  return kind === 'deposit' ? depositFact(news, amount) : payoutFact(news, amount)
}

const accountFact = ({ accountid = '', attributes }: Notification['data']): Fact => ({
  type: 'account.received',
  account: accountid,
  ...(attributes?.directdebitmandate === '1' && { mandate: true }),
})

const moneyMethods = new Set(['pending', 'credit', 'debit', 'payoutfailed', 'payoutconfirmation'])

/** A refund's news comes with its deposit's ids. */
const depositFact = ({ method, thread, subject }: News, amount: Money): Fact => {
  const deposit = paymentRef(subject.intent)
  switch (method) {
    case 'pending':
      return { type: 'deposit.not_credited_yet', amount }
    case 'credit':
      return isFirstCredit(thread, deposit, amount)
        ? { type: 'deposit.credited', amount }
        : matchRefund('refund.failed', method, amount, thread, deposit)
    case 'debit':
      return { type: 'deposit.reversed', amount }
    case 'payoutfailed':
      return matchRefund('refund.failed', method, amount, thread, deposit)
    default:
      return matchRefund('refund.confirmed', method, amount, thread, deposit)
  }
}

/** What the ledger has shown already, its `credit` may still tell. */
const isFirstCredit = ({ observations }: Thread, deposit: PaymentRef, amount: Money): boolean => {
  const credits = observations.filter(({ subject, fact }) => subject === deposit && fact.type === 'deposit.credited')
  return credits.every(({ source, word }) => source === 'lookup' && word.amount && sameMoney(word.amount, amount))
}

/** Payouts and withdrawals: one failure is told by `payoutfailed`, `credit` and `cancel`, in any order. */
const payoutFact = ({ method, subject }: News, amount: Money): Fact => {
  switch (method) {
    case 'payoutconfirmation':
      return { type: 'payout.confirmed', amount }
    case 'payoutfailed':
    case 'credit':
      return { type: 'payout.failed', amount }
    case 'debit':
      return subject.intent.kind === 'withdrawal'
        ? { type: 'withdrawal.requested', amount }
        : { type: 'unrecognised', method }
    default:
      return { type: 'unrecognised', method }
  }
}

/** A `cancel` names no amount: all of it is meant. */
const failedPayout = ({ thread, subject }: News): Fact => {
  const payout = paymentRef(subject.intent)
  const requested = thread.observations.flatMap(({ subject: of, fact }) =>
    of === payout && fact.type === 'withdrawal.requested' ? [fact.amount] : [],
  )
  return { type: 'payout.failed', amount: requested[0] ?? subject.intent.expect }
}

const abandonedDeposit = ({ thread, subject }: News): Fact => {
  const approved = has(thread, paymentRef(subject.intent), 'deposit.not_credited_yet')
  return { type: 'deposit.not_credited', reason: approved ? 'failed' : 'abandoned' }
}

const has = ({ observations }: Thread, payment: PaymentRef, type: Fact['type']): boolean =>
  observations.some(({ subject, fact }) => subject === payment && fact.type === type)
