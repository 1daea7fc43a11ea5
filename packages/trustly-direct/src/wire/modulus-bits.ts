import { createPublicKey, type KeyObject } from 'node:crypto'

/**
 * The number of bits of an RSA key, private or public. Read from its DER, because `asymmetricKeyDetails` ends the process (seen with
 * Node.js 20) where OpenSSL's policy refuses RSA and node-forge replaces it.
 */
export const modulusBits = (key: KeyObject): number => {
  const known = bitsOf.get(key)
  if (known !== undefined) return known
  const bits = readBits((key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' }))
  bitsOf.set(key, bits)
  return bits
}

const bitsOf = new WeakMap<KeyObject, number>()

// RFC 8017, A.1.1: SEQUENCE { SEQUENCE algorithm, BIT STRING { SEQUENCE { INTEGER modulus, INTEGER exponent } } }
const readBits = (spki: Buffer): number => {
  const algorithm = element(spki, element(spki, 0).start)
  const key = element(spki, element(spki, algorithm.end).start + 1)
  const modulus = element(spki, key.start)
  const bytes = spki.subarray(modulus.start, modulus.end)
  const first = bytes.findIndex((byte) => byte !== 0)
  return first === -1 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes.readUInt8(first)) + 24
}

/** The start and the end of the content of the element at `at`. */
const element = (der: Buffer, at: number): { readonly start: number; readonly end: number } => {
  const length = der.readUInt8(at + 1)
  if (length < 0x80) return { start: at + 2, end: at + 2 + length }
  const start = at + 2 + (length & 0x7f)
  return { start, end: start + der.readUIntBE(at + 2, length & 0x7f) }
}
