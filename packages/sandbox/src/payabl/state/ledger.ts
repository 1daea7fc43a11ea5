import { randomInt, randomUUID } from 'node:crypto'
import type { DepositTerms } from '../parameters/deposit-parameters.ts'
import type { Account } from './merchant.ts'

/** A pay-in's course; `aborted` when it failed before any money was promised. */
export type PayInState = 'pending' | 'not_credited_yet' | 'credited' | 'not_credited' | 'aborted'

/** `booked` is a refund or a chargeback; `accepted` and `failed` are a payout's. */
export type TransactionState = PayInState | 'booked' | 'accepted' | 'failed'

export type TransactionType = 'preauthorization' | 'capture' | 'refund' | 'chb' | 'cft'

/** One movement of a payment. `amount` is in minor units. */
export type Transaction = {
  readonly transactionId: string
  readonly type: TransactionType
  readonly payment: Payment
  readonly amount: bigint
  readonly issued: Date
  /** Where its news goes, unless where that of the payment goes. */
  readonly notificationUrl?: string | undefined
  state: TransactionState
  /** The result as in notifications: `0`, `2000` while pending, or an error. */
  errorcode: string
  /** When the state last changed. */
  booked: Date
}

/** One pay-in or payout with all its transactions. `orderid` and `custom1` are byte strings as they were sent. */
export type Payment = {
  readonly paymentId: string
  readonly session: string
  readonly account: Account
  readonly userId: string
  readonly orderid: string
  readonly custom1: string
  readonly currency: string
  readonly notificationUrl: string | undefined
  /** Undefined for a payout. */
  readonly terms: DepositTerms | undefined
  readonly transactions: Transaction[]
  /** The bank that the customer chose on the page. */
  bank: string | undefined
  /** When the customer was last on the page. */
  touched: Date
}

type NewTransaction = {
  readonly type: TransactionType
  readonly amount: bigint
  readonly state: TransactionState
  readonly errorcode: string
  readonly at: Date
  readonly notificationUrl?: string | undefined
  /** The transaction whose id this one shares; a new id unless given. */
  readonly sharesIdOf?: Transaction
}

/** Payments and transactions of all merchants: what the vendor knows. */
export type Ledger = {
  readonly open: (payment: Omit<Payment, 'paymentId' | 'session' | 'userId' | 'transactions' | 'bank'>) => Payment
  readonly add: (payment: Payment, transaction: NewTransaction) => Transaction
  /** Of transactions that share an id, the first. */
  readonly find: (transactionId: string) => Transaction | undefined
  readonly findSession: (session: string) => Payment | undefined
  readonly payments: () => readonly Payment[]
  readonly book: (payment: Payment, amount: bigint) => void
  /** Takes an id that no transaction will have. */
  readonly nextTransactionId: () => string
}

export const createLedger = (firstTransactionId: number): Ledger => {
  const payments: Payment[] = []
  const sessions = new Map<string, Payment>()
  const transactions = new Map<string, Transaction>()
  const nextTransactionId = createSequence(firstTransactionId)
  const nextPaymentId = createSequence(randomInt(10_000_000, 90_000_000))
  return {
    open: (start) => {
      const ids = { paymentId: nextPaymentId(), session: randomUUID(), userId: String(randomInt(1e6, 1e7)) }
      const payment: Payment = { ...start, ...ids, transactions: [], bank: undefined }
      payments.push(payment)
      sessions.set(payment.session, payment)
      return payment
    },
    add: (payment, { at, sharesIdOf, ...start }) => {
      const transactionId = sharesIdOf?.transactionId ?? nextTransactionId()
      const transaction: Transaction = { ...start, transactionId, payment, issued: at, booked: at }
      payment.transactions.push(transaction)
      if (!sharesIdOf) transactions.set(transactionId, transaction)
      return transaction
    },
    find: (transactionId) => transactions.get(transactionId),
    findSession: (session) => sessions.get(session),
    payments: () => payments,
    book: ({ account: { balance }, currency }, amount) => {
      balance.set(currency, (balance.get(currency) ?? 0n) + amount)
    },
    nextTransactionId,
  }
}

const createSequence = (first: number) => {
  let next = first
  return () => {
    next += 1
    return String(next - 1)
  }
}

/** Empty for nowhere. */
export const notificationUrlOf = ({ notificationUrl, account }: Payment): string =>
  notificationUrl ?? account.notificationUrl ?? ''

export const isPayIn = ({ type }: Pick<Transaction, 'type'>): boolean =>
  type === 'capture' || type === 'preauthorization'

/** The transaction that carries a pay-in: its capture, before that the preauthorization; undefined for a payout. */
export const payInOf = ({ transactions }: Payment): Transaction | undefined =>
  transactions.find(({ type }) => type === 'capture') ?? transactions.find(({ type }) => type === 'preauthorization')

/** What is left of a pay-in to send back: the amount less refunds and chargebacks. */
export const leftOf = (payment: Payment): bigint =>
  (payment.transactions[0]?.amount ?? 0n) - sumOf(payment, 'refund') - sumOf(payment, 'chb')

export const refundedOf = (payment: Payment): bigint => sumOf(payment, 'refund')

const sumOf = ({ transactions }: Payment, wanted: TransactionType): bigint =>
  transactions.reduce((sum, { type, amount }) => (type === wanted ? sum + amount : sum), 0n)
