import { type Either, isLeft, left, right } from '@railswitch/core'
import * as z from 'zod'
import { isJsonObject, type JsonObject, type JsonValue } from '../wire/json-text.ts'
import { toIsoTime } from '../wire/timestamp.ts'
import { abortIn } from './abort.ts'
import { notificationKinds } from './notification-kinds.ts'

/** A member that cannot be read is left out: what the method needs is asked for afterwards, and the rest is an option. */
const readable = <T>(schema: z.ZodType<T>) => schema.optional().catch(undefined)
const shaped = (shape: RegExp) => readable(z.string().regex(shape))
const id = /^\d{1,20}$/

const dataSchema = z.object({
  orderid: shaped(id),
  notificationid: shaped(id),
  /** A native call may choose one of 200 characters. */
  messageid: readable(z.string().min(1).max(200)),
  amount: shaped(/^\d{1,15}(\.\d{1,20})?$/),
  currency: shaped(/^[A-Z]{3}$/),
  /** As Trustly writes it. Absent: no time, or none that can be read. */
  timestamp: readable(z.string().refine((text) => !isLeft(toIsoTime(text)))),
  accountid: shaped(id),
  attributes: readable(z.custom<JsonObject>((value) => isJsonObject(value as JsonValue))),
})

/** What is read of a notification's data: each member has a shape that its neighbours in the signed text cannot take. */
export interface NotificationData extends z.infer<typeof dataSchema> {
  /** Of a `kyc`: why Trustly has ended the order because of who the customer is; null: it has not. */
  readonly abort: string | null
}

/** Every order's; only a method that nobody documented may do without. */
const identity = ['orderid', 'notificationid', 'messageid'] as const

/** Left: the member that the method needs, and that is missing or malformed. Who is meant is never guessed, nor how much. */
export const readNotificationData = (method: string, whole: JsonObject): Either<string, NotificationData> => {
  const data = dataSchema.parse(whole)
  const kind = Object.hasOwn(notificationKinds, method) ? notificationKinds[method] : undefined
  const needed = kind ? [...identity, ...kind.needs] : identity.filter((name) => isGiven(whole[name]))
  const missing = needed.find((name) => data[name] === undefined)
  if (missing !== undefined) return left(missing)
  return right({ ...data, abort: method === 'kyc' ? abortIn(whole) : null })
}

const isGiven = (member: JsonValue | undefined): boolean => member !== undefined && member !== null && member !== ''
