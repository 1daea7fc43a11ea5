import { type Either, left, right } from '@railswitch/core/provider'
import type { ByteText } from './encoding.ts'

/** The names and values of a form, flat: `a[b]` is a name like any other. Has no prototype, so `__proto__` is a name too. */
export type FormRecord = Readonly<Record<string, string>>

/** A body that is not a readable form. `position` counts pairs from 1. Holds neither names nor values. */
export interface FormFailure {
  readonly kind: 'form'
  readonly reason: 'too-large' | 'too-many-pairs' | 'not-a-pair' | 'malformed-escape' | 'duplicate-name'
  readonly position?: number
}

/** `bytes`: size of the body; `pairs`: number of names. */
export interface FormLimits {
  readonly bytes: number
  readonly pairs: number
}

/**
 * Reads `application/x-www-form-urlencoded` bytes. Escapes give bytes; the bytes of each value are strict UTF-8, or else
 * ISO-8859-1, because payabl states no charset for what it sends. Refused are a repeated name, a malformed escape, and a pair
 * without `=`.
 */
export const parseForm = (body: Uint8Array, limits?: FormLimits): Either<FormFailure, FormRecord> =>
  readPairs(body, limits, decodeByteText)

/** The same with values as byte text: the bytes that a signature covers, in any charset. */
export const parseFormBytes = (
  body: Uint8Array,
  limits?: FormLimits,
): Either<FormFailure, Readonly<Record<string, ByteText>>> => readPairs(body, limits, (bytes) => bytes as ByteText)

const readPairs = <Text extends string>(
  body: Uint8Array,
  limits: FormLimits = { bytes: 65_536, pairs: 200 },
  decode: (bytes: string) => Text,
): Either<FormFailure, Readonly<Record<string, Text>>> => {
  if (body.byteLength > limits.bytes) return left({ kind: 'form', reason: 'too-large' })
  const pairs = byteTextOf(withoutLineEnd(body)).split('&', limits.pairs + 1)
  if (pairs.length > limits.pairs) return left({ kind: 'form', reason: 'too-many-pairs' })
  const record: Record<string, Text> = Object.create(null)
  for (let index = 0; index < pairs.length; index++) {
    const reason = addPair(record, pairs[index] ?? '', decode)
    if (reason !== undefined) return left({ kind: 'form', reason, position: index + 1 })
  }
  return right(record)
}

/** Counted from the end: the pattern `[\r\n]+$` takes quadratic time for a body of line ends, and the sender is not verified yet. */
const withoutLineEnd = (body: Uint8Array): Uint8Array => {
  let end = body.length
  while (end > 0 && (body[end - 1] === 0x0a || body[end - 1] === 0x0d)) end -= 1
  return body.subarray(0, end)
}

/** A form's body as bytes: text is encoded in UTF-8, which is ASCII if everything is escaped. */
export const bytesOf = (body: string | Uint8Array): Uint8Array =>
  typeof body === 'string' ? Buffer.from(body, 'utf8') : body

/** Text in which each character is one received byte. */
export const byteTextOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/** The characters of byte text: strict UTF-8, or else ISO-8859-1. */
export const decodeByteText = (text: string): string => {
  if (!beyondAscii.test(text)) return text
  try {
    return utf8.decode(Buffer.from(text, 'latin1'))
  } catch {
    return text
  }
}

const beyondAscii = /[^\0-\x7f]/
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const needsDecoding = /[%+\x80-\xff]/

const addPair = <Text extends string>(
  record: Record<string, Text>,
  pair: string,
  decode: (bytes: string) => Text,
): FormFailure['reason'] | undefined => {
  const equals = pair.indexOf('=')
  if (equals < 1) return 'not-a-pair'
  const name = unescapeForm(pair.slice(0, equals), decode)
  const value = unescapeForm(pair.slice(equals + 1), decode)
  if (name === undefined || value === undefined) return 'malformed-escape'
  if (record[name] !== undefined) return 'duplicate-name'
  record[name] = value
  return undefined
}

const unescapeForm = <Text extends string>(escaped: string, decode: (bytes: string) => Text): Text | undefined => {
  if (!needsDecoding.test(escaped)) return decode(escaped)
  if (/%(?![0-9a-f]{2})/i.test(escaped)) return undefined
  const bytes = escaped
    .replaceAll('+', ' ')
    .replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return decode(bytes)
}
