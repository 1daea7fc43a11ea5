import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { type Either, either, isLeft, left, pipe, right } from '@railswitch/core/provider'
import { isJsonObject, type JsonObject, parseJson } from './json-text.ts'
import { type KeyMistake, type KeyMistakeCode, keyMistake } from './key-mistake.ts'
import { modulusBits } from './modulus-bits.ts'
import { type PemBlock, pemBlocks } from './pem-block.ts'
import { loadForge } from './sha1-without-openssl.ts'
import { type SignatureHash, signSync, verify } from './signature.ts'

type Read = Either<KeyMistake, KeyObject>

/**
 * Reads an RSA private key of at least 2048 bits, once, for `sign`: PKCS#1, PKCS#8, both also encrypted, or JWK.
 * `text` is the contents, not a path. It signs a probe with `hash`, to prove that the key can sign on this host.
 * node-forge reads only what OpenSSL refuses (single DES, a wrong BEGIN line).
 * @see https://docs.trustly.com/api/authentication read 2026-11-21
 */
export const readPrivateKey = (text: string, passphrase?: string, hash: SignatureHash = 'sha1'): Read =>
  pipe(
    privateKeyIn(text, passphrase === '' ? undefined : passphrase),
    either.flatMap(usable),
    either.flatMap((key) => selfTested(key, hash)),
  )

/**
 * Reads RSA public keys of at least 2048 bits, for `verify`: SPKI, PKCS#1, or one JWK; a PEM text may hold several.
 * Never derived from a private key.
 */
export const readPublicKeys = (text: string): Either<KeyMistake, readonly KeyObject[]> => {
  const found = publicKeysIn(text).map(either.flatMap(usable))
  const mistaken = found.find(isLeft)
  return mistaken ?? right(found.flatMap((key) => (isLeft(key) ? [] : [key.right])))
}

const usable = (key: KeyObject): Read => {
  if (key.asymmetricKeyType !== 'rsa') return left(keyMistake('not_rsa'))
  return modulusBits(key) < 2048 ? left(keyMistake('too_short')) : right(key)
}

// A key with an altered character inside a number can be read, but signs wrongly.
const selfTested = (key: KeyObject, hash: SignatureHash): Read => {
  const message = { method: null, uuid: null, data: 'self-test' }
  const signature = signSync(message, { key, hash })
  if (isLeft(signature)) return left(keyMistake(hash === 'sha1' ? 'damaged' : 'cannot_sign'))
  const sound = !isLeft(verify(message, signature.right, { keys: [createPublicKey(key)] }))
  return sound ? right(key) : left(keyMistake('damaged'))
}

const privateKeyIn = (text: string, passphrase: string | undefined): Read => {
  const found = keysIn(text, 'PRIVATE KEY')
  if ('jwk' in found) return 'd' in found.jwk ? privateJwk(found.jwk) : left(keyMistake('public_for_private'))
  if ('code' in found) return left(found)
  const [{ label, encrypted, pem }] = found
  if (label.endsWith('PUBLIC KEY')) return left(keyMistake('public_for_private'))
  if (!encrypted) return firstOf([() => createPrivateKey(pem), () => forgePrivateKey(pem)], 'damaged')
  if (passphrase === undefined) return left(keyMistake('passphrase_missing'))
  return firstOf(
    [() => createPrivateKey({ key: pem, passphrase }), () => forgePrivateKey(pem, passphrase)],
    'passphrase_wrong',
  )
}

const publicKeysIn = (text: string): readonly Read[] => {
  const found = keysIn(text, 'PUBLIC KEY')
  if ('jwk' in found) return ['d' in found.jwk ? left(keyMistake('private_for_public')) : publicJwk(found.jwk)]
  if ('code' in found) return [left(found)]
  return found.map(({ label, pem }) =>
    label.endsWith('PRIVATE KEY')
      ? left(keyMistake('private_for_public'))
      : firstOf([() => createPublicKey(pem), () => forgePublicKey(pem)], 'damaged'),
  )
}

type KeysInText = readonly [PemBlock, ...PemBlock[]] | { readonly jwk: JsonObject } | KeyMistake

/** The blocks of the wanted kind, or the first block that is a key at all; a file may hold a certificate too. */
const keysIn = (text: string, wanted: 'PRIVATE KEY' | 'PUBLIC KEY'): KeysInText => {
  const trimmed = text.trim()
  if (trimmed === '') return keyMistake('missing')
  if (trimmed.startsWith('{')) return jwkIn(trimmed)
  const blocks = pemBlocks(trimmed)
  const [first = blocks.find(({ label }) => label.endsWith(' KEY')), ...more] = blocks.filter(({ label }) =>
    label.endsWith(wanted),
  )
  if (first === undefined) return keyMistake(blocks.some(isCertificate) ? 'certificate' : 'not_a_key')
  return first.label.startsWith('OPENSSH') ? keyMistake('openssh') : [first, ...more]
}

const isCertificate = ({ label }: PemBlock): boolean => label.includes('CERTIFICATE')

const jwkIn = (text: string): { readonly jwk: JsonObject } | KeyMistake => {
  const parsed = parseJson(text)
  if (isLeft(parsed) || !isJsonObject(parsed.right) || typeof parsed.right.kty !== 'string')
    return keyMistake('not_a_key')
  return parsed.right.kty === 'RSA' ? { jwk: parsed.right } : keyMistake('not_rsa')
}

const privateJwk = (jwk: JsonObject): Read =>
  firstOf([() => createPrivateKey({ key: { ...jwk }, format: 'jwk' })], 'damaged')

const publicJwk = (jwk: JsonObject): Read =>
  firstOf([() => createPublicKey({ key: { ...jwk }, format: 'jwk' })], 'damaged')

// The errors of OpenSSL and node-forge are dropped on purpose: they differ by version and may quote the key.
const firstOf = (readers: readonly (() => KeyObject)[], code: KeyMistakeCode): Read => {
  for (const read of readers) {
    try {
      return right(read())
    } catch {}
  }
  return left(keyMistake(code))
}

const forgePrivateKey = (pem: string, passphrase?: string): KeyObject => {
  const { pki, util } = loadForge()
  const key =
    passphrase === undefined ? pki.privateKeyFromPem(pem) : pki.decryptRsaPrivateKey(pem, util.encodeUtf8(passphrase))
  return createPrivateKey(pki.privateKeyToPem(key))
}

const forgePublicKey = (pem: string): KeyObject => {
  const { pki } = loadForge()
  return createPublicKey(pki.publicKeyToPem(pki.publicKeyFromPem(pem)))
}
