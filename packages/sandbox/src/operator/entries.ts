import type { RecentList } from '../platform/recent-list.ts'
import type { Entries, Entry } from './operator-view.ts'

/** The entries of a list of records. Each record's entry is made once, when it is first read. */
export const createEntries = <Item extends object, Row>(
  list: RecentList<Item>,
  toEntry: (item: Item) => Entry<Row>,
): Entries<Row> => {
  const made = new WeakMap<Item, Entry<Row>>()
  return {
    get length() {
      return list.length
    },
    at: (index) => {
      const item = list.at(index)
      if (item === undefined) return undefined
      const entry = made.get(item) ?? toEntry(item)
      made.set(item, entry)
      return entry
    },
  }
}
