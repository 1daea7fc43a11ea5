import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { deriveUuid, uuidV5 } from './uuid.ts'

test('makes the example of RFC 9562, appendix A.4', () =>
  expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  ))

test('stays what it was: a request repeated by a later version keeps its UUID', () =>
  expect(deriveUuid('trustly', 'refund', 'order-1001-a', '1')).toBe('e606a1a2-77cd-5963-8eb0-b80a3d06c26c'))

test('depends on every part, their order and where one ends', () => {
  const parts: readonly (readonly [string, ...string[]])[] = [
    ['a', 'b'],
    ['b', 'a'],
    ['ab'],
    ['a', 'b', ''],
    ['', 'a', 'b'],
    ['a,b'],
    ['a"', 'b'],
    ['a","b'],
    ['å'],
    ['a\u030a'],
  ]
  expect(new Set(parts.map((some) => deriveUuid(...some))).size).toBe(parts.length)
})

test('is version 5, variant 10, whatever the parts', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string()), (first, rest) => {
      const uuid = deriveUuid(first, ...rest)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(deriveUuid(first, ...rest)).toBe(uuid)
    }),
  ))
