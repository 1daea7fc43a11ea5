import type { RecentList } from '../platform/recent-list.ts'
import type { Entries, Entry } from './operator-view.ts'

/** The entries of a list of records. Each record's entry is made once, when it is first read. */
export const createEntries = <Item, Row>(list: RecentList<Item>, toEntry: (item: Item) => Entry<Row>): Entries<Row> => {
  // In the places of their records: a search reads all of them, and a lookup by record takes longer than the comparison.
  const made: Array<Entry<Row> | undefined> = []
  let dropped = 0
  const dropWithRecords = (): void => {
    if (dropped === list.dropped) return
    made.splice(0, list.dropped - dropped)
    dropped = list.dropped
  }
  return {
    get length() {
      return list.length
    },
    at: (index) => {
      dropWithRecords()
      const known = made[index]
      if (known) return known
      const item = list.at(index)
      if (item === undefined) return undefined
      while (made.length < index) made.push(undefined)
      const entry = toEntry(item)
      made[index] = entry
      return entry
    },
  }
}
