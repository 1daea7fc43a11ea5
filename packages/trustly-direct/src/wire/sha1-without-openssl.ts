import type { KeyObject } from 'node:crypto'
import { createRequire } from 'node:module'
import type Forge from 'node-forge'

/** node-forge, loaded on first use: few hosts need it, and verification must stay synchronous. */
export const loadForge = (): typeof Forge => createRequire(import.meta.url)('node-forge') as typeof Forge

/**
 * RSASSA-PKCS1-v1_5 with SHA-1 in plain JavaScript, for hosts whose OpenSSL refuses SHA-1 (RHEL 9, FIPS). About eighty times slower
 * than OpenSSL, and blocking. The bytes are the same: the scheme is deterministic.
 */
export const signWithForge = (bytes: Buffer, key: KeyObject): Buffer =>
  Buffer.from(forgePrivateKey(key).sign(sha1(bytes)), 'latin1')

/** Whether `signature`, as long as the key's modulus, was made over `bytes`. */
export const verifyWithForge = (bytes: Buffer, key: KeyObject, signature: Buffer): boolean => {
  try {
    return forgePublicKey(key).verify(sha1(bytes).digest().getBytes(), signature.toString('latin1'))
  } catch {
    // node-forge throws where OpenSSL returns false: the padding or the DigestInfo was not made with this key.
    return false
  }
}

const sha1 = (bytes: Buffer): Forge.md.MessageDigest => loadForge().md.sha1.create().update(bytes.toString('latin1'))

const privateKeys = new WeakMap<KeyObject, Forge.pki.rsa.PrivateKey>()
const publicKeys = new WeakMap<KeyObject, Forge.pki.rsa.PublicKey>()

const forgePrivateKey = (key: KeyObject): Forge.pki.rsa.PrivateKey => {
  const known = privateKeys.get(key)
  if (known !== undefined) return known
  const read = loadForge().pki.privateKeyFromPem(key.export({ type: 'pkcs8', format: 'pem' }).toString())
  privateKeys.set(key, read)
  return read
}

const forgePublicKey = (key: KeyObject): Forge.pki.rsa.PublicKey => {
  const known = publicKeys.get(key)
  if (known !== undefined) return known
  const read = loadForge().pki.publicKeyFromPem(
    key.export({ type: 'spki', format: 'pem' }).toString(),
  ) as Forge.pki.rsa.PublicKey
  publicKeys.set(key, read)
  return read
}
