import { isIP } from 'node:net'
import { banksByCountry } from '../../checkout/banks.ts'
import { isLoopback, isWebAddress } from '../../platform/web-address.ts'
import { clearingHouses } from '../state/clearing-houses.ts'
import type { ErrorName } from '../wire/error-codes.ts'
import type { Fields } from '../wire/fields.ts'
import { currencies } from '../wire/formats.ts'

/** The rule for one parameter. */
export interface Rule {
  readonly name: string
  /** The error when the parameter is absent or null; optional without one. */
  readonly missing?: ErrorName
  /** Documented as required, but omitted by existing clients: only a remark in the request log. */
  readonly wanted?: true
  readonly malformed: ErrorName
  readonly accepts: (text: string, fields: Fields) => boolean
}

type Accepts = Rule['accepts']

export const required = (name: string, missing: ErrorName, accepts: Accepts, malformed = missing): Rule => ({
  name,
  missing,
  malformed,
  accepts,
})
export const optional = (name: string, malformed: ErrorName, accepts: Accepts): Rule => ({ name, malformed, accepts })
export const wanted = (name: string, malformed: ErrorName, accepts: Accepts): Rule => ({
  name,
  wanted: true,
  malformed,
  accepts,
})

/** Attributes with any text. */
export const texts = (names: string): Rule[] =>
  names.split(/\s+/).map((name) => optional(name, 'ERROR_INVALID_ORDER_ATTRIBUTE', () => true))

export const filled: Accepts = (text) => text.trim() !== ''
export const isFlag: Accepts = (text) => /^[01]$/.test(text)
export const isCurrency: Accepts = (text) => currencies.has(text)
export const isCountry: Accepts = (text) => banksByCountry.has(text)
export const isLocale: Accepts = (text) => /^[a-z]{2}(?:_[A-Z]{2})?$/.test(text)
export const isEmail: Accepts = (text) => /^[^\s@]+@[^\s@]+$/.test(text)
export const isAddress: Accepts = (text) => isIP(text) !== 0
export const isUrl: Accepts = (text) => isWebAddress(text)
export const isFrame: Accepts = (text) => /^_(?:top|self|parent)$/.test(text)
// Length and characters of both ids are not documented: the sandbox refuses only clearly invalid ones.
export const isIdentifier: Accepts = (text) => text.trim() !== '' && text.length <= 255 && !/\p{Cc}/u.test(text)
export const isNumber: Accepts = (text) => /^\d{1,20}$/.test(text)
export const isAmount: Accepts = (text, fields) => fields.toMinor(text, currencyOf(fields)) !== undefined

/** Deposit has its currency in the attributes, all other methods in the data. */
const currencyOf = ({ data, attribute }: Fields): string => data('Currency') || attribute('Currency')

/** `YYYY-MM-DD`, an existing day; the .NET client appends a time. */
export const isDate: Accepts = (text) => {
  const day = /^(\d{4}-\d\d-\d\d)(?:[ T][\d:.+Z-]*)?$/.exec(text)?.[1]
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day ?? '')
}

/** https only and without `?`, as the vendor requires; the sandbox also accepts plain http on loopback. */
export const isNotificationUrl: Accepts = (text) => isWebAddress(text) && !text.includes('?')
export const isSecureUrl: Accepts = (text) => /^https:/i.test(text) || isLoopback(text)

export const isClearingHouse: Accepts = (text) => clearingHouses.has(text)
export const isBankNumber: Accepts = (text, { data }) =>
  clearingHouses.get(data('ClearingHouse'))?.bankNumber.test(text) ?? false
export const isAccountNumber: Accepts = (text, { data }) =>
  clearingHouses.get(data('ClearingHouse'))?.accountNumber.test(text) ?? false
