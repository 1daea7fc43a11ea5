import { type KeyObject, randomUUID } from 'node:crypto'
import type { Delivery } from '../../delivery/delivery.ts'
import type { DeliveryQueue } from '../../delivery/delivery-queue.ts'
import { createNotificationTimes, type NotificationTimes } from '../../delivery/notification-time.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Hash } from '../signing/signature.ts'
import { createId } from '../state/ledger.ts'
import type { Order } from '../state/order.ts'
import { type JsonData, type JsonValue, notificationText, type Signer } from '../wire/envelope.ts'
import { toTimestamp } from '../wire/timestamp.ts'
import { judgeReply, sameStatus } from './acknowledgement.ts'

/** A signed notification: every attempt carries the same notificationid, and the same uuid unless the merchant is set
 *  up otherwise. */
export type Notification = Delivery & { readonly id: string; readonly method: string; readonly orderId: string }

/** Tells merchants what happened to their orders, and keeps what was told. */
export type Notifier = {
  /** Signs and sends a notification, gives its id. A member that is undefined is left out. */
  readonly notify: (order: Order, method: string, data: Overrides, onAnswer?: (answer: Answer) => void) => string
  /** Signs a notification and keeps it, but leaves it to others to send. */
  readonly write: (order: Order, method: string, data: Overrides) => Notification
  readonly sentFor: (orderId: string) => readonly Notification[]
  readonly find: (notificationId: string) => Notification | undefined
  readonly during: NotificationTimes['during']
}

/** The merchant's word on a notification; the limit is kyc's. */
export type Answer = { readonly status: string; readonly limit: string | undefined }

export type Overrides = { readonly [name: string]: JsonValue | undefined }

type Dependencies = {
  readonly privateKey: KeyObject
  readonly answerHash: 'mirror' | Hash
  readonly clock: Clock
  readonly deliveries: DeliveryQueue
}

export const createNotifier = ({ privateKey, answerHash, clock, deliveries }: Dependencies): Notifier => {
  const times = createNotificationTimes(clock)
  const all = new Map<string, Notification>()
  const write = (order: Order, method: string, { data, onAnswer }: Content): Notification => {
    const id = createId((taken) => all.has(taken))
    const { account, orderId, terms } = order
    const written = times.timestamp()
    const signer = { privateKey, hash: hashFor(order, answerHash) }
    const editions = createEditions(method, toData(order, method, { id, data, at: written }), signer)
    let limit: string | undefined
    const notification: Notification = {
      id,
      method,
      orderId,
      subject: orderId,
      url: terms.notificationUrl,
      contentType: 'application/json; charset=utf-8',
      get body() {
        return editions.text(account.switches.freshUuids ? notification.attempts.length : 0)
      },
      createdAt: written,
      attempts: [],
      status: null,
      checkReply: (reply) => {
        const { publicKey, switches } = account
        const sent = { method, uuids: editions.uuids(), publicKey, anyStatus: switches.repliesAtAnyStatus }
        const verdict = sameStatus(judgeReply(sent, reply), notification.status)
        limit = verdict.limit
        return verdict
      },
      onStatus: (status) => onAnswer({ status, limit }),
    }
    all.set(id, notification)
    return notification
  }
  return {
    notify: (order, method, data, onAnswer = () => {}) => {
      const notification = write(order, method, { data, onAnswer })
      if (order.terms.hold) deliveries.hold(order.orderId)
      times.send(() => deliveries.send(notification))
      return notification.id
    },
    write: (order, method, data) => write(order, method, { data, onAnswer: () => {} }),
    sentFor: (orderId) => [...all.values()].filter((notification) => notification.orderId === orderId),
    find: (id) => all.get(id),
    during: times.during,
  }
}

type Content = { readonly data: Overrides; readonly onAnswer: (answer: Answer) => void }

/** The texts of one notification, by attempt: each has a uuid of its own. */
const createEditions = (method: string, data: JsonData, signer: Signer) => {
  const editions: Array<{ readonly uuid: string; readonly text: string }> = []
  return {
    text: (attempt: number): string => {
      while (editions.length <= attempt) {
        const uuid = randomUUID()
        editions.push({ uuid, text: notificationText({ method, uuid }, data, signer) })
      }
      return editions[attempt]?.text ?? ''
    },
    uuids: (): readonly string[] => editions.map(({ uuid }) => uuid),
  }
}

const hashFor = ({ account, hash }: Order, answerHash: 'mirror' | Hash): Hash => {
  const { notificationHash } = account.switches
  if (notificationHash !== 'mirror') return notificationHash
  return answerHash === 'mirror' ? hash : answerHash
}

type News = { readonly id: string; readonly data: Overrides; readonly at: Date }

/** The members of every notification on a deposit; only cancel has no attributes.
 *  @see https://docs.trustly.com/api/credit-notification */
const toData = ({ orderId, terms }: Order, method: string, { id, data, at }: News): JsonData => {
  const members: Overrides = {
    messageid: terms.messageId,
    orderid: orderId,
    enduserid: terms.endUserId,
    notificationid: id,
    timestamp: toTimestamp(at),
    ...(method === 'cancel' ? {} : { attributes: {} }),
    ...data,
  }
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  )
}
