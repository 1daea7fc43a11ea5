import countries from 'i18n-iso-countries/index.js' // without the names of countries in all languages

/** ISO 3166-1 alpha-2 in capitals: `GB`, not `UK` and not `EU`. */
export const isCountry = (code: string): boolean => Object.hasOwn(countries.getAlpha2Codes(), code)

const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

/** A well-formed BCP 47 tag of a language that exists: `sv-SE`, not `sv_SE` and not `xx`. */
export const isLocale = (tag: string): boolean => {
  try {
    const { language, region } = new Intl.Locale(tag)
    return languages.of(language) !== undefined && (region === undefined || isCountry(region))
  } catch {
    return false
  }
}
