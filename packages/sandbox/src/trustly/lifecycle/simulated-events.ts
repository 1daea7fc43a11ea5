import type { DeliveryOutcome } from '../../delivery/delivery.ts'
import type { DeliveryQueue } from '../../delivery/delivery-queue.ts'
import type { NotificationTime } from '../../delivery/notification-time.ts'
import { type KycAbort, notifyKyc } from '../notifications/customer-notifications.ts'
import type { Reason } from '../notifications/direct-debit-members.ts'
import type { Notifier, Overrides } from '../notifications/notifier.ts'
import type { Ledger } from '../state/ledger.ts'
import type { Order } from '../state/order.ts'
import { parseAmount } from '../wire/formats.ts'
import type { Customer } from './customer.ts'
import type { MandateEvents } from './mandate-events.ts'
import { invalidState, type MoneyIn } from './money-in.ts'
import type { Failure, MoneyOut } from './money-out.ts'

/** Events outside the API: of customers, banks and the network. Order ids are as in the API's responses, amounts as on
 *  the wire (`103.00`; HUF `103`). A time sets the timestamp and the delay of the notifications. All throw on an unknown
 *  order, and if the order's state does not allow the event. */
export interface TrustlySimulatedEvents {
  /** The customer pays, or the bank executes a charge, without the checkout pages. `notify` lists the events in order:
   *  `pending` and then `credit` unless given; `['pending']` alone leaves the deposit pending, and `['credit']` credits
   *  it later. `amount` is the amount that the customer sent, the ordered amount unless given. For a withdrawal the
   *  customer requests it instead, which sends `debit`; in a selection the customer selects an account. A mandate is
   *  signed by `pending` and active with `credit`, and a direct debit whose mandate ended is cancelled. Gives the
   *  notifications' ids, that of `account` first where it is switched on. */
  readonly complete: (
    orderId: string,
    options?: NotificationTime & { readonly notify?: ReadonlyArray<'pending' | 'credit'>; readonly amount?: string },
  ) => readonly string[]
  /** The customer cancels, or the pending deposit is never credited. A mandate ends, and a direct debit fails, with the
   *  documented `reason` and `details`. Gives the notification's id. */
  readonly cancel: (orderId: string, options?: NotificationTime & Reason) => string
  /** The bank takes credited money back: all of it unless an amount is given. The reason is that of a direct debit. Gives
   *  the notification's id. */
  readonly debit: (orderId: string, amount?: string, options?: NotificationTime & Reason) => string
  /** The customer of an active mandate moves to another bank, which only BACS (Country GB) reports: `account` without a
   *  mandate for the old account, and with one for the new account. Gives the notifications' ids. */
  readonly moveMandate: (orderId: string, time?: NotificationTime) => readonly string[]
  /** The bank returns an executed refund of that amount: a `credit` with the deposit's ids. */
  readonly returnRefund: (orderId: string, amount: string, time?: NotificationTime) => string
  /** The bank confirms a payout, a withdrawal or a refund; among several refunds the amount selects one. Gives the
   *  notification's id, null unless the merchant's payoutconfirmation is switched on. */
  readonly confirmPayout: (orderId: string, amount?: string, time?: NotificationTime) => string | null
  /** The bank cannot pay out, or returns the money: `payoutfailed` (if switched on), then `credit`. The code is
   *  `incorrect_account_number` unless given. A direct credit gets `cancel` with the code as its reason, or `credit` once
   *  it was confirmed. Gives the notifications' ids. */
  readonly failPayout: (orderId: string, failure?: PayoutFailure & NotificationTime) => readonly string[]
  /** Sends `kyc`: the customer's data, or the reason why the customer is rejected. Gives the notification's id. Only the
   *  checkout page waits for the answer. */
  readonly identify: (orderId: string, abort?: KycAbort, time?: NotificationTime) => string
  /** Sends a signed notification of any method to the order's address and changes nothing else. `data` replaces the
   *  default members; undefined omits one. Gives the notification's id. */
  readonly notify: (orderId: string, method: string, data?: Overrides, time?: NotificationTime) => string
  /** Sends the same bytes of a notification once more: a duplicate, or the release of one held by HoldNotifications.
   *  Resolves with `accepted` or the reason why the reply did not count. */
  readonly redeliver: (notificationId: string) => Promise<string>
}

interface PayoutFailure {
  readonly amount?: string
  readonly code?: string
  readonly message?: string
}

interface Dependencies {
  readonly ledger: Ledger
  readonly moneyIn: MoneyIn
  readonly moneyOut: MoneyOut
  readonly customer: Customer
  readonly mandates: MandateEvents
  readonly notifier: Notifier
  readonly deliveries: DeliveryQueue
}

const defaultEvents = ['pending', 'credit'] as const

export const createSimulatedEvents = ({
  ledger,
  moneyIn,
  moneyOut,
  customer,
  mandates,
  notifier,
  deliveries,
}: Dependencies): TrustlySimulatedEvents => {
  const find = (orderId: string) => orderIn(ledger, orderId)
  const { during } = notifier
  return {
    complete: (orderId, { notify = defaultEvents, amount, ...time } = {}) => {
      const order = find(orderId)
      return during(time, () => customer.complete(order, notify, toMinor(order, amount)))
    },
    cancel: (orderId, { reason, details, ...time } = {}) =>
      during(time, () => moneyIn.cancel(find(orderId), { reason, details })),
    debit: (orderId, amount, { reason, details, ...time } = {}) => {
      const order = find(orderId)
      return during(time, () => moneyIn.debit(order, toMinor(order, amount), { reason, details }))
    },
    moveMandate: (orderId, time = {}) => during(time, () => mandates.move(find(orderId))),
    returnRefund: (orderId, amount, time = {}) => {
      const order = find(orderId)
      const sent = during(time, () => moneyOut.fail(order, { amount: toMinor(order, amount) }))
      return sent.at(-1) ?? ''
    },
    confirmPayout: (orderId, amount, time = {}) => {
      const order = find(orderId)
      return during(time, () => moneyOut.confirm(order, toMinor(order, amount)))
    },
    failPayout: (orderId, { amount, code, message, ...time } = {}) => {
      const order = find(orderId)
      const failure: Failure = { amount: toMinor(order, amount), code, message }
      return during(time, () => moneyOut.fail(order, failure))
    },
    identify: (orderId, abort, time = {}) => {
      const order = find(orderId)
      if (!order.terms.asksKyc) throw invalidState(order, 'has no RequestKYC')
      return during(time, () => notifyKyc(notifier, order, abort && { abort }))
    },
    notify: (orderId, method, data = {}, time = {}) => during(time, () => notifier.notify(find(orderId), method, data)),
    redeliver: async (notificationId) => {
      const notification = notifier.find(notificationId)
      if (!notification) throw new Error(`There is no notification ${notificationId}.`)
      return describe(await deliveries.redeliver(notification))
    },
  }
}

export const orderIn = (ledger: Pick<Ledger, 'find'>, orderId: string): Order => {
  const order = ledger.find(orderId)
  if (!order) throw new Error(`There is no order ${orderId}.`)
  return order
}

const toMinor = ({ terms: { currency } }: Order, amount: string | undefined): bigint | undefined => {
  if (amount === undefined) return undefined
  const minor = parseAmount(amount, currency)
  if (minor === undefined) throw new Error(`${amount} is not an amount in ${currency}.`)
  return minor
}

const describe = (outcome: DeliveryOutcome): string => (outcome.accepted ? 'accepted' : outcome.reason)
