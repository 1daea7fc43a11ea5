import { banksByCountry } from '../../checkout/banks.ts'
import { clearingHouseOf, clearingHouses } from './clearing-houses.ts'
import { type Account, toId } from './merchant.ts'

/** A customer's bank account. Merchants refer to it by its AccountID. The number itself is not stored. */
export interface BankAccount {
  /** Ten digits, always the same for the same account. */
  readonly accountId: string
  readonly clearingHouse: string
  readonly bank: string
  /** Stars for all but the last six digits. */
  readonly descriptor: string
  readonly lastDigits: string
}

/** The bank accounts that merchants know, and which of them they may charge. */
export interface BankAccounts {
  /** Adds an account, or gives the one that is already known. */
  readonly store: (merchant: Account, bankAccount: BankAccount) => BankAccount
  readonly find: (merchant: Account, accountId: string) => BankAccount | undefined
  /** Oldest first. */
  readonly knownTo: (username: string) => ReadonlyArray<BankAccount & { readonly mandate: boolean }>
  readonly grantMandate: (merchant: Account, bankAccount: BankAccount) => void
  readonly hasMandate: (merchant: Account, accountId: string) => boolean
}

export const createBankAccounts = (): BankAccounts => {
  const known = new Map<string, { readonly username: string; readonly bankAccount: BankAccount }>()
  const mandates = new Set<string>()
  const keyOf = ({ username }: Pick<Account, 'username'>, accountId: string) => `${accountId} ${username}`
  return {
    store: (merchant, bankAccount) => {
      const key = keyOf(merchant, bankAccount.accountId)
      const stored = known.get(key) ?? { username: merchant.username, bankAccount }
      known.set(key, stored)
      return stored.bankAccount
    },
    find: (merchant, accountId) => known.get(keyOf(merchant, accountId))?.bankAccount,
    knownTo: (username) =>
      [...known.values()]
        .filter((stored) => stored.username === username)
        .map(({ bankAccount }) => ({
          ...bankAccount,
          mandate: mandates.has(keyOf({ username }, bankAccount.accountId)),
        })),
    grantMandate: (merchant, { accountId }) => mandates.add(keyOf(merchant, accountId)),
    hasMandate: (merchant, accountId) => mandates.has(keyOf(merchant, accountId)),
  }
}

interface Numbers {
  readonly clearingHouse: string
  readonly bankNumber: string
  readonly accountNumber: string
}

/** The account for the numbers that a merchant registers. */
export const accountOfNumbers = ({ clearingHouse, bankNumber, accountNumber }: Numbers): BankAccount => ({
  accountId: toId(`${clearingHouse} ${bankNumber} ${accountNumber}`),
  clearingHouse,
  bank: bankOf(clearingHouse, bankNumber || accountNumber),
  descriptor: mask(accountNumber),
  lastDigits: accountNumber.slice(-6),
})

/** The account that a customer chose on a page. Only its last six digits are known. */
export const accountOfCheckout = (country: string, bank: string, lastDigits: string): BankAccount => {
  const clearingHouse = clearingHouseOf(country)
  return {
    accountId: toId(`${clearingHouse} ${bank} ${lastDigits}`),
    clearingHouse,
    bank,
    descriptor: `**** *${lastDigits}`,
    lastDigits,
  }
}

const mask = (number: string): string => number.slice(-6).padStart(number.length, '*')

/** Two banks were seen in live responses for their Swedish clearing numbers; all others are invented. */
const bankOf = (clearingHouse: string, number: string): string => {
  if (clearingHouse === 'SWEDEN' && /^5\d{3}$/.test(number)) return 'SEB'
  if (clearingHouse === 'SWEDEN' && /^6\d{3}$/.test(number)) return 'Handelsbanken'
  const banks = banksByCountry.get(clearingHouses.get(clearingHouse)?.country ?? '') ?? banksByCountry.get('SE') ?? []
  return banks[Number(toId(number)) % banks.length] ?? clearingHouse
}
