import { isLeft, right } from '@railswitch/core/provider'
import fc from 'fast-check'
import { type Encoding, fitText, toByteText } from './encoding.ts'

const latin1: Encoding = { charset: 'iso-8859-1', onUnencodable: 'transliterate' }
const strict: Encoding = { charset: 'iso-8859-1', onUnencodable: 'refuse' }
const utf8: Encoding = { charset: 'utf-8', onUnencodable: 'refuse' }

describe('text for payabl', () => {
  it.each(['Åsa Öberg', 'Jürgen Müßig', 'Bjørn Ægir Þórðarson', 'Nuñez y Ávila', 'O’'.replace('’', "'")])(
    'keeps the letters that ISO-8859-1 has: %s',
    (name) => {
      expect(fitText('firstname', name, latin1)).toEqual(right(name))
      expect(fitText('firstname', name, strict)).toEqual(right(name))
    },
  )

  it.each([
    ['Łukasz Dvořák-Žižka', 'Lukasz Dvorák-Zizka'],
    ['Čiurlionis ąčęėįšųūž', 'Ciurlionis aceeisuuz'],
    ['Bērziņš', 'Berzins'],
    ['Őze Öberg', 'Oze Öberg'],
    ['Юрий', 'Yuriy'],
    ['Αλέξανδρος', 'Alexandros'],
    ['D’Arcy – Smith', "D'Arcy - Smith"],
    ['A\u030Asa', 'Åsa'],
  ])('respells only what ISO-8859-1 lacks: %s', (name, spelt) => {
    expect(fitText('lastname', name, latin1)).toEqual(right(spelt))
  })

  it('composes a decomposed letter even where respelling is refused', () => {
    expect(fitText('lastname', 'O\u0308berg', strict)).toEqual(right('Öberg'))
  })

  it('refuses what does not fit if configured so, naming the field, the rule and the fix but not the value', () => {
    const refused = fitText('lastname', 'Łukasz', strict)
    expect(refused).toEqual({
      _tag: 'Left',
      left: {
        kind: 'unencodable',
        field: 'lastname',
        rule: expect.stringContaining('ISO-8859-1'),
        fix: expect.stringContaining('transliteration'),
      },
    })
    expect(JSON.stringify(refused)).not.toMatch(/Łukasz|ukasz/)
  })

  it.each(['email', 'url_return', 'notification_url', 'orderid', 'external_id', 'accountnumber', 'custom1'])(
    'never respells %s: it would point elsewhere',
    (field) => {
      expect(isLeft(fitText(field, 'łukasz@example.pl', latin1))).toBe(true)
    },
  )

  it.each(['a\nb', 'a\rb', 'a\tb', 'a\0b', 'a\x7fb', 'a\x80b', 'a\x9fb'])('refuses control characters: %j', (text) => {
    expect(isLeft(fitText('firstname', text, latin1))).toBe(true)
    expect(isLeft(fitText('firstname', text, utf8))).toBe(true)
  })

  it.each(['a\uD800', '\uDC00', 'Max \uFFFD', '\uE000', '😀'])('refuses what has no spelling at all: %j', (text) => {
    expect(isLeft(fitText('firstname', text, latin1))).toBe(true)
  })

  it('gives UTF-8 bytes by option', () => {
    expect(fitText('email', 'łukasz@example.pl', utf8)).toEqual(right('łukasz@example.pl'))
    expect(Buffer.from(toByteText('Łü', 'utf-8'), 'latin1')).toEqual(Buffer.from([0xc5, 0x81, 0xc3, 0xbc]))
    expect(Buffer.from(toByteText('ü', 'iso-8859-1'), 'latin1')).toEqual(Buffer.from([0xfc]))
  })

  it('lets nothing through that has no byte, and never stands in a question mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('firstname', 'email'), (text, field) => {
        const fitted = fitText(field, text, latin1)
        if (isLeft(fitted)) return
        expect(fitted.right).toMatch(/^[\x20-\x7e\xa0-\xff]*$/)
        if (!/[^\0-\xff]/.test(text)) expect(fitted.right).toBe(text)
      }),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(fc.stringMatching(/^[ĀāĂăĄąĆćŁłŘřŐőŞşȚțßäöüÅåa-z ]{1,20}$/), (name) => {
        const fitted = fitText('lastname', name, latin1)
        if (name.trim() !== '') expect(isLeft(fitted) ? '?' : fitted.right).not.toContain('?')
      }),
    )
  })
})
