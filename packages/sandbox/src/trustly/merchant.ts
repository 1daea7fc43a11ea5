import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

/** A merchant account. Without a public key every call is answered 639.
 *  `publicKey` is PEM (SPKI); `password` is the API password. */
export type TrustlyMerchantAccount = {
  readonly username: string
  readonly password: string
  readonly publicKey?: string
}

/** An account with the key that only its owner has: PEM, PKCS#8. */
export type TrustlyMerchant = Required<TrustlyMerchantAccount> & { readonly privateKey: string }

/** An account as the vendor holds it, with the key parsed once. */
export type Account = {
  readonly username: string
  readonly password: string
  readonly publicKey: KeyObject | undefined
}

export const toAccount = ({ username, password, publicKey }: TrustlyMerchantAccount): Account => {
  const key = publicKey === undefined ? undefined : createPublicKey(publicKey)
  if (key && key.asymmetricKeyType !== 'rsa') throw new Error(`The public key of ${username} is not an RSA key.`)
  return { username, password, publicKey: key }
}

/** A fresh 2048-bit pair, the size that the vendor documents. */
export const createKeys = () => promisify(generateKeyPair)('rsa', { modulusLength: 2048 })

export const createMerchant = async (): Promise<TrustlyMerchant> => {
  const { publicKey, privateKey } = await createKeys()
  return {
    username: 'sandbox_merchant',
    password: 'sandbox_password',
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
