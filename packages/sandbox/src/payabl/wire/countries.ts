/** The pay-in countries: from ISO 3166-1 alpha-3, as in `country`, to alpha-2.
 *  @see https://docs.payabl.com/docs/trustly */
export const payInCountries: ReadonlyMap<string, string> = new Map([
  ['AUT', 'AT'],
  ['BEL', 'BE'],
  ['CZE', 'CZ'],
  ['DEU', 'DE'],
  ['DNK', 'DK'],
  ['ESP', 'ES'],
  ['EST', 'EE'],
  ['FIN', 'FI'],
  ['GBR', 'GB'],
  ['LTU', 'LT'],
  ['LVA', 'LV'],
  ['NLD', 'NL'],
  ['NOR', 'NO'],
  ['POL', 'PL'],
  ['SVK', 'SK'],
  ['SWE', 'SE'],
])

/** The pay-in countries in the page's header, which is newer than its table. */
export const headerCountries: ReadonlySet<string> = new Set(
  [...payInCountries.keys()].filter((country) => !['BEL', 'CZE', 'POL', 'SVK'].includes(country)),
)

/** The languages of the Trustly pages: ISO 639-1. */
export const pageLanguages: ReadonlySet<string> = new Set('da de en es et fi fr lt lv nl no pl ru sk sv'.split(' '))
