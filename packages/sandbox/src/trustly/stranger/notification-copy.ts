import type { MethodContext } from '../methods/method.ts'
import type { Notification, Notifier, Overrides } from '../notifications/notifier.ts'
import type { Account } from '../state/merchant.ts'
import type { Order } from '../state/order.ts'
import type { JsonData } from '../wire/envelope.ts'
import { openOrderCopy } from './order-copy.ts'

type Dependencies = Pick<MethodContext, 'ledger' | 'now'> & { readonly notifier: Notifier; readonly account: Account }

/** Converts a genuine notification into that of a stranger's copy of the order. The copy has the same state; only the ids
 *  differ. No money moves. Undefined where the notification is the stranger's own. */
export const createNotificationCopies = ({
  ledger,
  notifier,
  account,
  now,
}: Dependencies): ((callback: string) => string | undefined) => {
  const orders = new Map<Order, Order>()
  const notifications = new Map<string, Notification>()
  const orderFor = (ours: Order): Order => {
    // A copy without a page does not expire.
    const theirs = orders.get(ours) ?? openOrderCopy({ ledger, now, account }, { ...ours, page: undefined })
    orders.set(ours, theirs)
    synchronise(theirs, ours)
    ledger.noteQueued(theirs)
    return theirs
  }
  return (callback) => {
    const { data } = JSON.parse(callback).params as { readonly data: JsonData }
    const genuine = notifier.find(String(data.notificationid))
    const ours = genuine && ledger.find(genuine.orderId)
    if (!genuine || !ours || ours.account === account) return undefined
    const theirs = notifications.get(genuine.id) ?? notifier.write(orderFor(ours), genuine.method, withoutIds(data))
    notifications.set(genuine.id, theirs)
    const reason = `chaos: sent before notification ${genuine.id}, where the reply is`
    theirs.attempts.push({ at: now(), outcome: { accepted: false, reason } })
    return theirs.body
  }
}

const synchronise = (theirs: Order, { state, paid, bankAccount, transfers, debits }: Order): void => {
  Object.assign(theirs, { state, paid, bankAccount })
  theirs.transfers.splice(0, Number.POSITIVE_INFINITY, ...transfers.map((transfer) => ({ ...transfer })))
  theirs.debits.splice(0, Number.POSITIVE_INFINITY, ...debits.map((debit) => ({ ...debit })))
}

/** The genuine members. Default members that the notification lacks are omitted. */
const withoutIds = ({ orderid, notificationid, ...data }: JsonData): Overrides => ({
  enduserid: undefined,
  timestamp: undefined,
  attributes: undefined,
  ...data,
})
