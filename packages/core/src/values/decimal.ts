import { currencyDigits, type Money } from './money.ts'

declare const exact: unique symbol

/**
 * A signed exact number as canonical text: no exponent, no `+`, no insignificant zeros, `0` and never `-0`. Reports have up to 20
 * decimals (`-3.01`, `0.00000000000000000001`), which neither Money nor a float can hold.
 */
export type Decimal = string & {
  readonly [exact]: 'Decimal'
}

const longestDecimals = 20

/** Null for anything but plain decimal text with at most 20 digits on either side of the point. */
export const readDecimal = (text: string): Decimal | null => {
  const [, sign, whole = '', decimals = ''] = /^(-?)(\d{1,20})(?:\.(\d{1,20}))?$/.exec(text) ?? []
  if (sign === undefined) return null
  return fromUnits(BigInt(`${sign}${whole}${decimals.padEnd(longestDecimals, '0')}`))
}

/** The number in units of the twentieth decimal, so that sums are exact. */
export const toUnits = (decimal: Decimal): bigint => {
  const [whole = '', decimals = ''] = decimal.split('.')
  return BigInt(`${whole}${decimals.padEnd(longestDecimals, '0')}`)
}

/** The inverse of `toUnits`. */
export const fromUnits = (units: bigint): Decimal => {
  const text = (units < 0n ? -units : units).toString().padStart(longestDecimals + 1, '0')
  const decimals = text.slice(-longestDecimals).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${text.slice(0, -longestDecimals)}${decimals && `.${decimals}`}` as Decimal
}

export const addDecimals = (...decimals: readonly Decimal[]): Decimal =>
  fromUnits(decimals.reduce((sum, decimal) => sum + toUnits(decimal), 0n))

export const negated = (decimal: Decimal): Decimal => fromUnits(-toUnits(decimal))

export const decimalOf = ({ value }: Money): Decimal => fromUnits(toUnits(value as Decimal))

/** Whether `short` is `full`, or `full` without the decimals that its currency does not have, in either direction of rounding down. */
export const isRoundedDown = (short: Decimal, full: Decimal, currency: string): boolean => {
  const unit = 10n ** BigInt(longestDecimals - (currencyDigits(currency) ?? 2))
  const [rounded, units] = [toUnits(short), toUnits(full)]
  const towardsZero = (units / unit) * unit
  return rounded === units || rounded === towardsZero || (units < towardsZero && rounded === towardsZero - unit)
}

/** The number with at least the decimals of its currency: `12.5` of SEK is `12.50`. */
export const formatDecimal = (decimal: Decimal, currency: string): string => {
  const digits = currencyDigits(currency) ?? 2
  const [whole = '', decimals = ''] = decimal.split('.')
  const padded = decimals.padEnd(digits, '0')
  return padded === '' ? whole : `${whole}.${padded}`
}
