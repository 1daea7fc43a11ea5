import type { Delivery, DeliveryOutcome, Reply } from '../../delivery/delivery.ts'
import type { DeliveryQueue } from '../../delivery/delivery-queue.ts'
import { createNotificationTimes, type NotificationTimes } from '../../delivery/notification-time.ts'
import type { Clock } from '../../platform/clock.ts'
import { createMultiMap } from '../../platform/multi-map.ts'
import { createRecentList, type RecentList } from '../../platform/recent-list.ts'
import type { PayablAssumptions } from '../assumptions/assumptions.ts'
import { notificationUrlOf, type Transaction } from '../state/payment.ts'
import { encodeForm } from '../wire/form.ts'
import { type Overrides, toFields } from './notification-fields.ts'

/** A notification with its data for the books. */
export interface Notification extends Delivery {
  /** The sandbox's own id; the vendor's notifications have none. */
  readonly id: string
  readonly transaction: Transaction
  readonly type: string
  readonly errorcode: string
  readonly paymentState: string | null
  readonly overrides: Overrides
}

/** Sends notifications to merchants and stores them. */
export interface Notifier {
  /** Signs and sends a notification about the present state of a transaction. Gives its id. */
  readonly notify: (transaction: Transaction, overrides?: Overrides) => string
  /** Signs and stores a notification without sending it. */
  readonly write: (transaction: Transaction, overrides: Overrides) => Notification
  /** Repeats the last notification of the transaction; undefined if there is none. */
  readonly resend: (transaction: Transaction) => Promise<DeliveryOutcome> | undefined
  /** Oldest first. */
  readonly all: RecentList<Notification>
  readonly sentFor: (transaction: Transaction) => readonly Notification[]
  readonly find: (notificationId: string) => Notification | undefined
  readonly findBody: (body: string) => Notification | undefined
  readonly during: NotificationTimes['during']
  readonly save: () => readonly SavedNotification[]
  /** Stores a notification of an earlier run, and sends it again if it is still due. */
  readonly restore: (saved: SavedNotification) => void
}

/** A notification that can be restored: all but its functions. */
export type SavedNotification = Omit<Notification, 'checkReply' | 'onStatus' | 'held'>

interface Dependencies {
  readonly assumptions: PayablAssumptions
  readonly clock: Clock
  readonly deliveries: DeliveryQueue
  /** The largest number of notifications that are stored. */
  readonly longest: number
}

export const createNotifier = ({ assumptions, clock, deliveries, longest }: Dependencies): Notifier => {
  const times = createNotificationTimes(clock)
  const byId = new Map<string, Notification>()
  const byTransaction = createMultiMap<Transaction, Notification>()
  const all = createRecentList<Notification>(longest, (notification) => {
    byId.delete(notification.id)
    byTransaction.remove(notification.transaction, notification)
  })
  let count = 0
  const store = (notification: Notification): void => {
    byId.set(notification.id, notification)
    byTransaction.add(notification.transaction, notification)
    all.add(notification)
  }
  const sentFor = byTransaction.get
  const write = (transaction: Transaction, overrides: Overrides): Notification => {
    const notification = compose(transaction, overrides, { before: count, at: times.timestamp(), assumptions })
    count += 1
    store(notification)
    return notification
  }
  const withAddress = (notification: Notification): boolean => {
    if (notification.url !== '') return true
    notification.attempts.push({ at: clock.now(), outcome: noAddress })
    return false
  }
  return {
    notify: (transaction, overrides = {}) => {
      const notification = write(transaction, overrides)
      if (withAddress(notification)) times.send(() => deliveries.send(notification))
      return notification.id
    },
    resend: (transaction) => {
      const last = sentFor(transaction).at(-1)
      if (!last) return undefined
      const again = assumptions.resendTimestamp === 'same' ? last : write(transaction, last.overrides)
      return withAddress(again) ? deliveries.redeliver(again) : Promise.resolve(noAddress)
    },
    write,
    all,
    sentFor,
    find: (id) => byId.get(id),
    during: times.during,
    save: () => all.values().map(({ checkReply, onStatus, held, ...saved }) => saved),
    restore: (saved) => {
      const notification = {
        ...saved,
        checkReply: (reply: Reply) => checkReply(reply, assumptions),
        onStatus: () => {},
      }
      count = Math.max(count, Number(notification.id.slice(1)))
      store(notification)
      if (notification.url !== '') deliveries.resume(notification)
    },
    findBody: (body) => all.values().find((notification) => notification.body === body),
  }
}

interface Moment {
  readonly before: number
  readonly at: Date
  readonly assumptions: PayablAssumptions
}

const compose = (transaction: Transaction, overrides: Overrides, { before, at, assumptions }: Moment): Notification => {
  const fields = toFields(transaction, overrides, { at, assumptions })
  const { payment } = transaction
  const [type, errorcode, paymentState] = ['type', 'errorcode', 'payment_state'].map((name) => fields.get(name))
  return {
    id: `n${before + 1}`,
    what: [type, errorcode, paymentState].join(' ').trim(),
    transaction,
    type: type ?? '',
    errorcode: errorcode ?? '',
    paymentState: paymentState ?? null,
    overrides,
    subject: payment.paymentId,
    url: transaction.notificationUrl ?? notificationUrlOf(payment),
    contentType: 'application/x-www-form-urlencoded',
    // The order of fields is not documented, so every notification starts with a different one.
    body: encodeForm(rotate([...fields], before)),
    createdAt: at,
    attempts: [],
    status: null,
    checkReply: (reply) => checkReply(reply, assumptions),
    onStatus: () => {},
  }
}

const checkReply = ({ status, body }: Reply, { acknowledgement }: PayablAssumptions): DeliveryOutcome => {
  if (acknowledgement === '200 OK' ? status !== 200 : status < 200 || status > 299)
    return { accepted: false, reason: `HTTP status ${status}` }
  if (acknowledgement === '200 OK' && Buffer.from(body).toString().trim() !== 'OK')
    return { accepted: false, reason: 'the body is not OK' }
  return { accepted: true, status: 'accepted' }
}

const noAddress: DeliveryOutcome = { accepted: false, reason: 'not sent: there is no notification_url' }

const rotate = <Item>(items: readonly Item[], by: number): Item[] => {
  const start = by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}
