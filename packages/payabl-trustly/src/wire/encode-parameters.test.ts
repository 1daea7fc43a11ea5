import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isLeft, left } from '@railswitch/core/provider'
import fc from 'fast-check'
import { listParameters } from '../client/parameter-types.ts'
import { encodeParameters, type Parameter, toFormBody, toSignedBody } from './encode-parameters.ts'
import type { Encoding } from './encoding.ts'
import { parseForm } from './form.ts'
import { createSigner } from './signature.ts'

const sample = (name: string) => readFileSync(new URL(`../__fixtures__/samples/${name}`, import.meta.url), 'latin1')
const bodyOf = (http: string) => http.slice(http.indexOf('\r\n\r\n') + 4)
const latin1: Encoding = { charset: 'iso-8859-1', onUnencodable: 'transliterate' }
const utf8: Encoding = { charset: 'utf-8', onUnencodable: 'refuse' }
const sign = createSigner('b185')

const textOf = (parameters: readonly Parameter[], encoding = latin1): string => {
  const body = toSignedBody(parameters, encoding, sign)
  return isLeft(body) ? JSON.stringify(body.left) : Buffer.from(body.right).toString('latin1')
}

/** Written apart from the code under test: bytes in, bytes out. */
const decodeBytes = (body: Uint8Array): readonly (readonly [Buffer, Buffer])[] =>
  Buffer.from(body)
    .toString('latin1')
    .split('&')
    .map((pair) => {
      const [name = '', value = ''] = pair
        .split('=')
        .map((part) => {
          const bytes = part.match(/%[0-9A-F]{2}|[^%]/g) ?? []
          return bytes.map((one) =>
            one === '+' ? '20' : one.length === 3 ? one.slice(1) : Buffer.from(one).toString('hex'),
          )
        })
        .map((hex) => hex.join(''))
      return [Buffer.from(name, 'hex'), Buffer.from(value, 'hex')]
    })

const documentedSignature = (pairs: readonly (readonly [Buffer, Buffer])[], secret: string): string => {
  const values = pairs
    .filter(([name]) => name.toString() !== 'signature')
    .sort(([one], [other]) => Buffer.compare(one, other))
    .map(([, value]) => value)
  return createHash('sha1')
    .update(Buffer.concat([...values, Buffer.from(secret)]))
    .digest('hex')
}

const names = fc.uniqueArray(
  fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_]{0,20}$/).filter((name) => name !== 'signature'),
  {
    maxLength: 30,
  },
)
const parameterLists = (value: fc.Arbitrary<string>) =>
  names.chain((all) => fc.tuple(...all.map((name) => fc.tuple(fc.constant(name), value))))
const latin1Text = fc.stringMatching(/^[\x20-\x7e\xa0-\xff]{0,40}$/)
const anyText = fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Cc}/u.test(text))

describe('the body of a request', () => {
  it.each([
    ['Latin-1', latin1, latin1Text],
    ['UTF-8', utf8, anyText],
  ])('is read back, in %s, as exactly the bytes that were signed', (_, encoding, text) => {
    fc.assert(
      fc.property(parameterLists(text), (parameters) => {
        const body = toSignedBody(parameters, encoding, sign)
        if (isLeft(body)) throw new Error(body.left.kind)
        const pairs = decodeBytes(body.right)
        expect(pairs.at(-1)?.map(String)).toEqual(['signature', documentedSignature(pairs, 'b185')])
        const charset = encoding.charset === 'utf-8' ? 'utf8' : 'latin1'
        expect(pairs.slice(0, -1)).toEqual(
          parameters.map(([name, value]) => [Buffer.from(name), Buffer.from(value, charset)]),
        )
        expect(Buffer.from(body.right).toString('latin1')).toMatch(/^[\x21-\x7e]*$/)
      }),
    )
  })

  it('is read back by our own reader too', () => {
    fc.assert(
      fc.property(parameterLists(anyText), (parameters) => {
        const body = toSignedBody(parameters, utf8, () => 'x')
        if (isLeft(body)) throw new Error(body.left.kind)
        const form = parseForm(body.right)
        expect(isLeft(form) ? form.left : Object.entries(form.right)).toEqual([...parameters, ['signature', 'x']])
      }),
    )
  })

  it.each([
    'req-preauthorize-trustly.http',
    'req-cft-existing-trustly.http',
    'req-cft-new-account-iban.http',
    'req-cft-new-account-sweden.http',
    'req-refund.http',
    'req-diagnose-orderid.http',
    'req-diagnose-tx.http',
  ])('is %s, byte for byte', (file) => {
    const expected = bodyOf(sample(file))
    const parameters = [...new URLSearchParams(expected)].filter(([name]) => name !== 'signature')
    expect(textOf(parameters)).toBe(expected)
  })

  it.each(['req-cft-existing-card-authentic.txt', 'req-resend-notification-authentic.txt'])(
    'is the documentation`s own %s, byte for byte',
    (file) => {
      const expected = sample(file)
      expect(textOf([...new URLSearchParams(expected)].filter(([name]) => name !== 'signature'))).toBe(expected)
    },
  )

  it('escapes what forms reserve, with + for a space and one byte per Latin-1 letter', () => {
    const encoded = encodeParameters([['street', 'a+b c&d=e%f Ö/@"#']], latin1)
    expect(isLeft(encoded) || toFormBody(encoded.right)).toBe('street=a%2Bb+c%26d%3De%25f+%D6%2F%40%22%23')
  })

  it('never holds an HTML entity or a question mark for a letter without a byte', () => {
    expect(textOf([['lastname', 'Łuczak']])).toMatch(/^lastname=Luczak&signature=[0-9a-f]{40}$/)
    expect(textOf([['email', 'ł@example.pl']])).toContain('unencodable')
  })

  it('spells neither undefined nor null', () => {
    const parameters = listParameters({ merchantid: 'm', title: undefined, gender: null, zip: '' })
    expect(parameters).toEqual([
      ['merchantid', 'm'],
      ['zip', ''],
    ])
    expect(textOf(parameters)).toMatch(/^merchantid=m&zip=&signature=[0-9a-f]{40}$/)
    expect(textOf([['amount', undefined as never]])).toContain('a value is text')
    expect(textOf([['amount', 8.5 as never]])).toContain('a value is text')
  })

  it.each([
    [
      'a name twice',
      [
        ['a', '1'],
        ['a', '2'],
      ],
      2,
      'sent once',
    ],
    ['a signature from outside', [['signature', 'f']], 1, 'made from the rest'],
    [
      'a name that objects reorder',
      [
        ['b', '1'],
        ['1', '2'],
      ],
      2,
      'letters, digits and underscores',
    ],
    ['a name that is no name', [['__proto__', '1']], 1, 'letters, digits and underscores'],
    ['a nested name', [['a[b]', '1']], 1, 'letters, digits and underscores'],
  ] as const)('refuses %s by its position', (_, parameters, position, rule) => {
    expect(encodeParameters(parameters, latin1)).toEqual(
      left({ kind: 'parameter', position, rule: expect.stringContaining(rule) }),
    )
  })
})
