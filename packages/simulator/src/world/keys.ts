import { createPublicKey, generateKeyPairSync } from 'node:crypto'

/** RSA keys as PEM. Generating a pair takes longer than a whole seed, so every world uses the same ones. */
export interface VendorKeys {
  readonly vendor: string
  readonly merchant: string
  /** The key that replaces the merchant's. */
  readonly nextMerchant: string
  readonly stranger: string
}

let keys: VendorKeys | undefined

/** The keys do not depend on the seed, and nothing in a trace depends on them. */
export const vendorKeys = (): VendorKeys => {
  keys ??= { vendor: newKey(), merchant: newKey(), nextMerchant: newKey(), stranger: newKey() }
  return keys
}

const newKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const halves = new Map<string, string>()

export const publicHalf = (privateKey: string): string => {
  const half = halves.get(privateKey) ?? createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
  halves.set(privateKey, half)
  return half
}
