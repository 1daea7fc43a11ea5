import type { Draw } from '../../chaos/random.ts'
import type { WireVariantKind, WireVariants } from '../../chaos/wire-variants.ts'
import type { Random } from '../../platform/platform.ts'
import { randomUuid } from '../../platform/random.ts'
import { parseJson } from '../signing/raw-json.ts'
import { type Hash, readSignature, type SignMessage } from '../signing/signature.ts'
import type { JsonData, JsonValue } from '../wire/envelope.ts'
import { withNullMembers, withOddMembers } from './odd-members.ts'

/** The signed part of a message: `result`, the inner `error`, or a notification's `params`. */
interface Signed {
  readonly signature: string
  readonly method: string | null
  readonly uuid: string | null
  readonly data: JsonValue
}

/** The vendor's signature and its UUIDs. */
interface Issuer {
  readonly sign: SignMessage
  readonly random: Random
}

/** Variants of Trustly's JSON-RPC messages. The canonical form sorts the members, and uses the characters behind escapes
 *  and the digits of numbers, so the signature stays valid in variants of those three. */
export const createTrustlyWireVariants = (issuer: Issuer): WireVariants => ({
  varyResponse: (kind, text) => varyResponse(kind, text, issuer),
  varyCallback: (kind, text, draw) =>
    kind === 'odd-members' ? withOddCallback(text, draw, issuer) : varyCallback(kind, text, issuer),
  methodOf: (callback) => String((JSON.parse(callback) as JsonData).method),
  forgeries: new Set(['bad-signature', 'wrong-uuid', 'tampered-field', 'garbage']),
})

const varyResponse = (kind: WireVariantKind, text: string, issuer: Issuer): string => {
  const envelope = JSON.parse(text)
  const part = (envelope.result ?? envelope.error?.error) as Signed | undefined
  if (!part) return text
  // The response to another call is correctly signed; only the uuid differs.
  const changed =
    kind === 'wrong-uuid' ? resign({ ...part, uuid: randomUuid(issuer.random) }, issuer) : vary(kind, part, issuer)
  if (envelope.result) return write(kind, { ...envelope, result: changed })
  return write(kind, { ...envelope, error: { ...envelope.error, error: changed } })
}

const varyCallback = (kind: WireVariantKind, text: string, issuer: Issuer): string => {
  const { params, ...envelope } = JSON.parse(text)
  const sent = kind === 'nulls' ? { ...params, data: withNullMembers(envelope.method, params.data) } : params
  const { method, ...changed } = vary(kind, { ...sent, method: envelope.method }, issuer)
  return write(kind, { ...envelope, method, params: changed })
}

const withOddCallback = (text: string, draw: Draw, issuer: Issuer): string => {
  const { params, ...envelope } = JSON.parse(text)
  const data = withOddMembers(envelope.method, params.data, draw)
  const { method, ...changed } = resign({ ...params, method: envelope.method, data }, issuer)
  return JSON.stringify({ ...envelope, method, params: changed })
}

const vary = (kind: WireVariantKind, part: Signed, issuer: Issuer): Signed => {
  switch (kind) {
    case 'bad-signature':
      return { ...part, signature: part.signature.replace(/.(?=.{20}$)/, (digit) => (digit === 'A' ? 'B' : 'A')) }
    case 'wrong-uuid':
      return { ...part, uuid: randomUuid(issuer.random) }
    case 'tampered-field':
      return { ...part, data: eachRecord(part.data, tamper) }
    case 'unknown-fields':
      return resign({ ...part, data: eachRecord(part.data, withUnknown) }, issuer)
    case 'nulls':
      return resign({ ...part, data: eachRecord(part.data, withNulls) }, issuer)
    case 'unknown-method':
      return resign({ ...part, method: 'futurenotification' }, issuer)
    case 'rs512':
      return { ...part, signature: signatureOf(part, issuer, 'RS512') }
    case 'shuffled-members':
    case 'escapes':
    case 'numbers':
    case 'odd-members':
      return part
    default:
      return kind satisfies never
  }
}

/** Writes the message, with the variants that change the text but not the data. */
const write = (kind: WireVariantKind, envelope: JsonData): string => {
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

const reversed = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  )
}

/** The data of some responses is a list of rows. */
const eachRecord = (data: JsonValue, changed: (record: JsonData) => JsonData): JsonValue => {
  if (Array.isArray(data)) return data.map((row) => eachRecord(row, changed))
  return isRecord(data) ? changed(data) : data
}

const isRecord = (data: JsonValue): data is JsonData =>
  typeof data === 'object' && data !== null && !Array.isArray(data)

// The members that a forger would change, the most valuable first.
const tamperTargets = ['amount', 'url', 'orderid', 'code', 'result']

const tamper = (record: JsonData): JsonData => {
  const name = tamperTargets.find((one) => one in record) ?? 'amount'
  const old = record[name]
  return { ...record, [name]: typeof old === 'number' ? old + 1 : `9${old ?? ''}` }
}

const withUnknown = (record: JsonData): JsonData => ({
  ...record,
  futurefield: 'new',
  futureobject: { nested: 'new' },
})

const withNulls = (record: JsonData): JsonData => ({
  ...Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, isEmpty(value) || name === 'eta' ? null : value]),
  ),
  // Charge and CancelCharge.
  ...(record.result === '1' && { rejected: null }),
  futurefield: null,
})

const isEmpty = (value: JsonValue): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

const resign = (part: Signed, issuer: Issuer): Signed => {
  const hash = readSignature(part.signature)?.hash ?? 'SHA1'
  return { ...part, signature: signatureOf(part, issuer, hash) }
}

const signatureOf = ({ method, uuid, data }: Signed, { sign }: Issuer, hash: Hash): string =>
  sign({ method, uuid, data: parseJson(JSON.stringify(data)) }, hash)
