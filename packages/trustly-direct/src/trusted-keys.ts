import type { KeyObject } from 'node:crypto'
import { checkSecretOption, type RailOfAccount } from '@railswitch/core/provider'
import { nameOfKey } from './wire/published-keys.ts'
import type { Signed } from './wire/signature.ts'

/** Decides whether Trustly signed a message. */
export interface SignatureCheck extends RailOfAccount {
  verify(message: Signed, signature: string): boolean
  /** The keys that `verify` tries, for errors. */
  readonly trustedKeys: readonly KeyObject[]
}

/** The option of the trusted keys with the fingerprints of its keys, for an error about a signature that none of them verifies. */
export const trustedKeysIn = (keys: readonly KeyObject[]): string => `\`publicKey\` (${keys.map(nameOfKey).join(', ')})`

export const checkKey = (account: RailOfAccount): string =>
  `${checkSecretOption(account, 'publicKey')} It must be Trustly's key of this environment.`
