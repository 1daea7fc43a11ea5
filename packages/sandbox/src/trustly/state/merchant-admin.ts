import { ofMerchant } from '../methods/merchant-settlement.ts'
import { parseAmount } from '../wire/money.ts'
import type { Ledger } from './ledger.ts'
import type { Account } from './merchant.ts'
import { changed, type TrustlySwitches } from './switches.ts'
import { releaseQueued } from './transfer-queue.ts'

/** What the merchant and Trustly's support do beside the API. The merchant is the first in `merchants`, else
 *  `merchant`, unless a username is given. All throw on an unknown merchant and on an amount that is none. */
export type TrustlyMerchantAdmin = {
  /** The merchant pays money in, so that payouts can leave: `fund('1000.00', 'SEK')`. */
  readonly fund: (amount: string, currency: string, username?: string) => void
  /** The same, up or down to what the merchant then has: `0` or an amount. */
  readonly setBalance: (amount: string, currency: string, username?: string) => void
  /** A settlement by hand in the back office: the first one in a currency must be, before MerchantSettlement works. */
  readonly settle: (amount: string, currency: string, username?: string) => void
  /** Support switches something for the merchant. */
  readonly change: (switches: Partial<TrustlySwitches>, username?: string) => void
  readonly switches: (username?: string) => TrustlySwitches
}

type Dependencies = { readonly ledger: Ledger; readonly find: (username?: string) => Account; readonly now: () => Date }

export const createMerchantAdmin = ({ ledger, find, now }: Dependencies): TrustlyMerchantAdmin => ({
  fund: (amount, currency, username) => {
    const account = find(username)
    book(ledger, { account, currency, amount: toMinor(amount, currency), type: 'Float Adjustment' })
    releaseQueued(ledger, account.username, now())
  },
  setBalance: (amount, currency, username) => {
    const account = find(username)
    const wanted = /^0(\.00)?$/.test(amount) ? 0n : toMinor(amount, currency)
    const missing = wanted - (ledger.balancesOf(account.username).get(currency) ?? 0n)
    book(ledger, { account, currency, amount: missing, type: 'Float Adjustment' })
    releaseQueued(ledger, account.username, now())
  },
  settle: (amount, currency, username) => {
    const account = find(username)
    book(ledger, { account, currency, amount: -toMinor(amount, currency), type: 'Settlement' })
  },
  change: (switches, username) => {
    const account = find(username)
    account.switches = changed(account.switches, switches)
  },
  switches: (username) => find(username).switches,
})

type Movement = Pick<Parameters<Ledger['book']>[0], 'account' | 'currency' | 'amount' | 'type'>

const book = (ledger: Ledger, movement: Movement): void => ledger.book({ ...ofMerchant, ...movement, messageId: '' })

const toMinor = (amount: string, currency: string): bigint => {
  const minor = parseAmount(amount, currency)
  if (minor === undefined) throw new Error(`${amount} is not an amount in ${currency}.`)
  return minor
}
