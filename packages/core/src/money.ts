import { type Either, isLeft, left, right } from './fp.ts'
import type { Issue } from './issue.ts'
import { invalid } from './payment-error.ts'

/** Plain JSON. `value`: canonical decimal text with exactly the currency's digits (`249.90`); `currency`: ISO 4217. */
export interface Money {
  readonly value: string
  readonly currency: string
}

/** Reads an amount: `invalid_input` is thrown for whatever `parseMoney` refuses. `money('10', 'EUR')` is `10.00`. */
export const money = (value: string, currency: string): Money => {
  const parsed = parseMoney({ value, currency })
  if (isLeft(parsed)) throw invalid('invalid_input', parsed.left)
  return parsed.right
}

/**
 * Plain decimal text to Money. Missing decimals are filled with zeros; nothing is ever rounded, and a float never appears:
 * numbers, signs, exponents, separators, more digits than the currency has and unknown currencies are refused.
 */
export const parseMoney = (input: unknown): Either<readonly Issue[], Money> => {
  const { value, currency } = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>
  const digits = typeof currency === 'string' ? digitsOf(currency) : undefined
  const issues = [...currencyIssues(digits), ...valueIssues(value, digits)]
  if (issues.length > 0 || typeof value !== 'string' || typeof currency !== 'string') return left(issues)
  return right(fromMinorUnits(toMinor(value, digits ?? 0), currency))
}

const currencyIssues = (digits: number | undefined): readonly Issue[] =>
  digits === undefined
    ? [{ field: 'currency', rule: 'is not a currency of ISO 4217', fix: "write three capitals, such as 'EUR'" }]
    : []

const valueIssues = (value: unknown, digits: number | undefined): readonly Issue[] => {
  const example = digits === 0 ? "'249'" : "'249.90'"
  if (typeof value !== 'string')
    return [{ field: 'value', rule: 'must be text, because a number would be rounded', fix: `write ${example}` }]
  const match = /^(?:0|[1-9]\d{0,14})(?:\.(\d+))?$/.exec(value)
  if (!match)
    return [{ field: 'value', rule: 'must be digits with at most one decimal point', fix: `write ${example}` }]
  if (digits !== undefined && (match[1]?.length ?? 0) > digits)
    return [
      {
        field: 'value',
        rule: `has more than the ${digits} decimals of its currency`,
        fix: 'round it yourself, by your own rule',
      },
    ]
  return []
}

/** The amount in the currency's smallest unit: `249.90 SEK` is `24990n`. */
export const toMinorUnits = ({ value, currency }: Money): bigint => toMinor(value, digitsOf(currency) ?? 0)

const toMinor = (value: string, digits: number): bigint => {
  const [whole = '0', decimals = ''] = value.split('.')
  return BigInt(whole + decimals.padEnd(digits, '0'))
}

/** The inverse of `toMinorUnits`; `minor` must not be negative. */
export const fromMinorUnits = (minor: bigint, currency: string): Money => {
  const digits = digitsOf(currency) ?? 0
  if (digits === 0) return { value: minor.toString(), currency }
  const text = minor.toString().padStart(digits + 1, '0')
  return { value: `${text.slice(0, -digits)}.${text.slice(-digits)}`, currency }
}

export const sameMoney = (a: Money, b: Money): boolean =>
  a.currency === b.currency && toMinorUnits(a) === toMinorUnits(b)

/** Currency to digits; -1 until they are first asked for, because one NumberFormat each is slow. */
const currencies = new Map<string, number>()

/** HUF has two digits in ISO 4217, but Trustly takes none: without fillér an amount survives a switch of rails. */
const digitsOf = (currency: string): number | undefined => {
  if (currencies.size === 0)
    for (const code of Intl.supportedValuesOf('currency')) currencies.set(code, code === 'HUF' ? 0 : -1)
  const known = currencies.get(currency)
  if (known !== -1) return known
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits
  currencies.set(currency, digits ?? 2)
  return digits
}
