import { languages, payInCountries, payoutCountries, toCountryParameter, toLanguageParameter } from './markets.ts'

describe('countries and languages in payabl`s spelling', () => {
  it('has the sixteen pay-in countries of the documentation, in its three letters', () => {
    const documented = 'AUT BEL CZE DEU DNK EST ESP FIN GBR LTU LVA NLD NOR POL SWE SVK'.split(' ')
    expect([...payInCountries].map(toCountryParameter).sort()).toEqual(documented.sort())
  })

  it('has the twenty-eight payout countries, Czechia not among them', () => {
    expect(payoutCountries.size).toBe(28)
    expect(payoutCountries.has('CZ')).toBe(false)
    expect([...payoutCountries].map(toCountryParameter)).not.toContain(undefined)
  })

  it.each([
    ['se', 'SWE'],
    ['GB', 'GBR'],
    ['US', 'USA'],
    ['XX', undefined],
    ['SWE', undefined],
    ['UK', undefined],
    ['', undefined],
  ])('makes of %s %s', (alpha2, alpha3) => expect(toCountryParameter(alpha2)).toBe(alpha3))

  it('speaks the fifteen documented languages', () => {
    expect([...languages]).toEqual('da de en es et fi fr lt lv nl no pl ru sk sv'.split(' '))
    expect([...languages].map(toLanguageParameter)).toEqual([...languages])
  })

  it.each([
    ['sv-SE', 'sv'],
    ['sv_FI', 'sv'],
    ['DE-at', 'de'],
    ['nb-NO', 'no'],
    ['nn', 'no'],
    ['no', 'no'],
    ['sr-Latn-RS', 'en'],
    ['cs-CZ', 'en'],
    ['den', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ])('makes of the locale %s %s', (locale, language) => expect(toLanguageParameter(locale)).toBe(language))
})
