import type { Notification, Notifier } from '../notifications/notifier.ts'
import type { Ledger } from '../state/ledger.ts'
import type { Account } from '../state/merchant.ts'
import type { Payment, Transaction } from '../state/payment.ts'
import { copiedFields } from './order-copy.ts'

interface Dependencies {
  readonly ledger: Ledger
  readonly notifier: Notifier
  readonly account: Account
  readonly now: () => Date
}

/** Converts a genuine notification into that of a stranger's copy of the payment. The copy has the same state; only its
 *  transaction ids and the secret differ. No money moves. Undefined where the notification is the stranger's own. */
export const createNotificationCopies = ({
  ledger,
  notifier,
  account,
  now,
}: Dependencies): ((callback: string) => string | undefined) => {
  const payments = new Map<Payment, Payment>()
  const notifications = new Map<Notification, Notification>()
  const write = ({ transaction, overrides }: Notification): Notification => {
    const ours = transaction.payment
    const start = { ...copiedFields(ours), account, terms: ours.terms, touched: now() }
    const theirs = payments.get(ours) ?? ledger.open(start)
    payments.set(ours, theirs)
    synchronise(ledger, theirs, ours)
    return notifier.write(theirs.transactions[ours.transactions.indexOf(transaction)] ?? transaction, overrides)
  }
  return (callback) => {
    const genuine = notifier.findBody(callback)
    if (!genuine || genuine.transaction.payment.account === account) return undefined
    const theirs = notifications.get(genuine) ?? write(genuine)
    notifications.set(genuine, theirs)
    const reason = `chaos: sent before notification ${genuine.id}, where the reply is`
    theirs.attempts.push({ at: now(), outcome: { accepted: false, reason } })
    return theirs.body
  }
}

const synchronise = (ledger: Ledger, theirs: Payment, { transactions }: Payment): void => {
  for (const [index, ours] of transactions.entries()) {
    const { state, errorcode, booked, type, amount, issued } = ours
    const sharesIdOf = theirs.transactions[transactions.findIndex((one) => isSame(one, ours))]
    const shared = sharesIdOf && index !== theirs.transactions.indexOf(sharesIdOf) ? { sharesIdOf } : {}
    const start = { type, amount, state, errorcode, at: issued, ...shared }
    const mirrored = theirs.transactions[index] ?? ledger.add(theirs, start)
    Object.assign(mirrored, { state, errorcode, booked })
  }
}

const isSame = (one: Transaction, other: Transaction): boolean => one.transactionId === other.transactionId
