import { type Either, invalid, left, type PaymentError, type Reply, right } from '@railswitch/core'
import { replyTo } from '../callbacks/acknowledgement.ts'
import type { Notification } from '../callbacks/notification.ts'
import { type Status, statusesOf } from '../callbacks/notification-kinds.ts'
import type { JsonObject } from '../wire/json-text.ts'
import type { TrustlyAccount } from './call.ts'

/** A verified notification in Trustly's own words. */
export interface TrustlyNotification {
  readonly method: string
  /** Of this delivery; the same news again has the same `notificationid`, and wants the same answer. */
  readonly uuid: string
  /** Every member as Trustly wrote it, numbers as text. Personal data may be among them. */
  readonly data: JsonObject
  /** What Trustly takes for an answer to this method. */
  readonly statuses: readonly Status[]
  /** The signed reply. `limit`: with CONTINUE, the most that may be paid. Left of `invalid_input`: not one of `statuses`. */
  acknowledge(
    status: Status,
    more?: { readonly limit?: string; readonly message?: string },
  ): Either<PaymentError, Reply>
}

export const readNative =
  (sign: TrustlyAccount['signSync']) =>
  (notification: Notification): TrustlyNotification => {
    const { method, uuid, whole } = notification
    const statuses = statusesOf(method)
    return {
      method,
      uuid,
      data: whole,
      statuses,
      acknowledge: (status, more = {}) =>
        statuses.includes(status)
          ? right(replyTo(notification, { status, ...more }, sign))
          : left(invalid('invalid_input', [illegal(statuses)])),
    }
  }

const illegal = (statuses: readonly Status[]) => ({
  field: 'status',
  rule: 'is not an answer that Trustly takes here',
  fix: `answer ${statuses.join(' or ')}`,
})
