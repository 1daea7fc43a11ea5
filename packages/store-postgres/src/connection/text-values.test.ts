import { storable, toJson } from './text-values.ts'

test.each([
  ['every text', 'Åsa \u{1f4b6} "\\n"', 'Åsa \u{1f4b6} "\\n"'],
  ['a text with a null character, which is replaced', 'a\0b', 'a\ufffdb'],
  ['a text with half a surrogate pair, which is replaced', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
])('PostgreSQL can store %s', (_, text, stored) => {
  expect(storable(text)).toBe(stored)
  expect(JSON.parse(toJson({ members: [text] }))).toEqual({ members: [stored] })
})

test('null stays null', () => {
  expect(storable(null)).toBeNull()
})
