import { AsyncLocalStorage } from 'node:async_hooks'
import { storeFailed } from '@railswitch/core/store'
import type { Connection } from '../connection/connection.ts'
import { checkSchema } from '../schema/check-schema.ts'

/** The store's transactions. The schema is checked before the first one; none is begun inside the application's `write`. */
export const createTransactions = <Tx>(connection: Connection<Tx>, schema: string) => {
  const writing = new AsyncLocalStorage<{ ended: boolean }>()
  let checked: Promise<void> | null = null
  return { transaction, untilSettled, applicationWrite }

  async function transaction<A>(run: (tx: Tx) => Promise<A>): Promise<A> {
    if (writing.getStore()?.ended === false) throw calledWithin
    await ready()
    return connection.transaction(run)
  }

  /** Runs a transaction until its result is not null. Null: another transaction was quicker, and `run` has to see its changes. */
  async function untilSettled<A>(run: (tx: Tx) => Promise<A | null>): Promise<A> {
    for (;;) {
      try {
        return await transaction(async (tx) => {
          const settled = await run(tx)
          if (settled === null) throw overtaken
          return settled
        })
      } catch (error) {
        if (error !== overtaken) throw error
      }
    }
  }

  /** What `write` has started may call the store once `write` is over. */
  async function applicationWrite(write: (tx: Tx) => Promise<unknown>, tx: Tx): Promise<void> {
    const state = { ended: false }
    try {
      await writing.run(state, () => write(tx))
    } finally {
      state.ended = true
    }
  }

  function ready(): Promise<void> {
    checked ??= checkSchema(connection, schema).catch((error: unknown) => {
      checked = null
      throw error
    })
    return checked
  }
}

/** Rolls back what the attempt has written so far. */
const overtaken = new Error('Another transaction was quicker.')

/** Such a call would wait for a second connection, and never get it once such calls hold all connections of a pool. */
const calledWithin = storeFailed({
  message: 'The store was called inside the write of a commit().',
  hint: 'Call payments in the handler before commit(), and write only your own rows in commit().',
})

export type Transactions<Tx> = ReturnType<typeof createTransactions<Tx>>
