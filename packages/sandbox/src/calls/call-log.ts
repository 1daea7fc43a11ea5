import { createMultiMap } from '../platform/multi-map.ts'
import { createRecentList, type RecentList } from '../platform/recent-list.ts'
import type { RecordedCall } from './recorded-call.ts'

/** The newest calls of a vendor's merchants. */
export interface CallLog<Entry> {
  readonly all: RecentList<RecordedCall<Entry>>
  readonly add: (call: Omit<RecordedCall<Entry>, 'id' | 'response'>) => RecordedCall<Entry>
  /** Adds a call of an earlier run, with its id. */
  readonly restore: (call: RecordedCall<Entry>) => void
  readonly find: (id: string) => RecordedCall<Entry> | undefined
  /** The calls that name an id or a reference, oldest first. */
  readonly naming: (name: string) => ReadonlyArray<RecordedCall<Entry>>
}

export const createCallLog = <Entry>(longest: number): CallLog<Entry> => {
  const byId = new Map<string, RecordedCall<Entry>>()
  const byName = createMultiMap<string, RecordedCall<Entry>>()
  const all = createRecentList<RecordedCall<Entry>>(longest, (call) => {
    byId.delete(call.id)
    for (const name of call.names) byName.remove(name, call)
  })
  let count = 0
  const store = (call: RecordedCall<Entry>): void => {
    all.add(call)
    byId.set(call.id, call)
    for (const name of call.names) byName.add(name, call)
  }
  return {
    all,
    add: (start) => {
      count += 1
      const call = { ...start, id: String(count), response: undefined }
      store(call)
      return call
    },
    restore: (call) => {
      count = Math.max(count, Number(call.id))
      store(call)
    },
    find: (id) => byId.get(id),
    naming: byName.get,
  }
}
