/** A list that keeps its newest items, oldest first. */
export interface RecentList<Item> {
  readonly length: number
  /** How many items had to go so far. */
  readonly dropped: number
  /** Undefined outside the list. */
  readonly at: (index: number) => Item | undefined
  readonly add: (item: Item) => void
  readonly values: () => readonly Item[]
}

/** A list of at most `longest` items. `onDrop` gets each item that had to go. */
export const createRecentList = <Item>(longest: number, onDrop: (item: Item) => void): RecentList<Item> => {
  const items: Item[] = []
  // Removing the first item of an array moves all others, so it is done in bulk.
  let first = 0
  let dropped = 0
  return {
    get length() {
      return items.length - first
    },
    get dropped() {
      return dropped
    },
    at: (index) => (index < 0 ? undefined : items[first + index]),
    add: (item) => {
      items.push(item)
      if (items.length - first <= longest) return
      const oldest = items[first]
      first += 1
      dropped += 1
      if (oldest !== undefined) onDrop(oldest)
      if (first < longest) return
      items.splice(0, first)
      first = 0
    },
    values: () => items.slice(first),
  }
}
