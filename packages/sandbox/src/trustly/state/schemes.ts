/** A direct debit scheme: the currency in which it collects, and the references that its mandates may have. */
interface Scheme {
  readonly name: 'BACS' | 'Bankgiro' | 'SEPA'
  readonly currency: string
  readonly merchantReference: RegExp
}

const bacs: Scheme = { name: 'BACS', currency: 'GBP', merchantReference: /^(?!DDIC)(?!(.)\1+$)[A-Z0-9]{6,10}$/ }
const bankgiro: Scheme = { name: 'Bankgiro', currency: 'SEK', merchantReference: /^[1-9][0-9]{5,15}$/ }
const sepa: Scheme = { name: 'SEPA', currency: 'EUR', merchantReference: /^[0-9a-zA-Z]{10,35}$/ }

/** The scheme of a country.
 *  @see https://eu.developers.trustly.com/doc/docs/mdd */
export const schemeOf = (country: string): Scheme => {
  if (country === 'GB') return bacs
  return country === 'SE' ? bankgiro : sepa
}
