import { type Either, isLeft, left, right } from '@railswitch/core/provider'
import { isJsonObject, type JsonFault, type JsonValue, memberAt, parseJson } from '../wire/json-text.ts'

/** The kind of a message, derived from its shape. Requests and replies are the merchant's, the others Trustly's. */
export type MessageKind = 'request' | 'result' | 'error' | 'notification' | 'reply'

/** A message with its signed part, and that part's place in the text, in case its spelling was signed. */
export interface ReceivedMessage {
  readonly kind: MessageKind
  readonly signature: string
  readonly method: string | null
  readonly uuid: string | null
  readonly data: JsonValue
  /** The same by `JSON.parse`, which distinguishes numbers from text. */
  readonly plainData: unknown
  readonly path: readonly string[]
  readonly text: string
}

export type MessageFault = JsonFault['code'] | 'not_utf8' | 'no_message' | 'unsigned'

/** Reads a message of any kind, less strictly than a call does. */
export const readMessage = (given: string | Uint8Array): Either<MessageFault, ReceivedMessage> => {
  const text = typeof given === 'string' ? given.replace(/^\ufeff/, '') : decode(given)
  if (text === null) return left('not_utf8')
  const parsed = parseJson(text)
  if (isLeft(parsed)) return left(parsed.left.code)
  const shape = shapes.find(({ path, names }) => memberAt(parsed.right, ...path, names.data) !== undefined)
  if (shape === undefined) return left(memberAt(parsed.right, 'error') === undefined ? 'no_message' : 'unsigned')
  const { kind, path, methodAt, names } = shape
  const part = (...members: readonly string[]) => memberAt(parsed.right, ...path, ...members)
  const signature = part(names.signature)
  if (typeof signature !== 'string') return left('unsigned')
  const data = part(names.data) ?? null
  return right({
    kind: kindOf(kind, data),
    signature,
    method: textOrNull(memberAt(parsed.right, ...methodAt)),
    uuid: textOrNull(part(names.uuid)),
    data,
    plainData: plainAt(JSON.parse(text), [...path, names.data]),
    path: [...path, names.data],
    text,
  })
}

const decode = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const lower = { signature: 'signature', uuid: 'uuid', data: 'data' }
const upper = { signature: 'Signature', uuid: 'UUID', data: 'Data' }

/** Case matters, and differs by direction. @see https://docs.trustly.com/api/api-protocol (read 2026-11-21) */
const shapes = [
  { kind: 'request', path: ['params'], methodAt: ['method'], names: upper },
  { kind: 'notification', path: ['params'], methodAt: ['method'], names: lower },
  { kind: 'result', path: ['result'], methodAt: ['result', 'method'], names: lower },
  { kind: 'error', path: ['error', 'error'], methodAt: ['error', 'error', 'method'], names: lower },
] as const

const textOrNull = (value: JsonValue | undefined): string | null => (typeof value === 'string' ? value : null)

const replies: ReadonlySet<unknown> = new Set(['OK', 'FAILED', 'CONTINUE', 'FINISH'])

/** A reply has the shape of a result; no result of Trustly has such a `status`. */
const kindOf = (kind: MessageKind, data: JsonValue): MessageKind =>
  kind === 'result' && isJsonObject(data) && replies.has(data.status) ? 'reply' : kind

const plainAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((current, name) => (current as { readonly [name: string]: unknown })[name], value)
