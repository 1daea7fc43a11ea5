import type { Attempt, Delivery } from '../../delivery/delivery.ts'
import type { DeliveryQueue } from '../../delivery/delivery-queue.ts'
import { createNotificationTimes, type NotificationTimes } from '../../delivery/notification-time.ts'
import type { Clock } from '../../platform/clock.ts'
import { createMultiMap } from '../../platform/multi-map.ts'
import type { Random } from '../../platform/platform.ts'
import { randomUuid } from '../../platform/random.ts'
import { createRecentList, type RecentList } from '../../platform/recent-list.ts'
import type { Hash, Signatures, SignMessage } from '../signing/signature.ts'
import { createId } from '../state/ledger.ts'
import type { Order } from '../state/order.ts'
import { type JsonData, type JsonValue, notificationText, type Signer } from '../wire/envelope.ts'
import { toTimestamp } from '../wire/formats.ts'
import { checkReply, sameStatus } from './acknowledgement.ts'

/** A signed notification. Every attempt has the same notificationid, and the same uuid unless the merchant's switches
 *  say otherwise. */
export type Notification = Delivery & {
  readonly id: string
  readonly method: string
  readonly orderId: string
  readonly data: JsonData
  /** The texts of its attempts so far. */
  readonly versions: () => readonly Version[]
}

interface Version {
  readonly uuid: string
  readonly text: string
}

/** Sends notifications to merchants and stores them. */
export interface Notifier {
  /** Signs and sends a notification. Gives its id. An undefined member is omitted. */
  readonly notify: (order: Order, method: string, data: Overrides, onAnswer?: (answer: Answer) => void) => string
  /** Signs and stores a notification without sending it. */
  readonly write: (order: Order, method: string, data: Overrides) => Notification
  /** Oldest first. */
  readonly all: RecentList<Notification>
  readonly sentFor: (orderId: string) => readonly Notification[]
  readonly find: (notificationId: string) => Notification | undefined
  readonly during: NotificationTimes['during']
  readonly save: () => readonly SavedNotification[]
  /** Stores a notification of an earlier run, and sends it again if it is still due. */
  readonly restore: (order: Order, saved: SavedNotification, onAnswer: (answer: Answer) => void) => void
}

/** A notification that can be restored, with the texts of its attempts. */
export interface SavedNotification {
  readonly id: string
  readonly orderId: string
  readonly method: string
  readonly data: JsonData
  readonly createdAt: Date
  readonly versions: readonly Version[]
  readonly attempts: readonly Attempt[]
  readonly status: string | null
}

/** The merchant's answer to a notification. Only `kyc` has a limit. */
export interface Answer {
  readonly status: string
  readonly limit: string | undefined
}

export interface Overrides {
  readonly [name: string]: JsonValue | undefined
}

interface Dependencies {
  readonly sign: SignMessage
  readonly verify: Signatures['verify']
  readonly random: Random
  readonly answerHash: 'mirror' | Hash
  readonly clock: Clock
  readonly deliveries: DeliveryQueue
  /** The largest number of notifications that are stored. */
  readonly longest: number
}

export const createNotifier = (dependencies: Dependencies): Notifier => {
  const { sign, verify, random, answerHash, clock, deliveries } = dependencies
  const times = createNotificationTimes(clock)
  const byId = new Map<string, Notification>()
  const byOrder = createMultiMap<string, Notification>()
  const all = createRecentList<Notification>(dependencies.longest, (notification) => {
    byId.delete(notification.id)
    byOrder.remove(notification.orderId, notification)
  })
  const write = (order: Order, method: string, { data, onAnswer }: Content): Notification => {
    const id = createId(random, (taken) => byId.has(taken))
    const createdAt = times.timestamp()
    return store(order, { id, method, data: toData(order, method, { id, data, at: createdAt }), createdAt, onAnswer })
  }
  const store = (
    order: Order,
    { id, method, data, createdAt, onAnswer, versions: known = [] }: Stored,
  ): Notification => {
    const { account, orderId, terms } = order
    const signer = { sign, hash: hashFor(order, answerHash) }
    const versions = createVersions({ method, data }, signer, { random, known })
    let limit: string | undefined
    const notification: Notification = {
      id,
      what: method,
      method,
      orderId,
      subject: orderId,
      url: terms.notificationUrl,
      contentType: 'application/json; charset=utf-8',
      get body() {
        return versions.text(account.switches.freshUuids ? notification.attempts.length : 0)
      },
      data,
      versions: versions.all,
      createdAt,
      attempts: [],
      status: null,
      checkReply: (reply) => {
        const { publicKey, switches } = account
        const sent = { method, uuids: versions.uuids(), publicKey, anyStatus: switches.repliesAtAnyStatus, verify }
        const outcome = sameStatus(checkReply(sent, reply), notification.status)
        limit = outcome.limit
        return outcome
      },
      onStatus: (status) => onAnswer({ status, limit }),
    }
    byId.set(id, notification)
    byOrder.add(orderId, notification)
    all.add(notification)
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
    all,
    sentFor: byOrder.get,
    find: (id) => byId.get(id),
    during: times.during,
    save: () =>
      all.values().map(({ id, orderId, method, data, createdAt, versions, attempts, status }) => ({
        id,
        orderId,
        method,
        data,
        createdAt,
        versions: versions(),
        attempts,
        status,
      })),
    restore: (order, saved, onAnswer) => {
      const notification = store(order, { ...saved, onAnswer })
      notification.attempts.push(...saved.attempts)
      notification.status = saved.status
      deliveries.resume(notification)
    },
  }
}

interface Content {
  readonly data: Overrides
  readonly onAnswer: (answer: Answer) => void
}

interface Stored extends Pick<SavedNotification, 'id' | 'method' | 'data' | 'createdAt'> {
  readonly onAnswer: (answer: Answer) => void
  readonly versions?: readonly Version[]
}

/** The texts of one notification, one for each attempt, each with its own uuid. */
const createVersions = (
  { method, data }: { readonly method: string; readonly data: JsonData },
  signer: Signer,
  { random, known }: { readonly random: Random; readonly known: readonly Version[] },
) => {
  const versions: Version[] = [...known]
  return {
    text: (attempt: number): string => {
      while (versions.length <= attempt) {
        const uuid = randomUuid(random)
        versions.push({ uuid, text: notificationText({ method, uuid }, data, signer) })
      }
      return versions[attempt]?.text ?? ''
    },
    uuids: (): readonly string[] => versions.map(({ uuid }) => uuid),
    all: (): readonly Version[] => [...versions],
  }
}

const hashFor = ({ account, hash }: Order, answerHash: 'mirror' | Hash): Hash => {
  const { notificationHash } = account.switches
  if (notificationHash !== 'mirror') return notificationHash
  return answerHash === 'mirror' ? hash : answerHash
}

interface NotificationData {
  readonly id: string
  readonly data: Overrides
  readonly at: Date
}

/** The members of every notification about a deposit; only cancel has no attributes.
 *  @see https://docs.trustly.com/api/credit-notification */
const toData = ({ orderId, terms }: Order, method: string, { id, data, at }: NotificationData): JsonData => {
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
