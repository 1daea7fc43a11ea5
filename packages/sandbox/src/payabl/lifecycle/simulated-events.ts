import type { DeliveryQueue } from '../../delivery/delivery-queue.ts'
import type { NotificationTime } from '../../delivery/notification-time.ts'
import type { Overrides } from '../notifications/notification-fields.ts'
import type { Notifier } from '../notifications/notifier.ts'
import type { Ledger } from '../state/ledger.ts'
import { toMinor } from '../state/merchant.ts'
import type { Transaction } from '../state/payment.ts'
import { type LifeCycle, requireState } from './life-cycle.ts'

/** Events outside the API: of customers, banks, the dashboard and the network. Any transaction id of a pay-in identifies
 *  it; amounts are as on the wire (`103.00`). A time sets the timestamp and the delay of the notification. All throw on an
 *  unknown transaction, and if its state does not allow the event. Those that notify the merchant give the notification's
 *  id, empty where the assumptions exclude a notification. */
export interface PayablSimulatedEvents {
  /** The customer pays: `not_credited_yet`. */
  readonly accept: (transactionId: string, time?: NotificationTime) => string
  /** The money arrives: `credited`. Possible without `accept`. */
  readonly credit: (transactionId: string, time?: NotificationTime) => string
  /** The money never arrives, or is lost again: `not_credited`. */
  readonly fail: (transactionId: string, errorcode?: string, time?: NotificationTime) => string
  /** The customer cancels (-5003), or another failure before the payment. */
  readonly abort: (transactionId: string, errorcode?: string, time?: NotificationTime) => string
  /** The bank returns a payout that was accepted: -5008 unless given. */
  readonly failPayout: (transactionId: string, errorcode?: string, time?: NotificationTime) => string
  /** A refund in the vendor's dashboard: of the rest unless an amount is given. Gives the refund's transaction id. */
  readonly refundFromDashboard: (transactionId: string, amount?: string, time?: NotificationTime) => string
  /** A payout in the vendor's dashboard, on a credited pay-in or an earlier payout, up to the balance. Gives the payout's
   *  transaction id. */
  readonly payOutFromDashboard: (transactionId: string, amount: string) => string
  /** The bank takes credited money back: the rest unless an amount is given. Gives the chargeback's transaction id. */
  readonly chargeBack: (transactionId: string, amount?: string, time?: NotificationTime) => string
  /** Sends a notification about the transaction and changes nothing else. `overrides` replace the default fields;
   *  undefined omits one. `security` is valid unless it is given too. */
  readonly notify: (transactionId: string, overrides?: Overrides, time?: NotificationTime) => string
  /** Sends the same bytes of a notification once more. Resolves with `accepted` or the reason why the reply did not
   *  count. */
  readonly redeliver: (notificationId: string) => Promise<string>
}

interface Dependencies {
  readonly ledger: Ledger
  readonly lifeCycle: LifeCycle
  readonly notifier: Notifier
  readonly deliveries: DeliveryQueue
}

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
      const outcome = await deliveries.redeliver(notification)
      return outcome.accepted ? 'accepted' : outcome.reason
    },
  }
}

export const transactionIn = (ledger: Pick<Ledger, 'find'>, transactionId: string): Transaction => {
  const transaction = ledger.find(transactionId)
  if (!transaction) throw new Error(`There is no transaction ${transactionId}.`)
  return transaction
}
