import { createHash } from 'node:crypto'
import { clearingHouseNames, clearingHouses } from '../client/methods/clearing-houses.ts'

/** How long before a charge the customer must receive notice of its amount and day. */
export interface AdvanceNotice {
  readonly days: number
  readonly unit: 'calendar days' | 'working days'
  /** The page that says so, and the day on which it was read. */
  readonly source: string
}

/** A direct debit scheme: where and in which currency it collects, and how a mandate is named in it. */
export interface DirectDebitScheme {
  readonly name: 'BACS' | 'Bankgiro' | 'SEPA'
  /** The name that customers know. */
  readonly customerName: string
  readonly currency: string
  /** The form of MerchantReference. @see https://docs.trustly.com/api/mdd-directdebitmandate (read 2026-11-21) */
  readonly mandateReference: RegExp
  /** The scheme's default; a shorter one can be agreed. Null: no page that says it was read, so ask your bank or Trustly. */
  readonly advanceNotice: AdvanceNotice | null
}

export const schemes: readonly DirectDebitScheme[] = [
  {
    name: 'BACS',
    customerName: 'Direct Debit',
    currency: 'GBP',
    mandateReference: /^(?!DDIC)(?!(.)\1+$)[A-Z0-9]{6,10}$/,
    advanceNotice: {
      days: 10,
      unit: 'working days',
      source: 'https://cleardebit.com/what-is-a-direct-debit-advance-notice (read 2026-11-30)',
    },
  },
  {
    name: 'Bankgiro',
    customerName: 'Autogiro',
    currency: 'SEK',
    mandateReference: /^[1-9][0-9]{5,15}$/,
    advanceNotice: null,
  },
  {
    name: 'SEPA',
    customerName: 'SEPA Direct Debit',
    currency: 'EUR',
    mandateReference: /^[0-9a-zA-Z]{10,35}$/,
    advanceNotice: {
      days: 14,
      unit: 'calendar days',
      source: 'https://www.cleardebit.com/sepa-introduction/pre-notification/ (read 2026-11-30)',
    },
  },
]

const ownSchemes: Readonly<Record<string, DirectDebitScheme['name']>> = { GB: 'BACS', SE: 'Bankgiro' }

/** The scheme of a country: GB and SE have their own, and Trustly's other countries have SEPA. Null: Trustly has no banks there. */
export const schemeOf = (country: string): DirectDebitScheme | null => {
  const isKnown = clearingHouseNames.some((name) => clearingHouses[name].country === country)
  const name = ownSchemes[country] ?? 'SEPA'
  return isKnown ? (schemes.find((scheme) => scheme.name === name) ?? null) : null
}

/**
 * A mandate reference in the scheme's form, derived from `identity`: a repeated call sends the same one, and two mandates have different
 * ones. If two should ever collide, Trustly refuses the second with ERROR_MERCHANT_REFERENCE_ALREADY_EXISTS.
 */
export const mandateReferenceOf = ({ name }: DirectDebitScheme, identity: string): string => {
  const number = BigInt(`0x${createHash('sha256').update(`mandate ${identity}`).digest('hex')}`)
  switch (name) {
    case 'BACS':
      // The first character is a letter and the second a digit, so it neither begins with DDIC nor repeats one character.
      return `${letters[Number(number % 26n)]}${number % 10n}${base36(number / 260n, 8)}`
    case 'Bankgiro':
      return String(10n ** 15n + (number % (9n * 10n ** 15n)))
    case 'SEPA':
      return base36(number, 20)
    default:
      return name satisfies never
  }
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

const base36 = (number: bigint, length: number): string =>
  (number % 36n ** BigInt(length)).toString(36).toUpperCase().padStart(length, '0')
