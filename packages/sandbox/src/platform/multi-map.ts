/** Lists by key. A key without entries takes no memory. */
export interface MultiMap<Key, Value> {
  readonly get: (key: Key) => readonly Value[]
  readonly add: (key: Key, value: Value) => void
  readonly remove: (key: Key, value: Value) => void
}

export const createMultiMap = <Key, Value>(): MultiMap<Key, Value> => {
  const lists = new Map<Key, Value[]>()
  return {
    get: (key) => lists.get(key) ?? [],
    add: (key, value) => {
      const list = lists.get(key)
      if (list) list.push(value)
      else lists.set(key, [value])
    },
    remove: (key, value) => {
      const list = lists.get(key) ?? []
      const index = list.indexOf(value)
      if (index >= 0) list.splice(index, 1)
      if (list.length === 0) lists.delete(key)
    },
  }
}
