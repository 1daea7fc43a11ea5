import type { Random } from '../../platform/platform.ts'
import { randomInteger, randomUuid } from '../../platform/random.ts'
import type { Payment, Transaction, TransactionState, TransactionType } from './payment.ts'

interface NewTransaction {
  readonly type: TransactionType
  readonly amount: bigint
  readonly state: TransactionState
  readonly errorcode: string
  readonly at: Date
  readonly notificationUrl?: string | undefined
  /** The transaction with the same id; a new id unless given. */
  readonly sharesIdOf?: Transaction
}

/** The payments and transactions of all merchants. */
export interface Ledger {
  readonly open: (payment: Omit<Payment, 'paymentId' | 'session' | 'userId' | 'transactions' | 'bank'>) => Payment
  readonly add: (payment: Payment, transaction: NewTransaction) => Transaction
  /** The first transaction with the id. */
  readonly find: (transactionId: string) => Transaction | undefined
  readonly findSession: (session: string) => Payment | undefined
  readonly payments: () => readonly Payment[]
  readonly book: (payment: Payment, amount: bigint) => void
  /** Consumes an id, so that no transaction gets it. */
  readonly nextTransactionId: () => string
}

export const createLedger = (firstTransactionId: number, random: Random): Ledger => {
  const payments: Payment[] = []
  const sessions = new Map<string, Payment>()
  const transactions = new Map<string, Transaction>()
  const nextTransactionId = createSequence(firstTransactionId)
  const nextPaymentId = createSequence(randomInteger(random, 10_000_000, 90_000_000))
  return {
    open: (start) => {
      const userId = String(randomInteger(random, 1e6, 1e7))
      const ids = { paymentId: nextPaymentId(), session: randomUuid(random), userId }
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
