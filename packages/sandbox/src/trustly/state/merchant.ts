import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { changed, defaultSwitches, type TrustlySwitches } from './switches.ts'

/** A merchant account. Without a public key every call gets error 639. `publicKey` is PEM (SPKI); `password` is the API
 *  password. */
export interface TrustlyMerchantAccount {
  readonly username: string
  readonly password: string
  readonly publicKey?: string
  /** The initial balance, by currency: `{ SEK: '1000.00' }`. */
  readonly balance?: Readonly<Record<string, string>>
  readonly switches?: Partial<TrustlySwitches>
}

/** A merchant account with its private key: PEM, PKCS#8. */
export interface TrustlyMerchant {
  readonly username: string
  readonly password: string
  readonly publicKey: string
  readonly privateKey: string
}

/** An account in the vendor's records, with the key parsed once. The merchant may replace it. */
export interface Account {
  readonly username: string
  readonly password: string
  publicKey: KeyObject | undefined
  /** Ten digits: the merchant's id in ledgers. */
  readonly userId: string
  switches: TrustlySwitches
}

export const toAccount = ({ username, password, publicKey, switches }: TrustlyMerchantAccount): Account => {
  return {
    username,
    password,
    publicKey: publicKey === undefined ? undefined : readPublicKey(publicKey, username),
    userId: toId(username),
    switches: changed(defaultSwitches, switches ?? {}),
  }
}

/** Keeps each result: reading a key takes longer than the rest of a start. */
const once = <Key>(read: (pem: string) => Key): ((pem: string) => Key) => {
  const known = new Map<string, Key>()
  return (pem) => {
    const key = known.get(pem) ?? read(pem)
    known.set(pem, key)
    return key
  }
}

const parsePublicKey = once(createPublicKey)

/** The merchant's public key in PEM. Throws if it is not an RSA key. */
export const readPublicKey = (pem: string, username: string): KeyObject => {
  const key = parsePublicKey(pem)
  if (key.asymmetricKeyType !== 'rsa') throw new Error(`The public key of ${username} is not an RSA key.`)
  return key
}

/** Ten decimal digits, as all of Trustly's ids have today; always the same for the same text. */
export const toId = (text: string): string => {
  const number = createHash('sha256').update(text).digest().readBigUInt64BE()
  return String(1_000_000_000n + (number % 9_000_000_000n))
}

export interface Keys {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

/** The pair of a private key in PEM; without one a new pair of 2048 bits, the size that the vendor documents. */
export const createKeys = async (pem?: string): Promise<Keys> =>
  pem === undefined ? promisify(generateKeyPair)('rsa', { modulusLength: 2048 }) : readKeys(pem)

/** The pair of a private key in PEM. Throws if it is not an RSA key. */
export const readKeys = once((pem: string): Keys => {
  const privateKey = createPrivateKey(pem)
  if (privateKey.asymmetricKeyType !== 'rsa') throw new Error('A private key that was given is not an RSA key.')
  return { publicKey: createPublicKey(privateKey), privateKey }
})

export const createMerchant = async (pem?: string): Promise<TrustlyMerchant> => ({
  username: 'sandbox_merchant',
  password: 'sandbox_password',
  ...toPem(await createKeys(pem)),
})

/** PEM: SPKI and PKCS#8. */
export const toPem = ({ publicKey, privateKey }: Keys) => ({
  publicKey: publicPem(publicKey),
  privateKey: privatePem(privateKey),
})

export const privatePem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()

export const publicPem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString()
