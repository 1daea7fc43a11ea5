import { type ClaimResult, memoryStore, type Runtime, type Store } from '@railswitch/core'

type MemoryStore = Store<void>

/** A memory store that can be set back to an earlier moment, as from a backup. */
export interface RecordedStore {
  /** Executes a call that changes the store. `again`: repeats what it did; the call itself unless given. */
  readonly change: <A>(
    call: (store: MemoryStore) => Promise<A>,
    again?: (store: MemoryStore) => Promise<unknown>,
  ) => Promise<A>
  /** Executes a call that may lease a record. */
  readonly claim: <A extends ClaimResult | null>(
    call: (store: MemoryStore, leaseMs: number) => Promise<A>,
    leaseMs: number,
  ) => Promise<A>
  readonly current: () => MemoryStore
  /** What was changed up to now is in the backup. */
  readonly backUp: () => void
  /** Everything since the backup is lost. */
  readonly restore: () => Promise<void>
}

interface Change {
  readonly at: number
  /** The random ids that the change has used. */
  readonly uuids: string[]
  again: (store: MemoryStore) => Promise<unknown>
}

/** `isRecorded`: whether a backup will be made. */
export const createRecordedStore = (runtime: Runtime, isRecorded: boolean): RecordedStore => {
  const changes: Change[] = []
  let isRecording = isRecorded
  let executed: Change | null = null
  let repeated: Change | null = null

  const open = (): MemoryStore =>
    memoryStore({
      runtime: {
        now: () => (repeated ? new Date(repeated.at) : runtime.now()),
        after: runtime.after,
        randomUUID: () => {
          const known = repeated?.uuids.shift()
          if (known !== undefined) return known
          const uuid = runtime.randomUUID()
          executed?.uuids.push(uuid)
          return uuid
        },
      },
    })
  let store = open()

  const record = async <A>(
    call: (store: MemoryStore) => Promise<A>,
    again: (result: A) => Change['again'],
  ): Promise<A> => {
    if (!isRecording) return call(store)
    const change: Omit<Change, 'again'> = { at: runtime.now().getTime(), uuids: [] }
    // The memory store draws its ids before it waits for anything.
    executed = { ...change, again: call }
    const pending = call(store)
    executed = null
    const result = await pending
    if (isRecording) changes.push({ ...change, again: again(result) })
    return result
  }

  /** The lease of each record while changes are repeated. None of them ends by its time: a write may have taken longer. */
  const leases = new Map<string, string>()
  const forever = 1e12

  return {
    current: () => store,
    change: (call, again = call) => record(call, () => again),
    claim: (call, leaseMs) =>
      record(
        (current) => call(current, leaseMs),
        (result) => async (current) => {
          if (result?.state !== 'leased') return call(current, 0)
          const { key } = result.record
          await current.release(leases.get(key) ?? '')
          leases.set(key, result.lease)
          return call(current, forever)
        },
      ),
    backUp: () => {
      isRecording = false
    },
    restore: async () => {
      isRecording = false
      store = open()
      for (const change of changes) {
        repeated = change
        await change.again(store)
      }
      repeated = null
      for (const lease of leases.values()) await store.release(lease)
    },
  }
}
