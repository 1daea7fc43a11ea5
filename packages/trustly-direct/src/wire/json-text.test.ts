import { describe, expect, test } from '@jest/globals'
import { isLeft } from '@railswitch/core/provider'
import fc from 'fast-check'
import { type JsonValue, memberAt, parseJson } from './json-text.ts'

const read = (text: string): JsonValue => {
  const parsed = parseJson(text)
  if (isLeft(parsed)) throw new Error(parsed.left.code)
  return parsed.right
}

const faultOf = (text: string) => {
  const parsed = parseJson(text)
  return isLeft(parsed) ? parsed.left : null
}

const nativelyReadable = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** What `parseJson` promises for a value without numbers that JavaScript would alter. */
const withNumbersAsText = (value: unknown): unknown => {
  if (typeof value === 'number') return JSON.stringify(value)
  if (Array.isArray(value)) return value.map(withNumbersAsText)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withNumbersAsText(member)]))
}

const refusals = ['duplicate_member', 'lone_surrogate', 'too_deep']

describe('what is kept', () => {
  test.each(['5.00000000000000000000', '11.0', '1e3', '1E+3', '-0', '-0.0e-0', '12345678901234567890123'])(
    'a number is its text: %s',
    (lexeme) => expect(read(`{"amount":${lexeme}}`)).toEqual({ amount: lexeme }),
  )

  test('escapes are decoded, surrogate pairs become one character', () =>
    expect(read(String.raw`"\u00e5 \ud83d\udC1F \"\\\/\b\f\n\r\t å 🐟"`)).toBe('å 🐟 "\\/\b\f\n\r\t å 🐟'))

  test('null, true, false, empty values and white space around them', () =>
    expect(read(' \t\r\n{ "a" : [ null , true , false , "" , { } , [ ] ] } \n')).toEqual({
      a: [null, true, false, '', {}, []],
    }))

  test('rows that repeat names, skip some, reorder them, or escape them', () =>
    expect(
      read('[{"a":1,"b":2},{"a":3,"b":4},{"b":5,"a":6},{"a":7},{},{"\\u0061":8,"b":9},{"a":1,"b":2,"c":3}]'),
    ).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
      { b: '5', a: '6' },
      { a: '7' },
      {},
      { a: '8', b: '9' },
      { a: '1', b: '2', c: '3' },
    ]))

  test('__proto__ is a member like any other', () => {
    const parsed = read('[{"__proto__":{"admin":"yes"}},{"__proto__":"x"},{"constructor":"c"}]')
    const [first, second] = Array.isArray(parsed) ? parsed : []
    expect(Object.getPrototypeOf(first)).toBe(Object.prototype)
    expect(Object.keys(first)).toEqual(['__proto__'])
    expect(memberAt(first, 'admin')).toBeUndefined()
    expect(memberAt(second, '__proto__')).toBe('x')
    expect(memberAt({}, 'admin')).toBeUndefined()
  })
})

