import {
  type CallbackRequest,
  callbackRefused,
  type Either,
  isLeft,
  isOwnMethod,
  left,
  type PaymentError,
  right,
} from '@railswitch/core/provider'
import { checkKey, type SignatureCheck, trustedKeysIn } from '../trusted-keys.ts'
import { decodeUtf8, readNotificationEnvelope, type SignedPart } from '../wire/envelope.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../wire/json-text.ts'
import { type NotificationData, readNotificationData } from './notification-data.ts'

/**
 * A verified notification. The signature covers names and values without delimiters, so it does not prove where one ends: members
 * that carry money or identity are read strictly. A null, empty or malformed optional member is absent from `data`.
 * @see https://docs.trustly.com/api/notifications-overview (read 2026-11-21)
 */
export interface Notification {
  readonly method: string
  readonly uuid: string
  readonly data: NotificationData
  /** Every member, as received. */
  readonly whole: JsonObject
}

/** Why Trustly has ended the order because of who the customer is; null: it has not. */
export const abortOf = ({ abort }: NotificationData): string | null => abort

/** Verifies the received bytes, then reads them. */
export const verifyNotification = (
  { body, contentType }: Pick<CallbackRequest, 'body' | 'contentType'>,
  check: SignatureCheck,
): Either<PaymentError, Notification> => {
  const { verify, trustedKeys } = check
  if (!/^application\/json\b/i.test(contentType)) return left(refused('its content type is not application/json'))
  const text = decodeUtf8(body)
  const part = text === null ? null : readNotificationEnvelope(text)
  if (part === null) return left(refused('it is not UTF-8'))
  if (isLeft(part))
    return left(refused(`its body is ${part.left === 'not_json' ? 'not strict JSON' : 'no notification'}`))
  if (!verify(part.right, part.right.signature))
    return left(refused(`its signature does not verify with ${trustedKeysIn(trustedKeys)}`, checkKey(check)))
  return readVerified(part.right)
}

const readVerified = ({ method, uuid, data: whole }: SignedPart): Either<PaymentError, Notification> => {
  if (!plainName.test(method) || isOwnMethod(method) || !uuidShape.test(uuid))
    return left(refused('its method or uuid is malformed'))
  if (!hasPlainNames(whole)) return left(refused('a member has an impossible name'))
  const data = readNotificationData(method, whole)
  if (isLeft(data)) return left(refused(`${data.left} is missing or malformed`))
  return right({ method, uuid, data: data.right, whole })
}

/** Its length is fixed, so the signed text can be cut into method, uuid and data in one way only. */
const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const plainName = /^[A-Za-z][A-Za-z0-9_]{0,60}$/

/** Trustly may add members at any time, but a name that looks like a value is a sign of a shifted boundary. */
const hasPlainNames = (data: JsonValue): data is JsonObject =>
  isJsonObject(data) && Object.keys(data).every((name) => plainName.test(name))

const refused = (rule: string, fix = ''): PaymentError =>
  callbackRefused({
    message: `The notification is refused: ${rule}.`,
    hint: `${fix} Only Trustly can send notifications that verify. Nothing was changed.`.trim(),
  })
