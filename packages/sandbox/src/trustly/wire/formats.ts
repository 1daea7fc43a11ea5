import { offsetHours } from '../../platform/local-time.ts'

/** The currencies of every amount field of Trustly's own model. */
export const currencies: ReadonlySet<string> = new Set('BGN CZK DKK EUR GBP HRK HUF NOK PLN RON SEK'.split(' '))

// The longest amount is not documented; twelve digits before the dot are the sandbox's own limit.
const whole = /^(?:0|[1-9]\d{0,11})$/
const withCents = /^(?:0|[1-9]\d{0,11})\.\d\d$/

/** Minor units of an amount as Trustly writes it: two decimals, none for HUF, more than zero; else undefined. */
export const parseAmount = (text: string, currency: string): bigint | undefined => {
  if (!(currency === 'HUF' ? whole : withCents).test(text)) return undefined
  const minor = BigInt(text.replace('.', ''))
  return minor > 0n ? minor : undefined
}

const fewerCents = /^(?:0|[1-9]\d{0,11})(?:\.\d{1,2})?$/

/** The same, but also with one decimal or none: the test server once accepted `100.1`, and a published sample has `10`. */
export const parseLooseAmount = (text: string, currency: string): bigint | undefined => {
  if (currency === 'HUF' || !fewerCents.test(text)) return parseAmount(text, currency)
  const [whole = '', cents = ''] = text.split('.')
  return parseAmount(`${whole}.${cents.padEnd(2, '0')}`, currency)
}

/** Minor units as Trustly writes them; a balance may be negative. */
export const formatAmount = (minor: bigint, currency: string): string => {
  if (currency === 'HUF') return String(minor)
  const digits = String(minor < 0n ? -minor : minor).padStart(3, '0')
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** PostgreSQL's text form in Sweden, which is not ISO 8601: `2014-01-30 13:28:45.652299+01`, no trailing zeros in the
 *  fraction, a two-digit offset. */
export const toTimestamp = (time: Date): string => {
  const offset = offsetHours(time, 'Europe/Stockholm')
  const local = new Date(time.getTime() + offset * 3_600_000)
  return `${withFraction(local, time)}+${String(offset).padStart(2, '0')}`
}

/** The same in UTC, as in settlement reports. */
export const toUtcTimestamp = (time: Date): string => `${withFraction(time, time)}+00`

const withFraction = (shown: Date, time: Date): string => {
  const [seconds = '', milliseconds = ''] = shown.toISOString().replace('T', ' ').slice(0, -1).split('.')
  const digits = `${milliseconds}${microsecondsOf(time)}`.replace(/0+$/, '')
  return `${seconds}${digits && `.${digits}`}`
}

// A Date has no microseconds. These are invented, and always the same for the same time.
const microsecondsOf = (time: Date): string => String((time.getTime() * 7919) % 1000).padStart(3, '0')
