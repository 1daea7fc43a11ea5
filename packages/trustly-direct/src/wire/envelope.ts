import { type Either, isLeft, left, right } from '@railswitch/core/provider'
import { isJsonObject, type JsonObject, type JsonValue, memberAt, parseJson } from './json-text.ts'

/** The signed part of a message, with its signature. */
export interface SignedPart {
  readonly signature: string
  readonly uuid: string
  readonly method: string
  readonly data: JsonValue
}

/** A request's body. `version` is text, as in Trustly's own responses. */
export const requestBody = (method: string, uuid: string, signature: string, data: JsonObject): string =>
  JSON.stringify({ method, params: { Signature: signature, UUID: uuid, Data: data }, version: '1.1' })

/** An acknowledgement's body: lower case, unlike a request's. */
export const acknowledgementBody = (method: string, uuid: string, signature: string, data: JsonObject): string =>
  JSON.stringify({ result: { signature, uuid, method, data }, version: '1.1' })

/** Why a message cannot be read. Holds no part of the message. */
export type EnvelopeFault = 'not_json' | 'not_an_envelope' | 'unsigned' | 'too_large'

/** A response's signed part: of a result, or of an error. The outer code and message of an error are unsigned copies. */
export const readResponseEnvelope = (
  text: string,
): Either<EnvelopeFault, SignedPart & { readonly kind: 'result' | 'error' }> => {
  const parsed = parseJson(text)
  if (isLeft(parsed)) return left('not_json')
  const result = memberAt(parsed.right, 'result')
  const kind = result === undefined ? 'error' : 'result'
  const part = readPart(result ?? memberAt(parsed.right, 'error', 'error'))
  if (part) return right({ kind, ...part })
  return left(memberAt(parsed.right, 'error') === undefined ? 'not_an_envelope' : 'unsigned')
}

/** Trustly's largest notification is about 3 KiB. The HTTP handlers of callbacks have the same limit, in bytes. */
const largestNotification = 64 * 1024

/** A notification's signed part. Its method is outside `params`. */
export const readNotificationEnvelope = (text: string): Either<EnvelopeFault, SignedPart> => {
  if (text.length > largestNotification) return left('too_large')
  const parsed = parseJson(text)
  if (isLeft(parsed)) return left('not_json')
  const method = memberAt(parsed.right, 'method')
  const params = memberAt(parsed.right, 'params')
  const part =
    params !== undefined && isJsonObject(params) ? readPart({ ...params, method: method ?? null }) : undefined
  return part ? right(part) : left('not_an_envelope')
}

const readPart = (part: JsonValue | undefined): SignedPart | undefined => {
  if (part === undefined || !isJsonObject(part)) return undefined
  const { signature, uuid, method, data } = part
  if (typeof signature !== 'string' || typeof uuid !== 'string' || typeof method !== 'string') return undefined
  if (data === undefined || typeof data !== 'object' || data === null) return undefined
  return { signature, uuid, method, data }
}

/** The text of a body in strict UTF-8, or null. */
export const decodeUtf8 = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
