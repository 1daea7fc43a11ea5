import { randomBytes } from 'node:crypto'
import { toBytes } from '../wire/form.ts'
import { parseAmount } from '../wire/money.ts'

/** A merchant account: its id (up to 40 characters) and the secret that signs both ways. */
export type PayablMerchant = { readonly merchantId: string; readonly secret: string }

/** An account with what support sets up for it. */
export type PayablMerchantAccount = PayablMerchant & {
  /** Where notifications go unless a request names another address. */
  readonly notificationUrl?: string
  /** The enabled currencies; all of the Trustly page unless given. */
  readonly currencies?: readonly string[]
  /** Money that is there from the start, per currency: `{ EUR: '100.00' }`. */
  readonly balance?: Readonly<Record<string, string>>
  /** Payouts to new accounts, which only non-gambling merchants have. On unless given. */
  readonly payoutsToNewAccounts?: boolean
}

/** An account as the vendor holds it: the secret as a byte string, balances in minor units. */
export type Account = {
  readonly merchantId: string
  readonly secret: string
  readonly notificationUrl: string | undefined
  readonly currencies: ReadonlySet<string> | undefined
  readonly balance: Map<string, bigint>
  readonly payoutsToNewAccounts: boolean
}

export const toAccount = (account: PayablMerchantAccount): Account => ({
  merchantId: account.merchantId,
  secret: toBytes(account.secret, 'utf8'),
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

export const createMerchant = (merchantId = 'sandbox_merchant'): PayablMerchant => ({
  merchantId,
  secret: randomBytes(16).toString('hex'),
})
