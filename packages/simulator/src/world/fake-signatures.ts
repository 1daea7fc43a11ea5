import { createHmac, createPublicKey, type KeyObject } from 'node:crypto'

/** Signatures that cost microseconds: an HMAC whose key is the public key. Anybody could forge them; the simulated strangers do not. */
export const sign = (_hash: string, bytes: Uint8Array, privateKey: KeyObject): Buffer =>
  mac(bytes, publicHalf(privateKey))

export const verify = (_hash: string, bytes: Uint8Array, publicKey: KeyObject, signature: Uint8Array): boolean =>
  mac(bytes, publicKey).equals(signature)

/** As long as a signature with an RSA key of 2048 bits. */
const mac = (bytes: Uint8Array, publicKey: KeyObject): Buffer =>
  Buffer.alloc(256, createHmac('sha256', secretOf(publicKey)).update(bytes).digest())

const halves = new WeakMap<KeyObject, KeyObject>()
const secrets = new WeakMap<KeyObject, string>()

const publicHalf = (privateKey: KeyObject): KeyObject => {
  const known = halves.get(privateKey)
  if (known) return known
  const half = createPublicKey(privateKey)
  halves.set(privateKey, half)
  return half
}

const secretOf = (publicKey: KeyObject): string => {
  const known = secrets.get(publicKey)
  if (known !== undefined) return known
  const secret = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  secrets.set(publicKey, secret)
  return secret
}
