import type { Issue } from '../errors/issue.ts'
import { invalid } from '../errors/payment-error.ts'
import { type Either, isLeft, left, right } from '../fp.ts'

/** Plain JSON. `value`: canonical decimal text with exactly the currency's digits (`249.90`); `currency`: ISO 4217. */
export interface Money {
  readonly value: string
  readonly currency: string
}

/** Reads an amount. Throws `invalid_input` for anything that `parseMoney` refuses. `money('10', 'EUR')` is `10.00`. */
export const money = (value: string, currency: string): Money => {
  const parsed = parseMoney({ value, currency })
  if (isLeft(parsed)) throw invalid('invalid_input', parsed.left)
  return parsed.right
}

/**
 * Converts plain decimal text to Money. Missing decimals are filled with zeros. Nothing is rounded, and no float is used: numbers,
 * signs, exponents, separators, more decimals than the currency has and unknown currencies are refused.
 */
export const parseMoney = (input: unknown): Either<readonly Issue[], Money> => {
  const { value, currency } = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>
  const digits = typeof currency === 'string' ? digitsOf(currency) : undefined
  const issues = [...currencyIssues(digits), ...valueIssues(value, digits)]
  if (issues.length > 0 || typeof value !== 'string' || typeof currency !== 'string') return left(issues)
  return right(fromMinorUnits(toMinor(value, digits ?? 0), currency))
}

/**
 * Reads an amount as a vendor writes it: it may have fewer decimals than the currency, or more if these are zeros. Null for anything
 * else, and for more than 64 characters.
 */
export const readVendorMoney = (value: string | undefined, currency: string | undefined): Money | null => {
  if (value === undefined || currency === undefined || value.length > longestValue) return null
  const parsed = parseMoney({ value: withoutSurplusZeros(value, digitsOf(currency) ?? 0), currency })
  return isLeft(parsed) ? null : parsed.right
}

/** Removes decimals that the currency does not have if they are all zeros. Anything else is left for `parseMoney` to refuse. */
const withoutSurplusZeros = (value: string, digits: number): string => {
  const point = value.indexOf('.')
  const end = point + 1 + digits
  if (point === -1 || end >= value.length || !/^0*$/.test(value.slice(end))) return value
  return value.slice(0, digits === 0 ? point : end)
}

const currencyIssues = (digits: number | undefined): readonly Issue[] =>
  digits === undefined
    ? [{ field: 'currency', rule: 'is not a currency of ISO 4217', fix: "write three capitals, such as 'EUR'" }]
    : []

const valueIssues = (value: unknown, digits: number | undefined): readonly Issue[] => {
  if (typeof value !== 'string')
    return [
      value === undefined
        ? { field: 'value', rule: 'is required', fix: exampleFix(digits) }
        : { field: 'value', rule: 'must be text, because a number would be rounded', fix: numberFix(value, digits) },
    ]
  if (/^\d{16}/.test(value))
    return [{ field: 'value', rule: 'has more than 15 digits before the point', fix: exampleFix(digits) }]
  return decimalIssues(value, digits)
}

const exampleFix = (digits: number | undefined): string =>
  `write it as text, such as ${digits === 0 ? "'10'" : digits === 3 ? "'10.000'" : "'10.00'"}`

/** A longer number may be no amount, so no fix repeats it. */
const longestNumber = 8

/** A whole number may count the main unit or the smallest one: which of the two, only its author knows. */
const numberFix = (value: unknown, digits: number | undefined): string => {
  const [text = '', whole = '', decimals = ''] =
    typeof value === 'number' || typeof value === 'bigint'
      ? (/^(0|[1-9]\d*)(?:\.(\d+))?$/.exec(String(value)) ?? [])
      : []
  if (text === '' || text.length > longestNumber || digits === undefined || decimals.length > digits)
    return exampleFix(digits)
  const inMain = digits === 0 ? whole : `${whole}.${decimals.padEnd(digits, '0')}`
  if (decimals !== '' || digits === 0) return `write '${inMain}'`
  const padded = whole.padStart(digits + 1, '0')
  const inSmallest = `${padded.slice(0, -digits)}.${padded.slice(-digits)}`
  return `write '${inSmallest}' if it counts the smallest unit of the currency, or '${inMain}' if it counts the main unit`
}

