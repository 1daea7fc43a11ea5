import type { PayablAssumptions } from '../assumptions/assumptions.ts'

/** The customer and processing currencies of the Trustly page; all have two decimals.
 *  @see https://docs.payabl.com/docs/trustly */
export const currencies: ReadonlySet<string> = new Set('BGN CZK DKK EUR GBP HRK HUF NOK PLN RON SEK'.split(' '))

/** An amount in minor units. */
export interface Money {
  readonly amount: bigint
  readonly currency: string
}

/** Minor units of "digits only, either no decimals or two", up to eight digits before the dot and more than zero;
 *  else undefined. */
export const parseAmount = (
  text: string,
  decimals: PayablAssumptions['amountDecimals'] = 'none or two',
): bigint | undefined => {
  const shape = decimals === 'any' ? /^(\d{1,8})(?:\.(\d{0,2})0*)?$/ : /^(\d{1,8})(?:\.(\d\d))?$/
  const match = shape.exec(text)
  const minor = match ? BigInt(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`) : 0n
  return minor > 0n ? minor : undefined
}

/** Minor units with two decimals; a balance may be negative. */
export const formatAmount = (minor: bigint): string => {
  const digits = String(minor < 0n ? -minor : minor).padStart(3, '0')
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
