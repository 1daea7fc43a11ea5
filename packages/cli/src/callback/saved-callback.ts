import { writeFile } from 'node:fs/promises'
import { UsageError } from '../errors.ts'

/** A callback as it was received, with its bytes unchanged. */
export interface ReceivedCallback {
  /** ISO 8601; null: not known. */
  readonly receivedAt: string | null
  readonly method: string
  /** The path of the request, which contains the token; null: not known. */
  readonly path: string | null
  /** Without those of the connection. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Writes a file that only this user can read: it contains personal data and a callback token. */
export const writeCallback = (file: string, callback: ReceivedCallback): Promise<void> => {
  const { body, ...rest } = callback
  const saved = { ...rest, ...bodyMembers(body) }
  return writeFile(file, `${JSON.stringify(saved, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
}

/** Text where the bytes are UTF-8, which a person can read. */
const bodyMembers = (body: Uint8Array): { readonly body: string } | { readonly bodyBase64: string } => {
  try {
    return { body: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body) }
  } catch {
    return { bodyBase64: Buffer.from(body).toString('base64') }
  }
}

/** Reads the format of `writeCallback`. Null: the bytes are something else. Throws a UsageError that names a wrong member. */
export const readCallback = (bytes: Uint8Array, file: string): ReceivedCallback | null => {
  const content = jsonOf(bytes)
  if (!isObject(content) || !('path' in content)) return null
  const { receivedAt = null, method, path, headers, body, bodyBase64 } = content
  const wrong = (member: string, fix: string): UsageError =>
    new UsageError(`${file} is no saved callback: ${member} must be ${fix}.`)
  if (receivedAt !== null && (typeof receivedAt !== 'string' || Number.isNaN(Date.parse(receivedAt))))
    throw wrong('receivedAt', 'a time in ISO 8601')
  if (method !== 'POST') throw wrong('method', '"POST"')
  if (typeof path !== 'string' || !path.startsWith('/')) throw wrong('path', 'a text that begins with /')
  if (!isTexts(headers)) throw wrong('headers', 'an object of texts')
  const text = typeof body === 'string' ? Buffer.from(body) : null
  const decoded = typeof bodyBase64 === 'string' ? Buffer.from(bodyBase64, 'base64') : null
  const read = text ?? decoded
  if (read === null || (text && decoded)) throw wrong('body', 'a text, or bodyBase64 in its place')
  return { receivedAt, method, path, headers: lowerCase(headers), body: read }
}

const jsonOf = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return null
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isTexts = (value: unknown): value is Record<string, string> =>
  isObject(value) && Object.values(value).every((one) => typeof one === 'string')

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
