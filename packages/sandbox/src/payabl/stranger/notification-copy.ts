import type { Notification, Notifier } from '../notifications/notifier.ts'
import type { Ledger, Payment, Transaction } from '../state/ledger.ts'
import type { Account } from '../state/merchant.ts'
import { copiedFields } from './order-copy.ts'

type Dependencies = {
  readonly ledger: Ledger
  readonly notifier: Notifier
  readonly account: Account
  readonly now: () => Date
}

/** Makes of a genuine notification the one that a stranger's same payment brings: the payment stands where ours does,
 *  and only its transaction ids and the secret are others. Money moves at neither. Undefined where the notification is
 *  the stranger's own. */
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
    follow(ledger, theirs, ours)
    return notifier.write(theirs.transactions[ours.transactions.indexOf(transaction)] ?? transaction, overrides)
  }
  return (callback) => {
    const genuine = notifier.findBody(callback)
    if (!genuine || genuine.transaction.payment.account === account) return undefined
    const theirs = notifications.get(genuine) ?? write(genuine)
    notifications.set(genuine, theirs)
    const reason = `chaos: sent before notification ${genuine.id}, where the reply is`
    theirs.attempts.push({ at: now(), verdict: { accepted: false, reason } })
    return theirs.body
  }
}

const follow = (ledger: Ledger, theirs: Payment, { transactions }: Payment): void => {
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
