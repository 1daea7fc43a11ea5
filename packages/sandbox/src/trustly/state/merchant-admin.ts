import { parseAmount } from '../wire/formats.ts'
import { automaticSettlement } from './automatic-settlement.ts'
import type { Ledger } from './ledger.ts'
import { withoutOrder } from './ledger-entries.ts'
import { type Account, readPublicKey } from './merchant.ts'
import { changed, type TrustlySwitches } from './switches.ts'
import { releaseQueued } from './transfer-queue.ts'

/** What the merchant and Trustly's support do outside the API. Without a username the merchant is the first in
 *  `merchants`, else `merchant`. All throw on an unknown merchant and on an invalid amount. */
export interface TrustlyMerchantAdmin {
  /** The merchant adds money for payouts: `fund('1000.00', 'SEK')`. */
  readonly fund: (amount: string, currency: string, username?: string) => void
  /** Sets the balance to `0` or an amount. */
  readonly setBalance: (amount: string, currency: string, username?: string) => void
  /** A settlement in the back office. MerchantSettlement works only after a first one in the currency. */
  readonly settle: (amount: string, currency: string, username?: string) => void
  /** The automatic settlement of a day, `2026-01-31`, of all currencies. From the first one on, the settlement report of a day
   *  has what was settled on it. */
  readonly automaticSettlement: (day: string, username?: string) => void
  /** The merchant exchanges money of one currency for another in the back office. */
  readonly exchange: (from: CurrencyAmount, to: CurrencyAmount, username?: string) => void
  /** Changes the merchant's switches. */
  readonly change: (switches: Partial<TrustlySwitches>, username?: string) => void
  readonly switches: (username?: string) => TrustlySwitches
  /** Support replaces the merchant's public key, PEM: calls and replies signed by the previous one no longer verify.
   *  `merchant` keeps the first key. Throws if it is not an RSA key. */
  readonly setPublicKey: (publicKey: string, username?: string) => void
}

interface CurrencyAmount {
  readonly amount: string
  readonly currency: string
}

interface Dependencies {
  readonly ledger: Ledger
  readonly find: (username?: string) => Account
  readonly now: () => Date
}

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
  automaticSettlement: (day, username) => void automaticSettlement(ledger, find(username), day, now()),
  exchange: (from, to, username) => {
    const account = find(username)
    const [sold, bought] = [from, to].map(({ amount, currency }) => ({ amount: toMinor(amount, currency), currency }))
    if (!sold || !bought) return
    const order = { ...withoutOrder, account, orderId: ledger.createReference(), messageId: '', type: 'FX' } as const
    ledger.book({ ...order, currency: sold.currency, amount: -sold.amount, exchanged: bought })
    ledger.book({ ...order, ...bought, exchanged: sold })
  },
  change: (switches, username) => {
    const account = find(username)
    account.switches = changed(account.switches, switches)
  },
  switches: (username) => find(username).switches,
  setPublicKey: (publicKey, username) => {
    const account = find(username)
    account.publicKey = readPublicKey(publicKey, account.username)
  },
})

type NewEntry = Pick<Parameters<Ledger['book']>[0], 'account' | 'currency' | 'amount' | 'type'>

const book = (ledger: Ledger, entry: NewEntry): void => ledger.book({ ...withoutOrder, ...entry, messageId: '' })

const toMinor = (amount: string, currency: string): bigint => {
  const minor = parseAmount(amount, currency)
  if (minor === undefined) throw new Error(`${amount} is not an amount in ${currency}.`)
  return minor
}
