import { AsyncLocalStorage } from 'node:async_hooks'
import { storeFailed } from '@railswitch/core'
import type { Connection } from './connection.ts'
import { checkSchema } from './schema.ts'

/** The store's transactions: the schema is checked before the first, and none is begun inside the application's `write`. */
export const createTransactions = <Tx>(connection: Connection<Tx>, schema: string) => {
  const writing = new AsyncLocalStorage<{ ended: boolean }>()
  let checked: Promise<void> | null = null
  return { transaction, untilSettled, applicationWrite }

  async function transaction<A>(run: (tx: Tx) => Promise<A>): Promise<A> {
    if (writing.getStore()?.ended === false) throw calledWithin
    await ready()
    return connection.transaction(run)
  }

  /** Again, from the beginning, when another transaction was quicker: then there is something new to see. */
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

  /** Whatever it starts that outlives it may call us again. */
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

/** Rolls back what an attempt has written so far. */
const overtaken = new Error('Another transaction was quicker.')

/** It would wait for a connection that its own transaction holds, for ever once all of a pool's are held like this. */
const calledWithin = storeFailed({
  message: 'The store was called inside the write of a commit().',
  hint: 'Call payments in the handler before commit(), and write only your own rows in commit().',
})
