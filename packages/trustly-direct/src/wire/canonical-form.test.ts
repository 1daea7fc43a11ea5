import { describe, expect, test } from '@jest/globals'
import { isLeft } from '@railswitch/core/provider'
import fc from 'fast-check'
import { vectors } from '../__fixtures__/published.ts'
import { canonicalBytes, canonicalForm } from './canonical-form.ts'
import { type JsonValue, parseJson } from './json-text.ts'

const read = (text: string): JsonValue => {
  const parsed = parseJson(text)
  if (isLeft(parsed)) throw new Error(parsed.left.code)
  return parsed.right
}

const formOf = (text: string): string => canonicalForm(read(text))

/** The rule once more, slowly, over what JSON.parse makes of it. */
const reference = (value: unknown): string => {
  if (value === null) return ''
  if (Array.isArray(value)) return value.map(reference).join('')
  if (typeof value !== 'object') return String(value)
  return Object.entries(value)
    .sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .map(([name, member]) => name + reference(member))
    .join('')
}

test.each(vectors.published.filter(({ expected_serialised }) => expected_serialised !== undefined))(
  'published form: $name',
  ({ data, expected_serialised }) => expect(formOf(data)).toBe(expected_serialised),
)

test.each(
  [...vectors.published, ...vectors.derived].filter(({ expected_plaintext }) => expected_plaintext !== undefined),
)('plaintext: $name', ({ method, uuid, data, expected_plaintext }) =>
  expect(canonicalBytes(`${method}${uuid}`, read(data)).toString()).toBe(expected_plaintext),
)

describe('the rule', () => {
  test.each([
    [
      'a number is its text as written',
      '{"a":5.00000000000000000000,"b":11.0,"c":1e3}',
      'a5.00000000000000000000b11.0c1e3',
    ],
    ['an escape and its character are the same', '{"n":"\\u00e5"}', 'nå'],
    ['null, "", {} and [] are nothing but their name', '{"d":[],"c":{},"b":"","a":null}', 'abcd'],
    ['null within a list is nothing', '["a",null,"b"]', 'ab'],
    ['booleans, which Trustly never sends', '{"a":true,"b":false}', 'atruebfalse'],
    [
      'names in byte order, whatever the case',
      '{"Unchangeable":1,"URLTarget":2,"a":3,"_":4}',
      'URLTarget2Unchangeable1_4a3',
    ],
    ['lists in place, also beyond ten', '["10","9","1","2","3","4","5","6","7","8","0"]', '109123456780'],
    ['names that are numbers sort as text', '{"10":"a","9":"b"}', '10a9b'],
    ['__proto__ is signed like any other', '{"__proto__":"x","a":"y"}', '__proto__xay'],
  ])('%s', (_, text, form) => expect(formOf(text)).toBe(form))

  test('rows with the same names in another order, or with other names', () =>
    expect(formOf('[{"b":1,"a":2},{"b":3,"a":4},{"a":5,"b":6},{"c":7,"a":8}]')).toBe('a2b1a4b3a5b6a8c7'))

  test('beyond U+FFFF, byte order is not the order of JavaScript', () =>
    expect(formOf('{"🐟":"1","\ufb01":"2"}')).toBe('\ufb012🐟1'))
})

test('agrees with the slow reference, and a long form is the same in pieces', () =>
  fc.assert(
    fc.property(fc.array(valueWithoutLoss, { maxLength: 5 }), fc.constantFrom(1, 300), (value, times) => {
      const text = JSON.stringify(Array(times).fill(value))
      expect(formOf(text)).toBe(reference(JSON.parse(text)))
    }),
  ))

test('does not depend on the order of members', () =>
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), (members) => {
      const reversed = Object.fromEntries(Object.entries(members).reverse())
      expect(canonicalForm(members)).toBe(canonicalForm(reversed))
    }),
  ))

test('is not injective: the signature proves the text, and schemas must check the structure after it', () =>
  expect(new Set(['{"a":"bc"}', '{"ab":"c"}', '{"a":{"bc":""}}', '{"abc":null}', '["a","bc"]'].map(formOf))).toEqual(
    new Set(['abc']),
  ))

const valueWithoutLoss = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ unit: 'grapheme' }),
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('orderid', 'amount')), tie('value'), { maxKeys: 6 }),
  ),
})).value
