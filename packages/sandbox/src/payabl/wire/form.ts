/** A received form. Names and values are byte strings: each character is one byte, so a signature can be checked over the
 *  bytes whatever their encoding. Names are in the order of the occurrence that counts. */
export interface Form {
  readonly values: ReadonlyMap<string, string>
  /** The same values before percent-decoding. */
  readonly encoded: ReadonlyMap<string, string>
}

/** Reads `application/x-www-form-urlencoded`, whatever the Content-Type header says. */
export const parseForm = (body: Uint8Array, counts: 'last' | 'first' = 'last'): Form => {
  const values = new Map<string, string>()
  const encoded = new Map<string, string>()
  for (const pair of Buffer.from(body).toString('latin1').split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    const value = equals < 0 ? '' : pair.slice(equals + 1)
    if (counts === 'first' && values.has(name)) continue
    // Deleted first, so that the order is that of the last occurrence.
    values.delete(name)
    encoded.delete(name)
    values.set(name, decode(value))
    encoded.set(name, value)
  }
  return { values, encoded }
}

const decode = (text: string): string =>
  text.replaceAll('+', ' ').replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Writes byte strings as a form, spaces as `+`. */
export const encodeForm = (fields: ReadonlyArray<readonly [name: string, value: string]>): string =>
  fields.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')

const encode = (bytes: string): string =>
  bytes
    .replace(/[^A-Za-z0-9*\-._ ]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
    .replaceAll(' ', '+')

/** A form's value as text; undefined when it is missing or empty, which the vendor does not distinguish. */
export const textOf = ({ values }: Form, name: string): string | undefined => {
  const bytes = values.get(name)
  return bytes ? toText(bytes) : undefined
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes as text: UTF-8 if they are valid UTF-8, else ISO-8859-1. */
export const toText = (bytes: string): string => {
  try {
    return strictUtf8.decode(Buffer.from(bytes, 'latin1'))
  } catch {
    return bytes
  }
}

/** Text as a byte string. Characters that ISO-8859-1 lacks become `?`. */
export const toBytes = (text: string, encoding: 'utf8' | 'latin1'): string =>
  encoding === 'utf8'
    ? Buffer.from(text).toString('latin1')
    : [...text].map((character) => ((character.codePointAt(0) ?? 0) < 256 ? character : '?')).join('')

/** Whether bytes beyond ASCII are valid UTF-8, as from clients that do not use ISO-8859-1. */
export const isMultibyte = (bytes: string): boolean => /[\x80-\xff]/.test(bytes) && toText(bytes) !== bytes
