import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { type Either, isLeft, left, right } from '@railswitch/core/provider'
import { type KeyMistake, keyMistake } from '../wire/key-mistake.ts'
import { modulusBits } from '../wire/modulus-bits.ts'
import { isPublishedTestKey, isTrustlyKey } from '../wire/published-keys.ts'
import { readPrivateKey, readPublicKeys } from '../wire/rsa-keys.ts'

/** What a key is, without its private part. */
export interface KeyDescription {
  readonly kind: 'private' | 'public'
  readonly bits: number
  /** SHA-256 of the public half (SPKI in DER), in hex: equal for both halves of a pair. */
  readonly fingerprint: string
  /** `trustly:test`, `trustly:live`: a key of Trustly's own. `tests`: a pair that is published for tests. Null: none of them. */
  readonly published: 'trustly:test' | 'trustly:live' | 'tests' | null
  /** The public half as PEM. */
  readonly publicKey: string
}

/** Reads an RSA key, PEM or JWK, as text. Left: the mistake, with its fix. */
export const describeKey = (text: string, passphrase?: string): Either<KeyMistake, KeyDescription> => {
  const keys = readPublicKeys(text)
  if (!isLeft(keys)) {
    const [key] = keys.right
    return key === undefined ? left(keyMistake('not_a_key')) : right(described(key, 'public'))
  }
  if (keys.left.code !== 'private_for_public') return keys
  const own = readPrivateKey(text, passphrase)
  return isLeft(own) ? own : right(described(createPublicKey(own.right), 'private'))
}

const described = (key: KeyObject, kind: KeyDescription['kind']): KeyDescription => ({
  kind,
  bits: modulusBits(key),
  fingerprint: createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex'),
  published: publishedName(key),
  publicKey: key.export({ type: 'spki', format: 'pem' }).toString(),
})

const publishedName = (key: KeyObject): KeyDescription['published'] => {
  if (isTrustlyKey(key, 'test')) return 'trustly:test'
  if (isTrustlyKey(key, 'live')) return 'trustly:live'
  return isPublishedTestKey(key) ? 'tests' : null
}
