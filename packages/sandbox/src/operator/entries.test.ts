import { createRecentList } from '../platform/recent-list.ts'
import { createEntries } from './entries.ts'

test('an entry is made once, and goes with its record', () => {
  const list = createRecentList<number>(3, () => {})
  const made: number[] = []
  const entries = createEntries(list, (item) => {
    made.push(item)
    return { at: item, text: '', kind: '', state: '', failed: false, row: () => item }
  })
  const rows = () => [0, 1, 2, 3].map((index) => entries.at(index)?.row())
  list.add(1)
  list.add(2)
  expect(rows()).toEqual([1, 2, undefined, undefined])
  for (const item of [3, 4, 5]) list.add(item)
  expect(entries.at(2)?.row()).toBe(5)
  expect(rows()).toEqual([3, 4, 5, undefined])
  for (const item of [6, 7, 8, 9]) list.add(item)
  expect(rows()).toEqual([7, 8, 9, undefined])
  expect(made).toEqual([1, 2, 5, 3, 4, 7, 8, 9])
})
