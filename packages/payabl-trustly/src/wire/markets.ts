import { alpha2ToAlpha3 } from 'i18n-iso-countries/index.js'

/**
 * Currencies of customers, as on payabl's page: HRK ended in 2023 and BGN in 2026, and only payabl knows whether it still takes
 * them. @see https://docs.payabl.com/docs/trustly (read 2026-11-21)
 */
export const currencies: ReadonlySet<string> = new Set('BGN CZK DKK EUR GBP HRK HUF NOK PLN RON SEK'.split(' '))

/**
 * Countries (alpha-2) whose customers can pay in. Belgium, Czechia, Poland and Slovakia are in the page's parameter table but not
 * in its header. @see https://docs.payabl.com/docs/trustly (read 2026-11-21)
 */
export const payInCountries: ReadonlySet<string> = new Set('AT BE CZ DE DK EE ES FI GB LT LV NL NO PL SE SK'.split(' '))

/**
 * Countries (alpha-2) whose banks can be paid out to. No Czechia, although CZK is a listed currency.
 * @see https://docs.payabl.com/docs/trustly (read 2026-11-21)
 */
export const payoutCountries: ReadonlySet<string> = new Set(
  'AT BE BG CY DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
)

/**
 * Languages of the Trustly pages, ISO 639-1. No Czech.
 * @see https://docs.payabl.com/docs/trustly (read 2026-11-21)
 */
export const languages: ReadonlySet<string> = new Set('da de en es et fi fr lt lv nl no pl ru sk sv'.split(' '))

/**
 * The `country` parameter, alpha-3, of an alpha-2 code in either case, or undefined if ISO 3166-1 has no such country. Not for
 * `bankcountry`, which is alpha-2.
 */
export const toCountryParameter = (alpha2: string): string | undefined =>
  /^[a-z]{2}$/i.test(alpha2) ? alpha2ToAlpha3(alpha2.toUpperCase()) : undefined

/**
 * The `language` parameter of a BCP 47 tag (`sv-FI`, `nb-NO`): Norwegian in either form is `no`; a language that the pages do not
 * have, or none, is `en`.
 */
export const toLanguageParameter = (locale: string | undefined): string => {
  const language = locale?.split(/[-_]/, 1)[0]?.toLowerCase() ?? ''
  if (language === 'nb' || language === 'nn') return 'no'
  return languages.has(language) ? language : 'en'
}
