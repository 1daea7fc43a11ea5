import type { PayablAssumptions } from '../assumptions/assumptions.ts'
import type { Refusal } from '../wire/status-codes.ts'

/** The payout countries (ISO 3166-1 alpha-2, as in `bankcountry`), each with the length of its IBAN (ISO 13616). */
const ibanLengths: ReadonlyMap<string, number> = new Map(
  `AT20 BE16 BG22 HR21 CY28 DK18 EE20 FI18 FR27 DE22 GR27 HU28 IE22 IT27 LV21 LT20 LU20 MT31 NL18 NO15 PL28 PT25 RO24
  SK24 SI19 ES24 SE24 GB22`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

interface LocalFormat {
  readonly account: RegExp
  readonly bank: RegExp
}

// payabl does not publish its table: these are the formats of the underlying system, Trustly.
const localFormats: ReadonlyMap<string, LocalFormat> = new Map([
  ['SE', { account: /^\d{1,15}$/, bank: /^\d{4,5}$/ }],
  ['DK', { account: /^\d{10}$/, bank: /^\d{4}$/ }],
  ['NO', { account: /^\d{11}$/, bank: /^$/ }],
  ['GB', { account: /^\d{8}$/, bank: /^\d{6}$/ }],
])

interface BankAccount {
  readonly country: string | undefined
  readonly account: string | undefined
  readonly bank: string | undefined
}

/** The refusal of an invalid account; undefined for a valid one. An IBAN needs no bank number. */
export const checkBankAccount = (
  { country = '', account = '', bank = '' }: BankAccount,
  formats: PayablAssumptions['payoutAccount'],
): Refusal | undefined => {
  const length = ibanLengths.get(country)
  if (length === undefined) return { status: -1314, hint: 'bankcountry is no payout country (alpha-2)' }
  if (formats === 'any' && account !== '') return undefined
  if (/^[A-Z]{2}/.test(account)) {
    const fits = account.startsWith(country) && account.length === length && hasValidCheckDigits(account)
    return fits ? undefined : { status: -1318, hint: 'accountnumber is no IBAN of bankcountry' }
  }
  const local = localFormats.get(country)
  if (!local?.account.test(account)) return { status: -1318, hint: 'accountnumber is no account of bankcountry' }
  return local.bank.test(bank) ? undefined : { status: -1313, hint: 'banknumber does not fit bankcountry' }
}

/** ISO 7064: with the first four characters moved to the end and letters as numbers, the remainder modulo 97 is 1. */
const hasValidCheckDigits = (iban: string): boolean => {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban)) return false
  const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return BigInt(digits) % 97n === 1n
}
