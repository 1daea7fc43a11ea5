import type { Money } from '../wire/money.ts'
import type { Account } from './merchant.ts'

/** The terms of a pay-in. */
export interface DepositTerms extends Money {
  /** ISO 3166-1 alpha-3, as sent. */
  readonly country: string
  readonly accountHolder: string
  /** ISO 639-1; the customer's pages have it. */
  readonly language: string
  readonly urlSuccess: string
  readonly urlFailed: string
  readonly urlReturn: string
}

/** The state of a pay-in; `aborted` when it failed before the customer paid. */
export type PayInState = 'pending' | 'not_credited_yet' | 'credited' | 'not_credited' | 'aborted'

/** `booked` is a refund or a chargeback; `accepted` and `failed` are a payout's. */
export type TransactionState = PayInState | 'booked' | 'accepted' | 'failed'

export type TransactionType = 'preauthorization' | 'capture' | 'refund' | 'chb' | 'cft'

/** One transaction of a payment. `amount` is in minor units. */
export interface Transaction {
  readonly transactionId: string
  readonly type: TransactionType
  readonly payment: Payment
  readonly amount: bigint
  readonly issued: Date
  /** The address of its notifications; that of the payment unless given. */
  readonly notificationUrl?: string | undefined
  state: TransactionState
  /** The result as in notifications: `0`, `2000` while pending, or an error. */
  errorcode: string
  /** When the state last changed. */
  booked: Date
}

/** One pay-in or payout with all its transactions. `orderid` and `custom1` are byte strings as sent. */
export interface Payment {
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
  /** The customer's last activity on the page. */
  touched: Date
}

/** The address of a payment's notifications; empty without one. */
export const notificationUrlOf = ({ notificationUrl, account }: Payment): string =>
  notificationUrl ?? account.notificationUrl ?? ''

export const isPayIn = ({ type }: Pick<Transaction, 'type'>): boolean =>
  type === 'capture' || type === 'preauthorization'

/** The transaction of a pay-in: its capture, or the preauthorization before there is a capture; undefined for a payout. */
export const payInOf = ({ transactions }: Payment): Transaction | undefined =>
  transactions.find(({ type }) => type === 'capture') ?? transactions.find(({ type }) => type === 'preauthorization')

/** The rest of a pay-in that can be returned: its amount less refunds and chargebacks. */
export const leftOf = (payment: Payment): bigint =>
  (payment.transactions[0]?.amount ?? 0n) - sumOf(payment, 'refund') - sumOf(payment, 'chb')

export const refundedOf = (payment: Payment): bigint => sumOf(payment, 'refund')

export const reversedOf = (payment: Payment): bigint => sumOf(payment, 'chb')

const sumOf = ({ transactions }: Payment, wanted: TransactionType): bigint =>
  transactions.reduce((sum, { type, amount }) => (type === wanted ? sum + amount : sum), 0n)
