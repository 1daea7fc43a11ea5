import type { Delivery, Verdict } from '../delivery.ts'
import type { Ledger, Order } from './ledger.ts'
import { demand, type LifeCycle } from './life-cycle.ts'
import { parseAmount } from './money.ts'
import type { Notifier, Overrides } from './notifier.ts'

/** What happens outside: customers, banks, the network. Order ids are as in the API's answers, amounts as on the wire
 *  (`103.00`; HUF `103`). All throw on an unknown order and on what the order's state does not allow. */
export type TrustlyWorld = {
  /** The customer pays, without going through the pages. `notify` says what happens and in which order: `pending` and
   *  then `credit` unless given; `['pending']` alone leaves the deposit unsettled, `['credit']` settles it later.
   *  `amount` is what the customer sent, the ordered amount unless given. Gives the notifications' ids. */
  readonly complete: (
    orderId: string,
    options?: { readonly notify?: ReadonlyArray<'pending' | 'credit'>; readonly amount?: string },
  ) => readonly string[]
  /** The customer gives up, or the pending deposit never settles. Gives the notification's id. */
  readonly cancel: (orderId: string) => string
  /** The bank takes credited money back: all of it unless an amount is given. Gives the notification's id. */
  readonly debit: (orderId: string, amount?: string) => string
  /** The bank sends an executed refund of that amount back: a `credit` with the deposit's ids. */
  readonly returnRefund: (orderId: string, amount: string) => string
  /** Only tells: a signed notification of any method to the order's address; books stay as they are. `data` is laid
   *  over the usual members, undefined leaves one out. Gives the notification's id. */
  readonly notify: (orderId: string, method: string, data?: Overrides) => string
  /** Sends a notification once more, the same bytes: a duplicate, or the release of one held by HoldNotifications.
   *  Resolves with `accepted` or the reason why the answer did not count. */
  readonly redeliver: (notificationId: string) => Promise<string>
}

type Parts = {
  readonly ledger: Ledger
  readonly lifeCycle: LifeCycle
  readonly notifier: Notifier
  readonly delivery: Delivery
}

export const createWorld = ({ ledger, lifeCycle, notifier, delivery }: Parts): TrustlyWorld => {
  const find = (orderId: string): Order => {
    const order = ledger.find(orderId)
    if (!order) throw new Error(`There is no order ${orderId}.`)
    return order
  }
  return {
    complete: (orderId, { notify = ['pending', 'credit'], amount } = {}) => {
      const order = find(orderId)
      const paid = amount === undefined ? (order.paid ?? order.terms.amount) : toMinor(order, amount)
      if (paid === undefined) throw new Error(`Order ${orderId} leaves the amount to the customer: say which.`)
      if (notify.includes('credit')) demand(order, 'created', 'pending')
      return notify.map((news) => (news === 'pending' ? lifeCycle.pend : lifeCycle.credit)(order, paid))
    },
    cancel: (orderId) => lifeCycle.cancel(find(orderId)),
    debit: (orderId, amount) => {
      const order = find(orderId)
      return lifeCycle.debit(order, amount === undefined ? undefined : toMinor(order, amount))
    },
    returnRefund: (orderId, amount) => {
      const order = find(orderId)
      return lifeCycle.returnRefund(order, toMinor(order, amount))
    },
    notify: (orderId, method, data = {}) => notifier.notify(find(orderId), method, data),
    redeliver: async (notificationId) => {
      const notification = notifier.find(notificationId)
      if (!notification) throw new Error(`There is no notification ${notificationId}.`)
      return describe(await delivery.sendAgain(notification))
    },
  }
}

const toMinor = ({ terms: { currency } }: Order, amount: string): bigint => {
  const minor = parseAmount(amount, currency)
  if (minor === undefined) throw new Error(`${amount} is not an amount in ${currency}.`)
  return minor
}

const describe = (verdict: Verdict): string => (verdict.accepted ? 'accepted' : verdict.reason)
