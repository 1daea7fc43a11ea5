import type { Random } from '../../platform/platform.ts'
import { randomBytes } from '../../platform/random.ts'
import { toBytes } from '../wire/form.ts'
import { parseAmount } from '../wire/money.ts'

/** A merchant account: its id (up to 40 characters), and the secret that signs requests and notifications. */
export interface PayablMerchant {
  readonly merchantId: string
  readonly secret: string
}

/** An account with the settings that support makes. */
export interface PayablMerchantAccount extends PayablMerchant {
  /** What customers read on the payment page; the merchant id unless given. */
  readonly name?: string
  /** The address of notifications unless a request has another one. */
  readonly notificationUrl?: string
  /** The enabled currencies; all currencies of the Trustly page unless given. */
  readonly currencies?: readonly string[]
  /** The initial balance, by currency: `{ EUR: '100.00' }`. */
  readonly balance?: Readonly<Record<string, string>>
  /** Allows payouts to new accounts, which only non-gambling merchants have. On unless given. */
  readonly payoutsToNewAccounts?: boolean
}

/** An account in the vendor's records: the secret as a byte string, which support may replace; balances in minor units. */
export interface Account {
  readonly merchantId: string
  secret: string
  readonly name: string
  readonly notificationUrl: string | undefined
  readonly currencies: ReadonlySet<string> | undefined
  readonly balance: Map<string, bigint>
  readonly payoutsToNewAccounts: boolean
}

export const toAccount = (account: PayablMerchantAccount): Account => ({
  merchantId: account.merchantId,
  secret: toBytes(account.secret, 'utf8'),
  name: account.name ?? account.merchantId,
  notificationUrl: account.notificationUrl,
  currencies: account.currencies && new Set(account.currencies),
  balance: new Map(Object.entries(account.balance ?? {}).map(([currency, amount]) => [currency, toMinor(amount)])),
  payoutsToNewAccounts: account.payoutsToNewAccounts ?? true,
})

/** Minor units of an amount given to the sandbox, zero included. */
export const toMinor = (amount: string): bigint => {
  const minor = /^0(?:\.00)?$/.test(amount) ? 0n : parseAmount(amount)
  if (minor === undefined) throw new Error(`${amount} is not an amount.`)
  return minor
}

export const createMerchant = (random: Random, merchantId = 'sandbox_merchant'): PayablMerchant => ({
  merchantId,
  secret: randomBytes(random, 16).toString('hex'),
})
