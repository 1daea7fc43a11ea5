import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type Account, type Keys, readKeys, type TrustlyMerchant, toAccount, toPem } from '../state/merchant.ts'

/** The stranger's account in the vendor's records, and its credentials. All optional notifications are switched on. */
export interface StrangerAccount {
  readonly account: Account
  readonly credentials: TrustlyMerchant
}

/** Without a key in `pem`, one is generated when it is first needed: generating takes as long as half a start. */
export const createStrangerAccount = (pem?: string): StrangerAccount => {
  let pair: Keys | undefined = pem === undefined ? undefined : readKeys(pem)
  const keys = (): Keys => {
    pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 })
    return pair
  }
  let replaced: KeyObject | undefined
  const names = { username: 'sandbox_stranger', password: 'stranger_password' }
  const switches = { account: true, payoutconfirmation: true, payoutfailed: true }
  const { username, password, userId, ...settings } = toAccount({ ...names, switches })
  return {
    account: {
      username,
      password,
      userId,
      switches: settings.switches,
      get publicKey() {
        return replaced ?? keys().publicKey
      },
      set publicKey(key) {
        replaced = key
      },
    },
    credentials: {
      ...names,
      get publicKey() {
        return toPem(keys()).publicKey
      },
      get privateKey() {
        return toPem(keys()).privateKey
      },
    },
  }
}
