import { memoryStore, type Store, systemRuntime } from '@railswitch/core/store'
import type { DatabaseUnderTest } from '../crash/database-under-test.ts'
import type { StoreConditions } from '../store-kit.ts'

/** A store on the memory database: each method is a transaction of two statements, and `complete` has a further one for `write`. */
type Open = (store: Store, statement: () => void) => Store

/** A database in this process, for crashes that are only thought of. `open`: a store on it, by default a good one. */
export const memoryDatabase =
  (open: Open = (store) => store) =>
  async ({ now, unowned }: StoreConditions): Promise<DatabaseUnderTest<{ rows: number }>> => {
    const data = memoryStore({ runtime: { ...systemRuntime, now }, unowned }) as unknown as Store<unknown>
    const committed = { rows: 0 }
    return {
      open: async (beforeStatement) => ({
        store: open(transactionsOn(data, committed, beforeStatement), beforeStatement) as Store<{ rows: number }>,
      }),
      rows: {
        add: async (tx) => {
          tx.rows += 1
        },
        count: async () => committed.rows,
      },
    }
  }

const transactionsOn = (data: Store, committed: { rows: number }, statement: () => void): Store => {
  /** Nothing is stored before the commit. */
  const transaction = async <A>(run: () => Promise<A>): Promise<A> => {
    statement()
    statement()
    return run()
  }
  return {
    ...data,
    begin: (...args) => transaction(() => data.begin(...args)),
    conclude: (...args) => transaction(() => data.conclude(...args)),
    find: (...args) => transaction(() => data.find(...args)),
    findByVendorId: (...args) => transaction(() => data.findByVendorId(...args)),
    claim: (...args) => transaction(() => data.claim(...args)),
    claimRecord: (...args) => transaction(() => data.claimRecord(...args)),
    complete: async (lease, completion, rules) => {
      statement()
      const tx = { rows: 0 }
      const write = async (): Promise<void> => {
        await completion.write?.(tx)
        statement()
        statement()
        committed.rows += tx.rows
      }
      return data.complete(lease, { ...completion, write }, rules)
    },
    release: (...args) => transaction(() => data.release(...args)),
    leaseDue: (...args) => transaction(() => data.leaseDue(...args)),
    reschedule: (...args) => transaction(() => data.reschedule(...args)),
    erasePersonalData: (...args) => transaction(() => data.erasePersonalData(...args)),
  }
}
