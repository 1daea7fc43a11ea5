import type { BankAccount, Issue } from '@railswitch/core/provider'
import { payoutCountries } from '../wire/markets.ts'

/** An account in payabl's form: without spaces, in capitals. */
export interface BankDetails {
  readonly bankcountry: string
  readonly accountnumber: string
  readonly banknumber: string | undefined
}

export const toBankDetails = ({ country, accountNumber, bankNumber }: BankAccount): BankDetails => ({
  bankcountry: country,
  accountnumber: compact(accountNumber),
  banknumber: bankNumber === undefined ? undefined : compact(bankNumber),
})

const compact = (text: string): string => text.replace(/[\s-]/g, '').toUpperCase()

/** The mistakes in an account, by our field names and without its digits. Loads the IBAN library. */
export const bankDetailIssues = async (details: BankDetails): Promise<readonly Issue[]> => {
  const { bankcountry, accountnumber, banknumber } = details
  if (!payoutCountries.has(bankcountry))
    return [
      {
        field: 'to.account.country',
        rule: 'is not a country whose banks payabl pays out to',
        fix: `use one of ${[...payoutCountries].join(' ')}`,
      },
    ]
  return /^[A-Z]{2}\d{2}/.test(accountnumber)
    ? ibanIssues(details)
    : localIssues(bankcountry, accountnumber, banknumber)
}

const ibanIssues = async ({ bankcountry, accountnumber, banknumber }: BankDetails): Promise<readonly Issue[]> => {
  const { isValidIBAN } = await import('ibantools')
  return [
    ...(isValidIBAN(accountnumber)
      ? []
      : [
          {
            field: accountField,
            rule: 'is not an IBAN: its length or check digits are wrong',
            fix: 'ask for it again',
          },
        ]),
    ...(accountnumber.startsWith(bankcountry)
      ? []
      : [{ field: accountField, rule: `is an IBAN of another country than ${bankcountry}`, fix: 'correct `country`' }]),
    ...(banknumber === undefined
      ? []
      : [{ field: bankField, rule: 'is already part of the IBAN', fix: 'leave it out' }]),
  ]
}

/**
 * Countries with local account numbers. payabl's own table is not published: these are the formats of Trustly, to which payabl
 * forwards them. @see https://eu.developers.trustly.com/doc/reference/registeraccount (read 2026-11-21)
 */
const localFormats: Readonly<Record<string, LocalFormat>> = {
  SE: {
    account: /^\d{1,15}$/,
    accountMustBe: 'up to 15 digits',
    bank: /^\d{4,5}$/,
    bankMustBe: 'a clearing number of 4 or 5 digits',
  },
  DK: {
    account: /^\d{10}$/,
    accountMustBe: '10 digits',
    bank: /^\d{4}$/,
    bankMustBe: 'a registration number of 4 digits',
  },
  NO: { account: /^\d{11}$/, accountMustBe: '11 digits', bank: null, bankMustBe: 'left out' },
  GB: { account: /^\d{8}$/, accountMustBe: '8 digits', bank: /^\d{6}$/, bankMustBe: 'a sort code of 6 digits' },
}

interface LocalFormat {
  readonly account: RegExp
  readonly accountMustBe: string
  /** Null if there is none. */
  readonly bank: RegExp | null
  readonly bankMustBe: string
}

const localIssues = (country: string, account: string, bank: string | undefined): readonly Issue[] => {
  const format = localFormats[country]
  if (!format)
    return [{ field: accountField, rule: `must be an IBAN for banks of ${country}`, fix: 'ask for the IBAN' }]
  const isBankRight = format.bank ? format.bank.test(bank ?? '') : bank === undefined
  return [
    ...(format.account.test(account)
      ? []
      : [
          {
            field: accountField,
            rule: `must be an IBAN or ${format.accountMustBe} in ${country}`,
            fix: 'ask for it again',
          },
        ]),
    ...(isBankRight
      ? []
      : [{ field: bankField, rule: `must be ${format.bankMustBe} in ${country}`, fix: 'ask for it again' }]),
  ]
}

const accountField = 'to.account.accountNumber'
const bankField = 'to.account.bankNumber'
