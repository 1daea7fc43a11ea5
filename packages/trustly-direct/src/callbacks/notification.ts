import { type Either, isLeft, left, PaymentError, right } from '@railswitch/core'
import * as z from 'zod'
import { readNotification, type SignedPart } from '../wire/envelope.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../wire/json-text.ts'
import { toIsoTime } from '../wire/timestamp.ts'
import { notificationKinds } from './notification-kinds.ts'

/**
 * A verified notification. The signature covers names and values run together, so that it does not prove where one ends:
 * each member that matters has a shape which its neighbours cannot take.
 * @see https://docs.trustly.com/api/notifications-overview (read 2026-11-21)
 */
export interface Notification {
  readonly method: string
  readonly uuid: string
  readonly data: NotificationData
  /** Every member, as it came. */
  readonly whole: JsonObject
}

const id = z.string().regex(/^\d{1,20}$/)

const abortMessage = z.string().regex(/^[a-z_]{1,60}$/)

const dataSchema = z.object({
  orderid: id.optional(),
  notificationid: id.optional(),
  messageid: z.string().min(1).max(100).optional(),
  amount: z
    .string()
    .regex(/^\d{1,15}(\.\d{1,20})?$/)
    .optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  timestamp: z.string().optional(),
  accountid: id.optional(),
  kycentityid: z
    .string()
    .regex(/^[0-9A-Za-z-]{1,64}$/)
    .optional(),
  abort: z.enum(['0', '1']).optional(),
  abortmessage: abortMessage.optional(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
})
export type NotificationData = z.infer<typeof dataSchema>

/**
 * Why Trustly has ended an order because of who the customer is; null: it has not. Its model has this in the data, beside
 * the attributes, where the documentation is read to have it: a word that is no plain "0" counts, wherever it stands.
 */
export const abortOf = ({ abort, abortmessage, attributes }: NotificationData): string | null => {
  const said = [abort, attributes?.abort].some((one) => one !== undefined && one !== null && one !== '' && one !== '0')
  if (!said) return null
  return abortmessage ?? abortMessage.safeParse(attributes?.abortmessage).data ?? ''
}

/** Every order's; only a method that nobody documented may do without. */
const always = ['orderid', 'notificationid', 'messageid'] as const

/** Verifies the received bytes, then reads them strictly; `verify` is given the signed part and its signature. */
export const parseNotification = (
  body: Uint8Array,
  contentType: string,
  verify: (message: SignedPart, signature: string) => boolean,
): Either<PaymentError, Notification> => {
  if (!/^application\/json\b/i.test(contentType)) return left(refused('its content type is not application/json'))
  const text = decode(body)
  const part = text === null ? null : readNotification(text)
  if (part === null) return left(refused('it is not UTF-8'))
  if (isLeft(part))
    return left(refused(`its body is ${part.left === 'not_json' ? 'not strict JSON' : 'no notification'}`))
  if (!verify(part.right, part.right.signature)) return left(refused("its signature is not Trustly's"))
  return readVerified(part.right)
}

const readVerified = ({ method, uuid, data }: SignedPart): Either<PaymentError, Notification> => {
  if (!/^[a-z]{1,40}$/.test(method) || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid))
    return left(refused('its method or uuid is malformed'))
  if (!hasPlainNames(data)) return left(refused('a member has an impossible name'))
  const parsed = dataSchema.safeParse(data)
  if (!parsed.success) return left(refused(`${parsed.error.issues[0]?.path.join('.')} is missing or malformed`))
  const kind = Object.hasOwn(notificationKinds, method) ? notificationKinds[method] : undefined
  const missing = kind && [...always, ...kind.needs].find((name) => parsed.data[name] === undefined)
  if (missing !== undefined) return left(refused(`${missing} is missing or malformed`))
  if (parsed.data.timestamp !== undefined && isLeft(toIsoTime(parsed.data.timestamp)))
    return left(refused('timestamp is malformed'))
  return right({ method, uuid, data: parsed.data, whole: data })
}

/** Trustly may add members at any time, but a name that holds a piece of a value is a shifted boundary. */
const hasPlainNames = (data: JsonValue): data is JsonObject =>
  isJsonObject(data) && Object.keys(data).every((name) => /^[A-Za-z][A-Za-z_]{0,60}$/.test(name))

const decode = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

const refused = (rule: string): PaymentError =>
  new PaymentError({
    code: 'callback_refused',
    effect: 'refused',
    again: 'never',
    message: `The notification is refused: ${rule}.`,
    hint: 'Only Trustly can send notifications that verify; nothing was changed.',
  })
