import type { KeyObject } from 'node:crypto'
import type { Digest, Platform } from '../../platform/platform.ts'
import { type CanonicalRules, canonicalForm, canonicalParts, vendorRules } from './canonical-form.ts'
import type { JsonNode } from './raw-json.ts'

/** The hashes of Trustly's signatures. SHA1 has no prefix; the others are written `alg=RS256;` before the base64. */
export type Hash = 'SHA1' | 'RS256' | 'RS384' | 'RS512'

/** The signed parts of a message. An error outside any call has neither method nor UUID. */
export interface Message {
  readonly method: string | null
  readonly uuid: string | null
  readonly data: JsonNode
}

export const digestNames = {
  SHA1: 'sha1',
  RS256: 'sha256',
  RS384: 'sha384',
  RS512: 'sha512',
} as const satisfies Record<Hash, Digest>

const hashOf = new Map<string, Hash>([
  ['alg=RS256;', 'RS256'],
  ['alg=RS384;', 'RS384'],
  ['alg=RS512;', 'RS512'],
])
const prefixLength = 'alg=RS256;'.length
const base64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** method + UUID + canonical data, without separators; null counts as empty. */
export const plaintext = ({ method, uuid, data }: Message, rules: CanonicalRules = vendorRules): string =>
  `${method ?? ''}${uuid ?? ''}${canonicalForm(data, rules)}`

/** The same text in its parts. */
export const plainParts = ({ method, uuid, data }: Message): readonly string[] => [
  method ?? '',
  uuid ?? '',
  ...canonicalParts(data),
]

/** The hash and the bytes of a signature; undefined for an unknown prefix and for text that is not base64. */
export const readSignature = (text: string): { readonly hash: Hash; readonly bytes: Buffer } | undefined => {
  const hash = hashOf.get(text.slice(0, prefixLength))
  const encoded = hash ? text.slice(prefixLength) : text
  return base64.test(encoded) ? { hash: hash ?? 'SHA1', bytes: Buffer.from(encoded, 'base64') } : undefined
}

/** Makes and checks signatures. */
export interface Signatures {
  /** RSASSA-PKCS1-v1_5 over the UTF-8 plaintext, base64, with the hash's prefix. */
  readonly sign: (message: Message, privateKey: KeyObject, hash: Hash) => string
  readonly verify: (message: Message, signature: string, publicKey: KeyObject, rules?: CanonicalRules) => boolean
}

export const createSignatures = ({ sign, verify }: Pick<Platform, 'sign' | 'verify'>): Signatures => ({
  sign: (message, privateKey, hash) => {
    const signature = sign(digestNames[hash], Buffer.from(plaintext(message)), privateKey).toString('base64')
    return hash === 'SHA1' ? signature : `alg=${hash};${signature}`
  },
  verify: (message, signature, publicKey, rules = vendorRules) => {
    const read = readSignature(signature)
    if (!read) return false
    return verify(digestNames[read.hash], Buffer.from(plaintext(message, rules)), publicKey, read.bytes)
  },
})

/** Signs a message with the vendor's key. */
export type SignMessage = (message: Message, hash: Hash) => string
