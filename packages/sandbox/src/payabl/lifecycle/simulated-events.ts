import type { DeliveryQueue } from '../../delivery/delivery-queue.ts'
import type { NotificationTime } from '../../delivery/notification-time.ts'
import type { Overrides } from '../notifications/notification-fields.ts'
import type { Notifier } from '../notifications/notifier.ts'
import type { Ledger, Transaction } from '../state/ledger.ts'
import { toMinor } from '../state/merchant.ts'
import { type LifeCycle, requireState } from './life-cycle.ts'

/** What happens outside: customers, banks, the dashboard, the network. Any transaction id of a pay-in names it;
 *  amounts are as on the wire (`103.00`). A time is what the notification says and how long it is on its way. All throw
 *  on an unknown transaction and on what its state does not allow; what is told to the merchant gives the
 *  notification's id, empty where by the assumptions nothing is told. */
export type PayablSimulatedEvents = {
  /** The customer pays: `not_credited_yet`. */
  readonly accept: (transactionId: string, time?: NotificationTime) => string
  /** The money is seen: `credited`. May come first. */
  readonly credit: (transactionId: string, time?: NotificationTime) => string
  /** The money never comes, or is gone again: `not_credited`. */
  readonly fail: (transactionId: string, errorcode?: string, time?: NotificationTime) => string
  /** The customer gives up (-5003), or another failure before the payment. */
  readonly abort: (transactionId: string, errorcode?: string, time?: NotificationTime) => string
  /** The bank returns a payout that was accepted: -5008 unless given. */
  readonly failPayout: (transactionId: string, errorcode?: string, time?: NotificationTime) => string
  /** Somebody refunds in the vendor's dashboard: all that is left unless an amount is given. Gives the refund's
   *  transaction id. */
  readonly refundFromDashboard: (transactionId: string, amount?: string, time?: NotificationTime) => string
  /** Somebody pays out in the vendor's dashboard, on a credited pay-in or an earlier payout, what the balance can bear.
   *  Gives the payout's transaction id. */
  readonly payOutFromDashboard: (transactionId: string, amount: string) => string
  /** The bank takes credited money back: all that is left unless an amount is given. Gives the chargeback's
   *  transaction id. */
  readonly chargeBack: (transactionId: string, amount?: string, time?: NotificationTime) => string
  /** Only tells: a notification about the transaction, the fields given laid over the usual ones, undefined leaves
   *  one out; `security` fits unless it is given too. Books stay as they are. */
  readonly notify: (transactionId: string, overrides?: Overrides, time?: NotificationTime) => string
  /** Sends a notification once more, the same bytes. Resolves with `accepted` or why the answer did not count. */
  readonly redeliver: (notificationId: string) => Promise<string>
}

type Dependencies = {
  readonly ledger: Ledger
  readonly lifeCycle: LifeCycle
  readonly notifier: Notifier
  readonly deliveries: DeliveryQueue
}

// "If funds are not received within 15 days" the gateway fails the payment by itself.
export const createSimulatedEvents = ({
  ledger,
  lifeCycle,
  notifier,
  deliveries,
}: Dependencies): PayablSimulatedEvents => {
  const find = (transactionId: string) => transactionIn(ledger, transactionId)
  const { during } = notifier
  const payment = (transactionId: string) => find(transactionId).payment
  const minor = (amount: string | undefined) => (amount === undefined ? undefined : toMinor(amount))
  return {
    accept: (transactionId, time = {}) => during(time, () => lifeCycle.accept(payment(transactionId))),
    credit: (transactionId, time = {}) => during(time, () => lifeCycle.credit(payment(transactionId))),
    fail: (transactionId, errorcode, time = {}) =>
      during(time, () => lifeCycle.fail(payment(transactionId), errorcode)),
    abort: (transactionId, errorcode, time = {}) =>
      during(time, () => lifeCycle.abort(payment(transactionId), errorcode)),
    failPayout: (transactionId, errorcode, time = {}) =>
      during(time, () => lifeCycle.failPayout(find(transactionId), errorcode)),
    refundFromDashboard: (transactionId, amount, time = {}) =>
      during(time, () => lifeCycle.refund(payment(transactionId), minor(amount)).transactionId),
    payOutFromDashboard: (transactionId, amount) => {
      const earlier = find(transactionId)
      const { account, currency } = earlier.payment
      requireState(earlier, earlier.type === 'cft' ? 'accepted' : 'credited')
      const order = { account, currency, orderid: '', custom1: '', notificationUrl: undefined, refused: false }
      if (toMinor(amount) > (account.balance.get(currency) ?? 0n)) throw new Error('The balance is too small.')
      return lifeCycle.payOut({ ...order, amount: toMinor(amount) }).transactionId
    },
    chargeBack: (transactionId, amount, time = {}) =>
      during(time, () => lifeCycle.chargeBack(payment(transactionId), minor(amount)).transactionId),
    notify: (transactionId, overrides, time = {}) =>
      during(time, () => notifier.notify(find(transactionId), overrides)),
    redeliver: async (notificationId) => {
      const notification = notifier.find(notificationId)
      if (!notification) throw new Error(`There is no notification ${notificationId}.`)
      const verdict = await deliveries.redeliver(notification)
      return verdict.accepted ? 'accepted' : verdict.reason
    },
  }
}

export const transactionIn = (ledger: Pick<Ledger, 'find'>, transactionId: string): Transaction => {
  const transaction = ledger.find(transactionId)
  if (!transaction) throw new Error(`There is no transaction ${transactionId}.`)
  return transaction
}
