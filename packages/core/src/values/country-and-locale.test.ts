import { isCountry, isLocale } from './country-and-locale.ts'

test.each(['SE', 'GB', 'XK'])('%s is a country', (code) => {
  expect(isCountry(code)).toBe(true)
})

test.each(['UK', 'EU', 'se', 'SWE', 'QQ', '', 'toString'])('"%s" is not a country', (code) => {
  expect(isCountry(code)).toBe(false)
})

test.each(['sv-SE', 'de', 'zh-Hant-TW', 'en-GB'])('%s is a language of a checkout', (tag) => {
  expect(isLocale(tag)).toBe(true)
})

test.each([
  ['an underscore', 'sv_SE'],
  ['a language that does not exist', 'xx'],
  ['a country that does not exist', 'sv-QQ'],
  ['a region that is not a country', 'en-150'],
  ['nothing', ''],
])('a tag with %s is refused', (_what, tag) => {
  expect(isLocale(tag)).toBe(false)
})
