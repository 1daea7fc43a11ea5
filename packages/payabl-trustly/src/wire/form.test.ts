import { isLeft, left } from '@railswitch/core/provider'
import fc from 'fast-check'
import { parseForm } from './form.ts'

const parse = (body: string) => parseForm(Buffer.from(body, 'latin1'))
const entries = (body: string) => {
  const form = parse(body)
  return isLeft(form) ? form.left : Object.entries(form.right)
}

describe('a received form', () => {
  it('is read flat, whatever a name looks like', () => {
    expect(entries('a[b]=1&[c]=2&d.e=3&a[]=4&f%5Bg%5D=5&empty=')).toEqual([
      ['a[b]', '1'],
      ['[c]', '2'],
      ['d.e', '3'],
      ['a[]', '4'],
      ['f[g]', '5'],
      ['empty', ''],
    ])
  })

  it('is safe from names of the prototype', () => {
    const form = parse('__proto__=x&constructor=y&toString=z')
    expect(isLeft(form) || Object.getPrototypeOf(form.right)).toBeNull()
    expect(entries('__proto__=x&constructor=y&toString=z')).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['toString', 'z'],
    ])
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  it('decodes UTF-8, and ISO-8859-1 where it is not UTF-8', () => {
    expect(entries('a=%C3%85sa&b=%C5sa&c=M%FCller+%26+Co&d=\xc3\xb6&e=\xf6&f=%EF%BB%BFx')).toEqual([
      ['a', 'Åsa'],
      ['b', 'Åsa'],
      ['c', 'Müller & Co'],
      ['d', 'ö'],
      ['e', 'ö'],
      ['f', '\uFEFFx'],
    ])
  })

  it.each([
    ['a name twice', 'a=1&b=2&a=3', 'duplicate-name', 3],
    ['a name twice, spelt differently', 'a=1&%61=3', 'duplicate-name', 2],
    ['a name of the prototype twice', '__proto__=1&__proto__=2', 'duplicate-name', 2],
    ['an empty name twice over a blank value', 'a=&a=1', 'duplicate-name', 2],
    ['a broken escape', 'a=1&b=%G1', 'malformed-escape', 2],
    ['a cut escape', 'a=%2', 'malformed-escape', 1],
    ['a broken escape in a name', '%zz=1', 'malformed-escape', 1],
    ['a piece without =', 'a=1&b', 'not-a-pair', 2],
    ['a value without a name', '=1', 'not-a-pair', 1],
    ['an empty piece', 'a=1&&b=2', 'not-a-pair', 2],
    ['nothing', '', 'not-a-pair', 1],
    ['a page', '<html>Service unavailable</html>', 'not-a-pair', 1],
  ])('refuses %s', (_, body, reason, position) => {
    expect(parse(body)).toEqual(left({ kind: 'form', reason, position }))
  })

  it('refuses more than its limits', () => {
    expect(parse(`a=${'x'.repeat(65_534)}`)._tag).toBe('Right')
    expect(parse(`a=${'x'.repeat(65_535)}`)).toEqual(left({ kind: 'form', reason: 'too-large' }))
    const pairs = (count: number) => Array.from({ length: count }, (_, index) => `n${index}=`).join('&')
    expect(parse(pairs(200))._tag).toBe('Right')
    expect(parse(pairs(201))).toEqual(left({ kind: 'form', reason: 'too-many-pairs' }))
  })

  it('lets a line end follow the form', () => {
    expect(entries('a=1\r\n')).toEqual([['a', '1']])
  })

  it('row 19: lets any number of line ends follow, and none inside a value end it', () => {
    const lineEnds = fc.string({ unit: fc.constantFrom('\r', '\n'), maxLength: 20 })
    fc.assert(
      fc.property(lineEnds, lineEnds, (inside, after) => {
        expect(entries(`a=1${inside}x${after}`)).toEqual([['a', `1${inside}x`]])
      }),
    )
    const many = '\n'.repeat(60_000)
    expect(entries(`a=1${many}`)).toEqual([['a', '1']])
    expect(entries(`a=1${many}x`)).toEqual([['a', `1${many}x`]])
    expect(entries(many)).toMatchObject({ reason: 'not-a-pair' })
  })

  it('reads as the platform does what both read, and throws at nothing', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' }), { minKeys: 1 }),
        (record) => {
          const read = entries(new URLSearchParams(record).toString())
          expect(read).toEqual(Object.entries(record).map(([name, value]) => [name, value]))
        },
      ),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expect(parseForm(bytes)._tag).toMatch(/Left|Right/)),
    )
  })

  it('tells no name and no value in a refusal', () => {
    expect(JSON.stringify(parse('secretname=1&secretname=2'))).not.toContain('secretname')
  })
})
