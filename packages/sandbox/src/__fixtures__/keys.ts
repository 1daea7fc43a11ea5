import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'

type Pair = { readonly privateKey: KeyObject; readonly publicKey: KeyObject }

// Made once a run by jest's global set-up; a runner without it makes them here.
const made: readonly string[] = JSON.parse(process.env['TEST_RSA_KEYS'] ?? '[]')

const pairOf = (pem: string | undefined): Pair => {
  if (pem === undefined) return generateKeyPairSync('rsa', { modulusLength: 2048 })
  const privateKey = createPrivateKey(pem)
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

const pem = ({ privateKey }: Pair): string => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

/** RSA pairs of 2048 bits. */
export const merchantPair = pairOf(made[0])
export const trustlyPair = pairOf(made[1])
export const strangerPair = pairOf(made[2])

/** The same pairs as the options of a sandbox. */
export const keys = { merchant: pem(merchantPair), vendor: pem(trustlyPair), stranger: pem(strangerPair) }
