import { createHash } from 'node:crypto'

/** An account that the customer has at a bank. The six digits are all that Trustly shows of its number. */
export type CustomerAccount = { readonly name: string; readonly lastDigits: string }

const accountNames = ['Everyday account', 'Household account'] as const

/** The invented accounts of every customer of a bank: the same each time, so that a returning customer has them too. */
export const accountsAt = (bank: string): readonly CustomerAccount[] =>
  accountNames.map((name) => ({ name, lastDigits: digitsOf(`${bank} ${name}`) }))

const digitsOf = (text: string): string => {
  const number = createHash('sha256').update(text).digest().readUInt32BE() % 1_000_000
  return String(number).padStart(6, '0')
}