describe('what is refused', () => {
  test.each([
    '',
    ' ',
    '\ufeff{}',
    '{} x',
    '{}{}',
    '{',
    '[',
    '"',
    '[1,]',
    '{"a":1,}',
    '{,}',
    '[,1]',
    '{a:1}',
    "{'a':1}",
    '{"a" 1}',
    '{"a":}',
    '{1:2}',
    '01',
    '-',
    '+1',
    '.5',
    '1.',
    '1e',
    '1e+',
    '0x1',
    'NaN',
    'Infinity',
    'nul',
    'tru',
    'True',
    'nullx',
    '"\t"',
    '"\n"',
    '"\\x"',
    '"\\u12g4"',
    '"\\u123"',
    '"\\',
    '"\\u',
    '"a',
    '\u00a01',
    '[1 2]',
    '/**/1',
    ']',
    '}',
    '"\\"',
    '{"a\\":1}',
    '[}',
    '{]',
  ])('no JSON: %j', (text) => {
    expect(faultOf(text)?.code).toBe('not_json')
    expect(nativelyReadable(text)).toBe(false)
  })

  test.each([
    ['{"a":1,"a":1}', 7],
    ['{"a":{"b":1,"c":2,"b":3}}', 18],
    ['[{"a":1,"b":2},{"a":1,"b":2,"a":3}]', 28],
    ['[{"a":1,"b":2},{"b":1,"b":2}]', 22],
    ['{"\\u0061":1,"a":1}', 12],
    ['{"a":1,"\\u0061":1}', 7],
    ['{"__proto__":1,"__proto__":1}', 15],
    ['[{"__proto__":1,"b":1},{"__proto__":1,"b":1,"__proto__":2}]', 44],
    ['{"":1,"":2}', 6],
  ])('a member name twice in one object: %s', (text, at) =>
    expect(faultOf(text)).toEqual({ code: 'duplicate_member', at }),
  )

  test('a name that ends in a backslash is not mistaken for the row before', () =>
    expect(faultOf('[{"a\\\\":1},{"a\\":1}]')?.code).toBe('not_json'))

  test.each(['"\\ud800"', '"\\udc00\\ud800"', '"\ud800"', '"\\ud83dx"', '{"\\udc1f":1}', '"a\\ud83d"'])(
    'a surrogate without its partner: %j',
    (text) => expect(faultOf(text)?.code).toBe('lone_surrogate'),
  )

  test('more than 32 levels', () => {
    expect(faultOf('['.repeat(32) + ']'.repeat(32))).toBeNull()
    expect(faultOf('['.repeat(33) + ']'.repeat(33))).toEqual({ code: 'too_deep', at: 32 })
    expect(faultOf('{"a":'.repeat(40_000))?.code).toBe('too_deep')
  })
})

describe('against JSON.parse', () => {
  test('reads what JSON.stringify writes, indented or not', () =>
    fc.assert(
      fc.property(fc.json({ maxDepth: 6, stringUnit: 'binary' }), fc.constantFrom(0, 2), (compact, indent) => {
        const value = JSON.parse(compact)
        expect(read(JSON.stringify(value, null, indent))).toEqual(withNumbersAsText(value))
      }),
    ))

  test('accepts and refuses the same texts, but for its own three refusals', () =>
    fc.assert(
      fc.property(mutatedJson, (text) => {
        const fault = faultOf(text)
        if (fault !== null && refusals.includes(fault.code)) return
        expect([text, fault === null]).toEqual([text, nativelyReadable(text)])
      }),
      { numRuns: 5000 },
    ))

  test('decodes strings as JSON.parse does', () =>
    fc.assert(
      fc.property(stringLiteral, (literal) => {
        const fault = faultOf(literal)
        if (fault?.code === 'lone_surrogate') return
        if (fault !== null) return expect(nativelyReadable(literal)).toBe(false)
        expect(read(literal)).toBe(JSON.parse(literal))
      }),
      { numRuns: 5000 },
    ))
})

const fragment = fc.constantFrom(
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\\u',
    '\\u00e5',
    '0',
    '1',
    '-',
    '.',
    'e',
    '+',
    'null',
    'true',
    ' ',
    '\n',
  ],
  ...[
    '\t',
    '\u0000',
    '\u00a0',
    '\ufeff',
    '"a"',
    '"b":',
    '"a":1',
    '[1,2]',
    '{"a":"b"}',
    'å',
    '🐟',
    '/',
    "'",
    '__proto__',
  ],
)

const mutatedJson = fc.oneof(
  fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join('')),
  fc
    .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.nat({ max: 2 }), fragment)
    .map(
      ([text, at, cut, insert]) =>
        text.slice(0, at % (text.length + 1)) + insert + text.slice((at % (text.length + 1)) + cut),
    ),
)

const stringLiteral = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\\n',
        '\\"',
        '\\\\',
        '\\/',
        '\\b',
        '\\f',
        '\\r',
        '\\t',
        '\\u0000',
        '\\uD83D\\uDC1F',
        '\\ud83d',
        '\\uFFFF',
        '\\v',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => `"${parts.join('')}"`)
