import { constants, createPublicKey, type KeyObject, publicDecrypt, verify as rsaVerify } from 'node:crypto'
import { unescape as unescapePercents } from 'node:querystring'
import { modulusBits } from '../wire/modulus-bits.ts'
import type { SignatureMistake } from './common-mistake.ts'

/** A hash by its name in `node:crypto`. Trustly accepts `sha1`, and the three that have a prefix. */
export type HashName = 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'md5' | 'sha224'

/** The digest that was signed, and its hash. */
export interface SignedDigest {
  readonly hash: HashName
  readonly digest: Buffer
  readonly mistakes: readonly SignatureMistake[]
}

const prefix = /^alg=RS(256|384|512);/

/** The hash that a signature's prefix claims, and its bytes, in whatever encoding they are written. */
export const readSignatureValue = (
  signature: string,
): { readonly claimed: HashName; readonly bytes: Buffer; readonly mistakes: readonly SignatureMistake[] } => {
  const [known, bits] = prefix.exec(signature) ?? []
  const odd = known === undefined ? (/^alg=[^;]*;/i.exec(signature)?.[0] ?? '') : ''
  const value = signature.slice((known ?? odd).length)
  const { bytes, mistake } = decoded(value)
  return {
    claimed: bits === undefined ? 'sha1' : (`sha${bits}` as HashName),
    bytes,
    mistakes: [
      ...(odd === '' ? [] : [unknownPrefix]),
      ...(mistake === null
        ? []
        : [{ code: 'signature_spelling', rule: mistake, fix: 'write it in base64, on one line' }]),
    ],
  }
}

const unknownPrefix: SignatureMistake = {
  code: 'unknown_prefix',
  rule: 'the signature begins with a prefix that Trustly does not know',
  fix: 'write exactly alg=RS256;, alg=RS384; or alg=RS512;, or nothing for SHA-1',
}

const decoded = (value: string): { readonly bytes: Buffer; readonly mistake: string | null } => {
  // Before base64, whose alphabet includes all of these.
  if (/^([0-9a-f]{2})+$/i.test(value)) return { bytes: Buffer.from(value, 'hex'), mistake: 'the signature is in hex' }
  const bytes = Buffer.from(value, 'base64')
  if (bytes.toString('base64') === value) return { bytes, mistake: null }
  if (/%[0-9a-f]{2}/i.test(value))
    return { bytes: Buffer.from(unescapePercents(value), 'base64'), mistake: 'the signature is percent-encoded' }
  if (/\s/.test(value)) return { bytes, mistake: 'the signature has white space or line breaks in it' }
  if (/[-_]/.test(value)) return { bytes, mistake: 'the signature is in the alphabet of URLs (base64url)' }
  return { bytes, mistake: 'the signature is not strict base64' }
}

/** Decrypts the signature with a public key: the signed digest, or null if the key is not the signer's. */
export const recoverDigest = (bytes: Buffer, key: KeyObject): SignedDigest | null => {
  if (bytes.length !== Math.ceil(modulusBits(key) / 8)) return null
  try {
    return readDigestInfo(publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, bytes))
  } catch {
    return null
  }
}

// RFC 8017, 9.2: SEQUENCE { SEQUENCE { OID, NULL }, OCTET STRING }. The lengths distinguish the hashes.
const digestInfos: { readonly [length: number]: readonly [HashName, number] } = {
  34: ['md5', 16],
  35: ['sha1', 20],
  47: ['sha224', 28],
  51: ['sha256', 32],
  67: ['sha384', 48],
  83: ['sha512', 64],
}
const bareDigests: { readonly [length: number]: HashName } = {
  16: 'md5',
  20: 'sha1',
  32: 'sha256',
  48: 'sha384',
  64: 'sha512',
}

const readDigestInfo = (signed: Buffer): SignedDigest | null => {
  const [hash, length] = digestInfos[signed.length] ?? []
  if (hash !== undefined && length !== undefined)
    return { hash, digest: signed.subarray(-length), mistakes: hash === 'md5' || hash === 'sha224' ? [weakHash] : [] }
  const bare = bareDigests[signed.length]
  return bare === undefined ? null : { hash: bare, digest: signed, mistakes: [noDigestInfo] }
}

const weakHash: SignatureMistake = {
  code: 'wrong_hash',
  rule: 'the hash is not one that Trustly accepts',
  fix: 'use SHA-1, or SHA-256 with the prefix alg=RS256;',
}
const noDigestInfo: SignatureMistake = {
  code: 'no_digest_info',
  rule: 'the bare hash is encrypted, not signed',
  fix: 'use a signing function (RSASSA-PKCS1-v1_5), which includes the name of the hash',
}

/** Whether the signature is PSS over this text. PSS hides the digest, so only a whole text can be tried. */
export const isPssOver = (text: Buffer, bytes: Buffer, key: KeyObject): boolean =>
  (['sha1', 'sha256', 'sha384', 'sha512'] as const).some((hash) => {
    try {
      const options = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
      return rsaVerify(hash, text, { key: key.type === 'private' ? createPublicKey(key) : key, ...options }, bytes)
    } catch {
      return false
    }
  })

/** A prefix that does not fit the hash. */
export const prefixMistakes = (hash: HashName, claimed: HashName): readonly SignatureMistake[] => {
  if (hash === claimed || hash === 'md5' || hash === 'sha224') return []
  const name = hash.replace('sha', 'SHA-')
  if (claimed === 'sha1')
    return [
      {
        code: 'prefix_missing',
        rule: `it is made with ${name}, but has no prefix: without one it is read as SHA-1`,
        fix: `write alg=RS${hash.slice(3)}; before it, or sign with SHA-1`,
      },
    ]
  return [
    {
      code: 'wrong_prefix',
      rule: `it is made with ${name}, but its prefix says ${claimed.replace('sha', 'SHA-')}`,
      fix: hash === 'sha1' ? 'leave the prefix out for SHA-1' : `write alg=RS${hash.slice(3)}; before it`,
    },
  ]
}
