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

/** PostgreSQL's text form, which is not ISO 8601: `2014-01-30 13:28:45.65+00`, no trailing zeros in the fraction,
 *  a two-digit offset. Always in UTC. */
export const toTimestamp = (time: Date): string => {
  const [seconds = '', fraction = ''] = time.toISOString().replace('T', ' ').slice(0, -1).split('.')
  const digits = fraction.replace(/0+$/, '')
  return `${seconds}${digits && `.${digits}`}+00`
}
