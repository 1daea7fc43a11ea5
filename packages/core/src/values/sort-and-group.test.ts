import { compare, groupBy } from './sort-and-group.ts'

test('texts are sorted by their UTF-16 code units, whatever the locale of the process', () => {
  expect(['ä', 'z', 'Z', 'a', '_', '10', '9'].sort(compare)).toEqual(['10', '9', 'Z', '_', 'a', 'z', 'ä'])
  expect([compare('a', 'b'), compare('b', 'a'), compare('a', 'a')]).toEqual([-1, 1, 0])
})

test('items are grouped by their key in the order of first appearance, and keep their order in a group', () => {
  expect(groupBy(['b2', 'a1', 'b1', 'a2', 'b2'], ([letter = '']) => letter)).toEqual([
    ['b2', 'b1', 'b2'],
    ['a1', 'a2'],
  ])
  expect(groupBy([], String)).toEqual([])
})

test('a key that is the name of a member of Object is a key like any other', () => {
  expect(groupBy(['constructor', '__proto__', 'constructor'], (text) => text)).toEqual([
    ['constructor', 'constructor'],
    ['__proto__'],
  ])
})
