import { type KeyObject, sign as rsaSign, verify as rsaVerify } from 'node:crypto'
import { type Either, left, right } from '@railswitch/core/provider'
import { canonicalBytes } from './canonical-form.ts'
import type { JsonValue } from './json-text.ts'
import { modulusBits } from './modulus-bits.ts'
import { signWithForge, verifyWithForge } from './sha1-without-openssl.ts'

/** What a Trustly signature covers. `method` and `uuid` are null in responses to requests that Trustly could not read. */
export interface Signed {
  readonly method: string | null
  readonly uuid: string | null
  readonly data: JsonValue
}

/** The hash of a signature: `sha1` is what Trustly documents; the others have an `alg=` prefix. */
export type SignatureHash = 'sha1' | 'rs256' | 'rs384' | 'rs512'

/** An RSA private key and the hash to sign with. */
export interface SigningKey {
  readonly key: KeyObject
  readonly hash: SignatureHash
}

/** The trusted public keys, tried in turn (rotation), and the weakest hash to accept, by default `sha1`. */
export interface Trusted {
  readonly keys: readonly KeyObject[]
  readonly minimumHash?: SignatureHash
}

export type SignatureFault = 'unknown_algorithm' | 'malformed_signature' | 'weak_hash' | 'wrong_signature'

/**
 * Signs on the calling thread: `base64(RSASSA-PKCS1-v1_5(hash, UTF-8(method + uuid + canonical data)))`, with its
 * prefix. The same input gives the same bytes, so a repeated request is identical.
 * @see https://docs.trustly.com/api/authentication read 2026-11-21
 */
export const signSync = (message: Signed, own: SigningKey): Either<'cannot_sign', string> => {
  const bytes = signedBytes(message)
  try {
    const signature = rsaSign(hashNames[own.hash], bytes, own.key)
    proven[own.hash].add(own.key)
    return right(writtenSignature(signature, own.hash))
  } catch {
    return signAnyway(bytes, own)
  }
}

/**
 * The same bytes as `signSync`. A signature that is alone is made on this thread, because the way to the thread pool and back takes about
 * a quarter of its time; several at once are made on the pool. Never rejects.
 */
export const sign = (message: Signed, own: SigningKey): Promise<Either<'cannot_sign', string>> => {
  if (isProven(own) && (signedThisTurn || signaturesOnPool > 0)) return signOnPool(signedBytes(message), own)
  if (!signedThisTurn) setImmediate(() => (signedThisTurn = false))
  signedThisTurn = true
  return Promise.resolve(signSync(message, own))
}

/** In this turn of the event loop, on this thread. */
let signedThisTurn = false
let signaturesOnPool = 0

/**
 * The hash of a genuine signature over exactly this message, or why the signature is refused. A signature without `alg=` is
 * SHA-1 and nothing else; an unknown `alg=` is refused, never read as SHA-1. It proves the text, not its structure (see
 * `canonicalForm`): check names and types afterwards.
 */
export const verify = (message: Signed, signature: string, trusted: Trusted): Either<SignatureFault, SignatureHash> => {
  const hash = hashOf(signature)
  if (hash === undefined) return left('unknown_algorithm')
  if (strength.indexOf(hash) < strength.indexOf(trusted.minimumHash ?? 'sha1')) return left('weak_hash')
  const encoded = signature.slice(prefixes[hash].length)
  // A sender who is not verified yet cannot make us decode more than the length of a signature.
  const received = trusted.keys.some((key) => encodedLength(key) === encoded.length) ? strictBase64(encoded) : undefined
  const keys = trusted.keys.filter((key) => signatureLength(key) === received?.length)
  if (received === undefined || keys.length === 0) return left('malformed_signature')
  const bytes = signedBytes(message)
  return keys.some((key) => isSignedBy(key, bytes, received, hash)) ? right(hash) : left('wrong_signature')
}

const strength: readonly SignatureHash[] = ['sha1', 'rs256', 'rs384', 'rs512']
/** The names of the hashes in `node:crypto`. */
export const hashNames = { sha1: 'sha1', rs256: 'sha256', rs384: 'sha384', rs512: 'sha512' } as const
const prefixes = { sha1: '', rs256: 'alg=RS256;', rs384: 'alg=RS384;', rs512: 'alg=RS512;' } as const

/** What is signed: `UTF-8(method + uuid + canonical data)`. */
export const signedBytes = ({ method, uuid, data }: Signed): Buffer =>
  canonicalBytes((method ?? '') + (uuid ?? ''), data)

/** A signature as Trustly reads it: base64 after the prefix of its hash. */
export const writtenSignature = (signature: Uint8Array, hash: SignatureHash): string =>
  prefixes[hash] + Buffer.from(signature).toString('base64')

// Node.js 20.19 aborts the process when OpenSSL refuses on the thread pool (seen with 20.19.0, not with 20.20.2): only a
// key that has signed with this hash on the calling thread is used there.
const proven: { readonly [H in SignatureHash]: WeakSet<KeyObject> } = {
  sha1: new WeakSet(),
  rs256: new WeakSet(),
  rs384: new WeakSet(),
  rs512: new WeakSet(),
}

const isProven = ({ key, hash }: SigningKey): boolean => proven[hash].has(key)

const signOnPool = (bytes: Buffer, own: SigningKey): Promise<Either<'cannot_sign', string>> =>
  new Promise((resolve) => {
    signaturesOnPool += 1
    rsaSign(hashNames[own.hash], bytes, own.key, (error, signature) => {
      signaturesOnPool -= 1
      resolve(error === null ? right(writtenSignature(signature, own.hash)) : signAnyway(bytes, own))
    })
  })

// With an RSA key and bytes, OpenSSL refuses only by policy, and each distribution has its own error code for it.
const signAnyway = (bytes: Buffer, { key, hash }: SigningKey): Either<'cannot_sign', string> => {
  if (hash !== 'sha1') return left('cannot_sign')
  try {
    return right(writtenSignature(signWithForge(bytes, key), hash))
  } catch {
    return left('cannot_sign')
  }
}

const hashOf = (signature: string): SignatureHash | undefined => {
  // Only at the start: one SHA-1 signature in 16,384 ends in `alg==`, which is base64.
  if (!signature.startsWith('alg=')) return 'sha1'
  return strength.find((hash) => hash !== 'sha1' && signature.startsWith(prefixes[hash]))
}

const strictBase64 = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

const signatureLength = (key: KeyObject): number => Math.ceil(modulusBits(key) / 8)

const encodedLength = (key: KeyObject): number => Math.ceil(signatureLength(key) / 3) * 4

const isSignedBy = (key: KeyObject, bytes: Buffer, signature: Buffer, hash: SignatureHash): boolean => {
  try {
    return rsaVerify(hashNames[hash], bytes, key, signature)
  } catch {
    return hash === 'sha1' && verifyWithForge(bytes, key, signature)
  }
}
