import type { Condition } from '../field-rules.ts'

/** The form of an account of a clearing house. Without `bank`, BankNumber is "". */
export interface AccountShape {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly account: RegExp
  readonly bank?: RegExp
}

/** Trustly's forms, without check digits. @see https://docs.trustly.com/api/registeraccount (read 2026-11-21) */
export const clearingHouses = {
  AUSTRIA: { country: 'AT', account: /^AT\d{18}$/ },
  BELGIUM: { country: 'BE', account: /^BE\d{14}$/ },
  BULGARIA: { country: 'BG', account: /^BG\d{2}[A-Z]{4}\d{6}[A-Z0-9]{8}$/ },
  CROATIA: { country: 'HR', account: /^HR\d{19}$/ },
  CYPRUS: { country: 'CY', account: /^CY\d{10}[0-9A-Z]{16}$/ },
  CZECH_REPUBLIC: { country: 'CZ', account: /^CZ\d{22}$/ },
  DENMARK: { country: 'DK', account: /^DK\d{16}$/ },
  ESTONIA: { country: 'EE', account: /^EE\d{18}$/ },
  FINLAND: { country: 'FI', account: /^FI\d{16}$/ },
  FRANCE: { country: 'FR', account: /^FR\d{12}[0-9A-Z]{11}\d{2}$/ },
  GERMANY: { country: 'DE', account: /^DE\d{20}$/ },
  GREECE: { country: 'GR', account: /^GR\d{25}$/ },
  HUNGARY: { country: 'HU', account: /^HU\d{26}$/ },
  IRELAND: { country: 'IE', account: /^IE\d{2}[A-Z]{4}\d{14}$/ },
  ITALY: { country: 'IT', account: /^IT\d{2}[A-Z]\d{10}[0-9A-Z]{12}$/ },
  LATVIA: { country: 'LV', account: /^LV\d{2}[A-Z]{4}[0-9A-Z]{13}$/ },
  LITHUANIA: { country: 'LT', account: /^LT\d{18}$/ },
  LUXEMBOURG: { country: 'LU', account: /^LU\d{18}$/ },
  MALTA: { country: 'MT', account: /^MT\d{2}[A-Z]{4}\d{5}[0-9A-Z]{18}$/ },
  NETHERLANDS: { country: 'NL', account: /^NL\d{2}[A-Z]{4}\d{10}$/ },
  NORWAY: { country: 'NO', account: /^NO\d{13}$/ },
  POLAND: { country: 'PL', account: /^PL\d{26}$/ },
  PORTUGAL: { country: 'PT', account: /^PT\d{23}$/ },
  ROMANIA: { country: 'RO', account: /^RO\d{2}[A-Z]{4}[0-9A-Z]{16}$/ },
  SLOVAKIA: { country: 'SK', account: /^SK\d{22}$/ },
  SLOVENIA: { country: 'SI', account: /^SI56\d{15}$/ },
  SPAIN: { country: 'ES', account: /^ES\d{22}$/ },
  /** Clearing number; Nordea's personal accounts have 3300, Swedbank's numbers that begin with 8 have five digits. */
  SWEDEN: { country: 'SE', account: /^\d{1,15}$/, bank: /^\d{4,5}$/ },
  /** Sort code. */
  UNITED_KINGDOM: { country: 'GB', account: /^\d{8}$/, bank: /^\d{6}$/ },
  /** A Swedish IBAN; Trustly enables it on request. */
  IBAN: { country: 'SE', account: /^SE\d{22}$/ },
} satisfies { readonly [name: string]: AccountShape }

export type ClearingHouse = keyof typeof clearingHouses
export const clearingHouseNames = Object.keys(clearingHouses) as readonly ClearingHouse[]

/** The number must have the form of its clearing house. */
export const accountConditions: readonly Condition[] = [
  {
    field: 'BankNumber',
    rule: 'must fit ClearingHouse',
    fix: 'write "" for an IBAN, the clearing number for SWEDEN, the sort code for UNITED_KINGDOM',
    holds: ({ data }) => {
      const shape = shapeOf(data.ClearingHouse)
      return !shape || (shape.bank ? shape.bank.test(String(data.BankNumber)) : data.BankNumber === '')
    },
  },
  {
    field: 'AccountNumber',
    rule: 'must have the form of an account of its ClearingHouse',
    fix: 'write an IBAN without spaces; for SWEDEN and UNITED_KINGDOM the digits of the local number',
    holds: ({ data }) => shapeOf(data.ClearingHouse)?.account.test(String(data.AccountNumber)) ?? true,
  },
]

const shapeOf = (name: unknown): AccountShape | undefined =>
  clearingHouseNames.some((known) => known === name) ? clearingHouses[name as ClearingHouse] : undefined