/** `8,50`: with three decimals, the comma may separate thousands. */
const commaFix = (value: string, digits: number | undefined): string => {
  const [text = '', whole = '', decimals = ''] = /^(0|[1-9]\d*),(\d{1,2})$/.exec(value) ?? []
  if (text === '' || text.length > longestNumber || digits === undefined || decimals.length > digits)
    return exampleFix(digits)
  return `write '${whole}.${decimals.padEnd(digits, '0')}'`
}

/** Limits amounts and sums. Checked before any pattern or BigInt, whose time may grow with the square of the text's length. */
const longestValue = 64

/** Sums may have more digits before the point than one amount. */
const decimalIssues = (value: string, digits: number | undefined): readonly Issue[] => {
  const fix = exampleFix(digits)
  if (value.length > longestValue) return [{ field: 'value', rule: `has more than ${longestValue} characters`, fix }]
  const match = /^(?:0|[1-9]\d*)(?:\.(\d+))?$/.exec(value)
  if (/^-\d/.test(value))
    return [
      {
        field: 'value',
        rule: 'must not be negative',
        fix: 'write it without the sign: refund() and payout() send money',
      },
    ]
  if (!match)
    return [{ field: 'value', rule: 'must be digits with at most one decimal point', fix: commaFix(value, digits) }]
  if (digits !== undefined && (match[1]?.length ?? 0) > digits)
    return [
      {
        field: 'value',
        rule: `has more than the ${digits} decimals of its currency`,
        fix: 'round it by your own rule first',
      },
    ]
  return []
}

/**
 * The amount in the currency's smallest unit: `249.90 SEK` is `24990n`. Throws `invalid_input` for money that `parseMoney` refuses:
 * with a wrong number of decimals it would be wrong by a power of ten.
 */
export const toMinorUnits = ({ value, currency }: Money): bigint => {
  const digits = digitsOf(currency)
  const issues = [...currencyIssues(digits), ...decimalIssues(value, digits)]
  if (issues.length > 0) throw invalid('invalid_input', issues)
  return toMinor(value, digits ?? 0)
}

const toMinor = (value: string, digits: number): bigint => {
  const [whole = '0', decimals = ''] = value.split('.')
  return BigInt(whole + decimals.padEnd(digits, '0'))
}

/** The inverse of `toMinorUnits`. Throws `invalid_input` for an unknown currency and for a negative amount. */
export const fromMinorUnits = (minor: bigint, currency: string): Money => {
  const digits = digitsOf(currency)
  if (digits === undefined) throw invalid('invalid_input', currencyIssues(digits))
  if (minor < 0n)
    throw invalid('invalid_input', [{ field: 'value', rule: 'must not be negative', fix: 'subtract less' }])
  if (digits === 0) return { value: minor.toString(), currency }
  const text = minor.toString().padStart(digits + 1, '0')
  return { value: `${text.slice(0, -digits)}.${text.slice(-digits)}`, currency }
}

export const sameMoney = (a: Money, b: Money): boolean =>
  a.currency === b.currency && toMinorUnits(a) === toMinorUnits(b)

/** ICU's tables differ from ISO 4217 for some currencies and change between releases; stored money must stay readable. */
const digitsOtherThanTwo = new Map(
  [
    [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'],
    [3, 'BHD IQD JOD KWD LYD OMR TND'],
  ].flatMap(([digits, codes]) =>
    String(codes)
      .split(' ')
      .map((code) => [code, Number(digits)] as const),
  ),
)

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** The decimals of a currency, ISO 4217's minor unit; undefined: it is not a currency. */
export const currencyDigits = (currency: string): number | undefined => digitsOf(currency)

const digitsOf = (currency: string): number | undefined =>
  currencies.has(currency) ? (digitsOtherThanTwo.get(currency) ?? 2) : undefined
