import { type Either, isLeft, left, right } from '@railswitch/core/provider'
import { isJsonObject, type JsonObject, type JsonValue } from '../wire/json-text.ts'
import { toIsoTime } from '../wire/timestamp.ts'
import { abortIn } from './kyc-abort.ts'
import { notificationKinds } from './notification-kinds.ts'

const id = /^\d{1,20}$/
const amount = /^\d{1,15}(\.\d{1,20})?$/
const currency = /^[A-Z]{3}$/
const messageId = /^.{1,200}$/s

/** The members of a notification's data that are read. Each has a shape that its neighbours in the signed text cannot have. */
export interface NotificationData {
  readonly orderid?: string | undefined
  readonly notificationid?: string | undefined
  /** A native call can choose up to 200 characters. */
  readonly messageid?: string | undefined
  readonly amount?: string | undefined
  readonly currency?: string | undefined
  /** `timestamp` in ISO 8601. Absent if there is none, or if it cannot be read. */
  readonly at?: string | undefined
  readonly accountid?: string | undefined
  /** The notification is about the refund of a direct debit, under the order id of the direct debit. */
  readonly refund?: string | undefined
  readonly attributes?: JsonObject | undefined
  /** In a `kyc`: why Trustly has ended the order because of who the customer is; null: it has not. */
  readonly abort: string | null
}

/** Required of every documented method. */
const identity = ['orderid', 'notificationid', 'messageid'] as const

/** Left: a member that the method needs and that is missing or malformed. Neither ids nor amounts are ever guessed. */
export const readNotificationData = (method: string, whole: JsonObject): Either<string, NotificationData> => {
  const data = {
    orderid: memberOf(whole, 'orderid', id),
    notificationid: memberOf(whole, 'notificationid', id),
    messageid: memberOf(whole, 'messageid', messageId),
    amount: memberOf(whole, 'amount', amount),
    currency: memberOf(whole, 'currency', currency),
    at: timeOf(whole),
    accountid: memberOf(whole, 'accountid', id),
    refund: memberOf(whole, 'refund', /^1$/),
    attributes: attributesOf(whole),
  }
  const kind = Object.hasOwn(notificationKinds, method) ? notificationKinds[method] : undefined
  const needed = kind ? [...identity, ...kind.needs] : identity.filter((name) => isGiven(whole[name]))
  const missing = needed.find((name) => data[name] === undefined)
  if (missing !== undefined) return left(missing)
  return right({ ...data, abort: method === 'kyc' ? abortIn(whole) : null })
}

/** A text of this shape. A member that cannot be read is left out; whether the method needs it is checked afterwards. */
const memberOf = (whole: JsonObject, name: string, shape: RegExp): string | undefined => {
  const value = Object.hasOwn(whole, name) ? whole[name] : undefined
  return typeof value === 'string' && shape.test(value) ? value : undefined
}

const timeOf = (whole: JsonObject): string | undefined => {
  const text = Object.hasOwn(whole, 'timestamp') ? whole['timestamp'] : undefined
  const time = typeof text === 'string' ? toIsoTime(text) : null
  return time === null || isLeft(time) ? undefined : time.right
}

const attributesOf = (whole: JsonObject): JsonObject | undefined => {
  const value = Object.hasOwn(whole, 'attributes') ? whole['attributes'] : undefined
  return value !== undefined && isJsonObject(value) ? value : undefined
}

const isGiven = (member: JsonValue | undefined): boolean => member !== undefined && member !== null && member !== ''
