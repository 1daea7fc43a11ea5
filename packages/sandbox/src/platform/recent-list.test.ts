import { createMultiMap } from './multi-map.ts'
import { createRecentList } from './recent-list.ts'

test('a list keeps its newest items, and says which had to go', () => {
  const dropped: number[] = []
  const list = createRecentList<number>(3, (item) => dropped.push(item))
  for (let item = 1; item <= 10; item += 1) {
    list.add(item)
    expect(list.at(list.length - 1)).toBe(item)
  }
  expect(list.values()).toEqual([8, 9, 10])
  expect([list.length, list.at(0), list.at(3), list.at(-1)]).toEqual([3, 8, undefined, undefined])
  expect(dropped).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(list.dropped).toBe(7)
})

test('a map of lists forgets keys without entries', () => {
  const map = createMultiMap<string, number>()
  map.add('one', 1)
  map.add('one', 2)
  map.remove('one', 1)
  map.remove('other', 1)
  expect(map.get('one')).toEqual([2])
  map.remove('one', 2)
  expect(map.get('one')).toEqual([])
})
