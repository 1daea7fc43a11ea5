import { type Either, isLeft, left, right } from '@railswitch/core/provider'
import * as z from 'zod'
import { isJsonObject, type JsonObject, type JsonValue } from '../wire/json-text.ts'
import { toIsoTime } from '../wire/timestamp.ts'
import { abortIn } from './kyc-abort.ts'
import { notificationKinds } from './notification-kinds.ts'

/** A member that cannot be read is left out. Whether the method needs it is checked afterwards. */
const readable = <T>(schema: z.ZodType<T>) => schema.optional().catch(undefined)
const shaped = (shape: RegExp) => readable(z.string().regex(shape))
const id = /^\d{1,20}$/

const dataSchema = z.object({
  orderid: shaped(id),
  notificationid: shaped(id),
  messageid: readable(z.string().min(1).max(200)),
  amount: shaped(/^\d{1,15}(\.\d{1,20})?$/),
  currency: shaped(/^[A-Z]{3}$/),
  timestamp: readable(z.string().refine((text) => !isLeft(toIsoTime(text)))),
  accountid: shaped(id),
  refund: readable(z.literal('1')),
  attributes: readable(z.custom<JsonObject>((value) => isJsonObject(value as JsonValue))),
})

/** The members of a notification's data that are read. Each has a shape that its neighbours in the signed text cannot have. */
export interface NotificationData {
  readonly orderid?: string | undefined
  readonly notificationid?: string | undefined
  /** A native call can choose up to 200 characters. */
  readonly messageid?: string | undefined
  readonly amount?: string | undefined
  readonly currency?: string | undefined
  /** As Trustly writes it. Absent if there is none, or if it cannot be read. */
  readonly timestamp?: string | undefined
  readonly accountid?: string | undefined
  /** The notification is about the refund of a direct debit, under the order id of the direct debit. */
  readonly refund?: '1' | undefined
  readonly attributes?: JsonObject | undefined
  /** In a `kyc`: why Trustly has ended the order because of who the customer is; null: it has not. */
  readonly abort: string | null
}

/** Required of every documented method. */
const identity = ['orderid', 'notificationid', 'messageid'] as const

/** Left: a member that the method needs and that is missing or malformed. Neither ids nor amounts are ever guessed. */
export const readNotificationData = (method: string, whole: JsonObject): Either<string, NotificationData> => {
  const data = dataSchema.parse(whole)
  const kind = Object.hasOwn(notificationKinds, method) ? notificationKinds[method] : undefined
  const needed = kind ? [...identity, ...kind.needs] : identity.filter((name) => isGiven(whole[name]))
  const missing = needed.find((name) => data[name] === undefined)
  if (missing !== undefined) return left(missing)
  return right({ ...data, abort: method === 'kyc' ? abortIn(whole) : null })
}

const isGiven = (member: JsonValue | undefined): boolean => member !== undefined && member !== null && member !== ''
