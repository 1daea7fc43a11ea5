import { type KeyObject, randomUUID } from 'node:crypto'
import type { Draw } from '../../chaos/random.ts'
import type { WireVariantKind, WireVariants } from '../../chaos/wire-variants.ts'
import { parseJson } from '../signing/raw-json.ts'
import { readSignature, sign } from '../signing/signature.ts'
import type { Json, JsonRecord } from './json.ts'
import { withOddMembers } from './odd-members.ts'

/** The signed part of a message: `result`, the inner `error`, or a notification's `params`. */
type Signed = {
  readonly signature: string
  readonly method: string | null
  readonly uuid: string | null
  readonly data: Json
}

/** How Trustly's JSON-RPC is changed. The canonical form takes its own order of members, the characters behind the
 *  escapes and the digits of numbers, so that a signature survives those three. */
export const createTrustlyWireVariants = (privateKey: KeyObject): WireVariants => ({
  varyResponse: (kind, text) => varyResponse(kind, text, privateKey),
  varyCallback: (kind, text, draw) =>
    kind === 'odd-members' ? withOddCallback(text, draw, privateKey) : varyCallback(kind, text, privateKey),
  methodOf: (callback) => String((JSON.parse(callback) as JsonRecord).method),
  forgeries: new Set(['bad-signature', 'wrong-uuid', 'tampered-field', 'garbage']),
})

const varyResponse = (kind: WireVariantKind, text: string, privateKey: KeyObject): string => {
  const envelope = JSON.parse(text)
  const part = (envelope.result ?? envelope.error?.error) as Signed | undefined
  if (!part) return text
  // Another call's answer is well signed: only the uuid tells.
  const changed =
    kind === 'wrong-uuid' ? resign({ ...part, uuid: randomUUID() }, privateKey) : vary(kind, part, privateKey)
  if (envelope.result) return write(kind, { ...envelope, result: changed })
  return write(kind, { ...envelope, error: { ...envelope.error, error: changed } })
}

const varyCallback = (kind: WireVariantKind, text: string, privateKey: KeyObject): string => {
  const { params, ...envelope } = JSON.parse(text)
  const { method, ...changed } = vary(kind, { ...params, method: envelope.method }, privateKey)
  return write(kind, { ...envelope, method, params: changed })
}

const withOddCallback = (text: string, draw: Draw, privateKey: KeyObject): string => {
  const { params, ...envelope } = JSON.parse(text)
  const data = withOddMembers(envelope.method, params.data, draw)
  const { method, ...changed } = resign({ ...params, method: envelope.method, data }, privateKey)
  return JSON.stringify({ ...envelope, method, params: changed })
}

const vary = (kind: WireVariantKind, part: Signed, privateKey: KeyObject): Signed => {
  switch (kind) {
    case 'bad-signature':
      return { ...part, signature: part.signature.replace(/.(?=.{20}$)/, (digit) => (digit === 'A' ? 'B' : 'A')) }
    case 'wrong-uuid':
      return { ...part, uuid: randomUUID() }
    case 'tampered-field':
      return { ...part, data: eachRecord(part.data, tamper) }
    case 'unknown-fields':
      return resign({ ...part, data: eachRecord(part.data, withUnknown) }, privateKey)
    case 'nulls':
      return resign({ ...part, data: eachRecord(part.data, withNulls) }, privateKey)
    case 'unknown-method':
      return resign({ ...part, method: 'futurenotification' }, privateKey)
    case 'rs512':
      return { ...part, signature: signatureOf(part, privateKey, 'RS512') }
    case 'shuffled-members':
    case 'escapes':
    case 'numbers':
    case 'odd-members':
      return part
    default:
      return kind satisfies never
  }
}

/** What changes only the writing. */
const write = (kind: WireVariantKind, envelope: JsonRecord): string => {
  if (kind === 'shuffled-members') return JSON.stringify(reversed(envelope))
  const text = JSON.stringify(envelope)
  if (kind === 'numbers') return text.replace(/(?<=:)"((?:0|[1-9]\d*)(?:\.\d+)?)"/g, '$1')
  if (kind === 'escapes')
    return text.replace(/("(?:[^"\\]|\\.)*")(:?)/g, (found, literal, colon) => (colon ? found : escapeLiteral(literal)))
  return text
}

const escapeLiteral = (literal: string): string =>
  `"${literal.slice(1, -1).replace(/\\.|^[^\\]|[^ -~]|\//g, (found) => (found.startsWith('\\') ? found : unicode(found)))}"`

const unicode = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

const reversed = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  )
}

/** Some answers are a list of rows. */
const eachRecord = (data: Json, changed: (record: JsonRecord) => JsonRecord): Json => {
  if (Array.isArray(data)) return data.map((row) => eachRecord(row, changed))
  return isRecord(data) ? changed(data) : data
}

const isRecord = (data: Json): data is JsonRecord => typeof data === 'object' && data !== null && !Array.isArray(data)

// The member whose change would pay best.
const worthwhile = ['amount', 'url', 'orderid', 'code', 'result']

const tamper = (record: JsonRecord): JsonRecord => {
  const name = worthwhile.find((one) => one in record) ?? 'amount'
  const old = record[name]
  return { ...record, [name]: typeof old === 'number' ? old + 1 : `9${old ?? ''}` }
}

const withUnknown = (record: JsonRecord): JsonRecord => ({
  ...record,
  futurefield: 'new',
  futureobject: { nested: 'new' },
})

const withNulls = (record: JsonRecord): JsonRecord => ({
  ...Object.fromEntries(Object.entries(record).map(([name, value]) => [name, isEmpty(value) ? null : value])),
  futurefield: null,
})

const isEmpty = (value: Json): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0

const resign = (part: Signed, privateKey: KeyObject): Signed => {
  const hash = readSignature(part.signature)?.hash ?? 'SHA1'
  return { ...part, signature: signatureOf(part, privateKey, hash) }
}

const signatureOf = ({ method, uuid, data }: Signed, privateKey: KeyObject, hash: Parameters<typeof sign>[2]): string =>
  sign({ method, uuid, data: parseJson(JSON.stringify(data)) }, privateKey, hash)
