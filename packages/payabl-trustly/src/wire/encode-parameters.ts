import { type Either, isLeft, left, right } from '@railswitch/core/provider'
import { stringify } from 'qs'
import { type ByteText, type Encoding, type EncodingFailure, fitText, toByteText } from './encoding.ts'

/** A request parameter in payabl's spelling, as Unicode text. Their order is the order on the wire. */
export type Parameter = readonly [name: string, value: string]

/** A request parameter whose value is bytes, one per character. The same bytes are signed and sent. */
export type WireParameter = readonly [name: string, value: ByteText]

/** Parameters that cannot be sent. `position` counts from 1. Without the name, because a value may be in its place. */
export type ParameterFailure =
  | EncodingFailure
  | { readonly kind: 'parameter'; readonly position: number; readonly rule: string }

/** The bytes of each value. Refused are repeated names, names of another shape, and `signature`, which is made last. */
export const encodeParameters = (
  parameters: readonly Parameter[],
  encoding: Encoding,
): Either<ParameterFailure, readonly WireParameter[]> => {
  const seen = new Set(['signature'])
  const encoded: WireParameter[] = []
  for (const [index, [name, value]] of parameters.entries()) {
    const rule = brokenRule(name, value, seen)
    if (rule !== undefined) return left({ kind: 'parameter', position: index + 1, rule })
    const fitted = fitText(name, value, encoding)
    if (isLeft(fitted)) return fitted
    encoded.push([name, toByteText(fitted.right, encoding.charset)])
    seen.add(name)
  }
  return right(encoded)
}

/** Parameters whose bytes are signed and sent as they are. Refuses the names that `encodeParameters` refuses. */
export const givenParameters = (
  parameters: readonly WireParameter[],
): Either<ParameterFailure, readonly WireParameter[]> => {
  const seen = new Set(['signature'])
  for (const [index, [name, value]] of parameters.entries()) {
    const rule = brokenRule(name, value, seen)
    if (rule !== undefined) return left({ kind: 'parameter', position: index + 1, rule })
    seen.add(name)
  }
  return right(parameters)
}

/**
 * The body, `application/x-www-form-urlencoded`, all ASCII. A space is `+`, as in the requests of payabl's SDK (PHP's
 * http_build_query) and in payabl's responses. qs's ISO-8859-1 mode writes `&#321;` for a character that has no byte; a ByteText
 * contains no such character.
 */
export const toFormBody = (parameters: readonly WireParameter[]): string =>
  stringify(Object.fromEntries(parameters), { charset: 'iso-8859-1', format: 'RFC1738', encoder: escapeReserved })

/**
 * The body with its signature as the last parameter. `sign` gets the same bytes that are percent-encoded.
 * @see createSigner
 */
export const toSignedBody = (
  parameters: readonly Parameter[],
  encoding: Encoding,
  sign: (parameters: readonly WireParameter[]) => string,
): Either<ParameterFailure, Uint8Array> => {
  const encoded = encodeParameters(parameters, encoding)
  if (isLeft(encoded)) return encoded
  const signature = toByteText(sign(encoded.right), encoding.charset)
  return right(Buffer.from(toFormBody([...encoded.right, ['signature', signature]]), 'latin1'))
}

/** Every documented name fits. Refuses integers, which objects reorder, and `__proto__`. */
const parameterName = /^[a-z][a-z0-9_]{0,39}$/i

const brokenRule = (name: string, value: unknown, seen: ReadonlySet<string>): string | undefined => {
  if (!parameterName.test(name)) return 'a name is a letter, then letters, digits and underscores'
  if (seen.has(name)) return name === 'signature' ? 'the signature is made from the rest' : 'a name is sent once'
  if (typeof value !== 'string') return 'a value is text: format numbers and dates first'
  return undefined
}

type Encode = (text: unknown, defaultEncoder?: unknown, charset?: string) => string

/** qs does not escape `@` and `/` in this mode; payabl's samples do. */
const escapeReserved = (text: unknown, encode: Encode, charset: string): string =>
  encode(text, encode, charset).replaceAll('@', '%40').replaceAll('/', '%2F')
