/** The currencies and countries that Meridian documents. */
const currencies: ReadonlySet<string> = new Set(['EUR', 'SEK', 'DKK', 'NOK', 'GBP', 'PLN', 'ISK', 'BHD'])

const countries: ReadonlySet<string> = new Set('AT BE BH DE DK ES FI FR GB IE IS IT NL NO PL SE'.split(' '))

/** Why Meridian does not serve this country or currency; null: it does. */
export const refusedMarket = ({ country, currency }: { readonly country: string; readonly currency: string }) => {
  if (!isServedCurrency(currency)) return `Meridian does not support the currency ${currency}`
  return isServedCountry(country) ? null : `Meridian does not serve customers in ${country}`
}

export const isServedCurrency = (currency: string): boolean => currencies.has(currency)
export const isServedCountry = (country: string): boolean => countries.has(country)
