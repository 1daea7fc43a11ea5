import { type Either, isLeft, left, right } from '@railswitch/core'
import { isJsonObject, type JsonObject, type JsonValue, memberAt, parseJson } from './json-text.ts'

/** Which part of a message is signed, and by whom it is bound: the method and UUID beside it. */
export interface SignedPart {
  readonly signature: string
  readonly uuid: string
  readonly method: string
  readonly data: JsonValue
}

/** A request's body. `version` travels as text, as Trustly's own answers have it. */
export const requestBody = (method: string, uuid: string, signature: string, data: JsonObject): string =>
  JSON.stringify({ method, params: { Signature: signature, UUID: uuid, Data: data }, version: '1.1' })

/** An acknowledgement's body: lower case, unlike a request. */
export const acknowledgementBody = (method: string, uuid: string, signature: string, data: JsonObject): string =>
  JSON.stringify({ result: { signature, uuid, method, data }, version: '1.1' })

/** Why a message cannot be read; never a piece of it. */
export type EnvelopeFault = 'not_json' | 'not_an_envelope' | 'unsigned' | 'too_large'

/** An answer's signed part: of a result, or of an error, whose outer code and message are unsigned copies. */
export const readAnswer = (text: string): Either<EnvelopeFault, SignedPart & { readonly kind: 'result' | 'error' }> => {
  const parsed = parseJson(text)
  if (isLeft(parsed)) return left('not_json')
  const result = memberAt(parsed.right, 'result')
  const kind = result === undefined ? 'error' : 'result'
  const part = readPart(result ?? memberAt(parsed.right, 'error', 'error'))
  if (part) return right({ kind, ...part })
  return left(memberAt(parsed.right, 'error') === undefined ? 'not_an_envelope' : 'unsigned')
}

/** Trustly's largest notification is about 3 KiB. The HTTP faces have the same limit, in bytes. */
const largestNotification = 64 * 1024

/** A notification's signed part: its method stands outside `params`. */
export const readNotification = (text: string): Either<EnvelopeFault, SignedPart> => {
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
