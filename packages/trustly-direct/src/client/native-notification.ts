import {
  type CallbackRequest,
  type CallbackResponse,
  type Either,
  either,
  invalid,
  type PaymentError,
  pipe,
  type TaskEither,
  taskEither,
} from '@railswitch/core/provider'
import { replyTo } from '../callbacks/acknowledgement.ts'
import { type Notification, verifyNotification } from '../callbacks/notification.ts'
import { type Status, statusesOf } from '../callbacks/notification-kinds.ts'
import type { SignReply } from '../message-signer.ts'
import type { JsonObject } from '../wire/json-text.ts'
import type { TrustlyAccount } from './call.ts'

/** A verified notification in Trustly's own words. */
export interface TrustlyNotification {
  readonly method: string
  /** Of this delivery. A redelivery has the same `notificationid`, and needs the same answer. */
  readonly uuid: string
  /** Every member as Trustly wrote it, numbers as text. Personal data may be among them. */
  readonly data: JsonObject
  /** The statuses that Trustly accepts for this method. */
  readonly statuses: readonly Status[]
  /** The signed reply. `limit`: with CONTINUE, the largest amount that may be paid. Left: `invalid_input` for a status that is not one of `statuses`, or why it could not be signed. */
  acknowledge(
    status: Status,
    more?: { readonly limit?: string; readonly message?: string },
  ): TaskEither<PaymentError, CallbackResponse>
}

export const verifyNativeNotification =
  (account: TrustlyAccount) =>
  (delivery: Omit<CallbackRequest, 'headers'>): Either<PaymentError, TrustlyNotification> =>
    pipe(verifyNotification(delivery, account), either.map(toTrustlyNotification(account.signReply)))

export const toTrustlyNotification =
  (sign: SignReply) =>
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
          ? async () => replyTo(notification, { status, ...more }, sign)
          : taskEither.left(invalid('invalid_input', [illegal(statuses)])),
    }
  }

const illegal = (statuses: readonly Status[]) => ({
  field: 'status',
  rule: 'is not a status that Trustly accepts here',
  fix: `answer ${statuses.join(' or ')}`,
})
