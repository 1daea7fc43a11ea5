import { createMultiMap } from '../../platform/multi-map.ts'
import type { Random } from '../../platform/platform.ts'
import { randomInteger, randomUuid } from '../../platform/random.ts'
import { createRecentList, type RecentList } from '../../platform/recent-list.ts'
import type { Account } from './merchant.ts'
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

/** The newest payments of all merchants, with their transactions. */
export interface Ledger {
  readonly open: (payment: Omit<Payment, 'paymentId' | 'session' | 'userId' | 'transactions' | 'bank'>) => Payment
  readonly add: (payment: Payment, transaction: NewTransaction) => Transaction
  /** Adds a payment of an earlier run, with its transactions and ids. */
  readonly restore: (payment: Payment) => void
  readonly nextIds: () => NextIds
  readonly continueIds: (next: NextIds) => void
  /** The first transaction with the id. */
  readonly find: (transactionId: string) => Transaction | undefined
  readonly findSession: (session: string) => Payment | undefined
  readonly findPayment: (paymentId: string) => Payment | undefined
  /** All merchants' payments, oldest first. */
  readonly all: RecentList<Payment>
  readonly paymentsOf: (account: Account) => readonly Payment[]
  /** All merchants' payments with the orderid, a byte string. */
  readonly withOrder: (orderid: string) => readonly Payment[]
  /** Reports that a payment has changed. */
  readonly noteChange: () => void
  readonly book: (payment: Payment, amount: bigint) => void
  /** Consumes an id, so that no transaction gets it. */
  readonly nextTransactionId: () => string
}

/** The next id of a transaction and of a payment. */
interface NextIds {
  readonly transaction: number
  readonly payment: number
}

interface Dependencies {
  readonly firstTransactionId: number
  readonly random: Random
  /** The largest number of payments. The oldest are forgotten. */
  readonly longest: number
  readonly changed: () => void
}

export const createLedger = ({ firstTransactionId, random, longest, changed }: Dependencies): Ledger => {
  const byId = new Map<string, Payment>()
  const byAccount = createMultiMap<Account, Payment>()
  const byOrder = createMultiMap<string, Payment>()
  const sessions = new Map<string, Payment>()
  const transactions = new Map<string, Transaction>()
  const all = createRecentList<Payment>(longest, (payment) => {
    byId.delete(payment.paymentId)
    sessions.delete(payment.session)
    byAccount.remove(payment.account, payment)
    byOrder.remove(payment.orderid, payment)
    for (const { transactionId } of payment.transactions) transactions.delete(transactionId)
  })
  const transactionIds = createSequence(firstTransactionId)
  const paymentIds = createSequence(randomInteger(random, 10_000_000, 90_000_000))
  const nextTransactionId = transactionIds.next
  const register = (payment: Payment): void => {
    all.add(payment)
    byId.set(payment.paymentId, payment)
    byAccount.add(payment.account, payment)
    byOrder.add(payment.orderid, payment)
    sessions.set(payment.session, payment)
  }
  return {
    restore: (payment) => {
      register(payment)
      for (const transaction of payment.transactions) {
        const { transactionId } = transaction
        if (!transactions.has(transactionId)) transactions.set(transactionId, transaction)
      }
    },
    nextIds: () => ({ transaction: transactionIds.peek(), payment: paymentIds.peek() }),
    continueIds: ({ transaction, payment }) => {
      transactionIds.continue(transaction)
      paymentIds.continue(payment)
    },
    open: (start) => {
      const userId = String(randomInteger(random, 1e6, 1e7))
      const ids = { paymentId: paymentIds.next(), session: randomUuid(random), userId }
      const payment: Payment = { ...start, ...ids, transactions: [], bank: undefined }
      register(payment)
      changed()
      return payment
    },
    add: (payment, { at, sharesIdOf, ...start }) => {
      const transactionId = sharesIdOf?.transactionId ?? nextTransactionId()
      const transaction: Transaction = { ...start, transactionId, payment, issued: at, booked: at }
      payment.transactions.push(transaction)
      if (!sharesIdOf) transactions.set(transactionId, transaction)
      changed()
      return transaction
    },
    find: (transactionId) => transactions.get(transactionId),
    findSession: (session) => sessions.get(session),
    findPayment: (paymentId) => byId.get(paymentId),
    all,
    paymentsOf: byAccount.get,
    withOrder: byOrder.get,
    noteChange: changed,
    book: ({ account: { balance }, currency }, amount) => {
      balance.set(currency, (balance.get(currency) ?? 0n) + amount)
    },
    nextTransactionId,
  }
}

const createSequence = (first: number) => {
  let next = first
  return {
    next: () => {
      next += 1
      return String(next - 1)
    },
    peek: () => next,
    continue: (from: number) => {
      next = from
    },
  }
}
