import { type JsonNode, parseJson } from './raw-json.ts'

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

test('keeps a number as it was written', () => {
  expect(parseJson(' -5.00000000000000000000e+2 ')).toEqual({ kind: 'number', lexeme: '-5.00000000000000000000e+2' })
})

test('keeps members in their order and unescapes text', () => {
  const node = parseJson('{"b" : "\\u00e5\\n\\ud83d\\udc1f", "a":[ true , null,{} ]}')
  expect(node).toEqual({
    kind: 'object',
    members: new Map<string, JsonNode>([
      ['b', { kind: 'string', text: 'å\n🐟' }],
      [
        'a',
        {
          kind: 'array',
          items: [{ kind: 'boolean', value: true }, { kind: 'null' }, { kind: 'object', members: new Map() }],
        },
      ],
    ]),
  })
})

test('takes a member named __proto__ for a member', () => {
  expect(parseJson('{"__proto__":1}')).toEqual({
    kind: 'object',
    members: new Map([['__proto__', { kind: 'number', lexeme: '1' }]]),
  })
})

test.each([
  ['', 'the JSON ends too early'],
  ['{', 'the JSON ends too early'],
  ['{"a":1,}', 'unexpected JSON at character 7'],
  ['[1 2]', 'unexpected JSON at character 3'],
  ['01', 'unexpected JSON at character 1'],
  ['{"a" 1}', 'unexpected JSON at character 5'],
  ['nul', 'unexpected JSON at character 0'],
  ["{'a':1}", 'unexpected JSON at character 1'],
  ['"a', 'unexpected JSON at character 0'],
  ['{"a":1,"\\u0061":2}', 'the member "a" occurs twice'],
  ['"\\ud83d"', 'a string holds half a character'],
  [deep(66), 'the JSON is nested deeper than 64 levels'],
  [deep(30_000), 'the JSON is nested deeper than 64 levels'],
])('refuses %.20j: %s', (text, reason) => {
  expect(() => parseJson(text)).toThrow(new SyntaxError(reason))
})

test.each(['"\\x"', '"a\nb"', '"\\u12"'])('refuses the string %j', (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError)
})

test('agrees with JSON.parse on what is JSON', () => {
  for (const text of [
    '[]',
    '{}',
    '0',
    '-0',
    '1e5',
    '1.',
    '.5',
    '+1',
    '1e',
    '-',
    '[,]',
    '{,}',
    'true',
    'True',
    '\uFEFF1',
  ]) {
    const strict = succeeds(() => JSON.parse(text))
    expect([text, succeeds(() => parseJson(text))]).toEqual([text, strict])
  }
})

const succeeds = (attempt: () => unknown): boolean => {
  try {
    attempt()
    return true
  } catch {
    return false
  }
}
