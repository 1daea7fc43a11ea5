import type { EmbeddedDatabase, EmbeddedTransaction } from '../embedded/embedded-database.ts'
import type { StoreOptions } from '../methods/sql-store.ts'
import { postgresStore } from '../postgres-store.ts'

/** A store on this database. `count` is called before each statement, begin and commit included, and may throw. */
export const storeWithCounted = (database: EmbeddedDatabase, count: () => void, options: StoreOptions = {}) =>
  postgresStore<EmbeddedTransaction>({
    ...options,
    transaction: async (run) => {
      count()
      return database.transaction(async (tx) => {
        const result = await run(tx)
        count()
        return result
      })
    },
    query: async (tx, text, values) => {
      count()
      return (await tx.query<object>(text, [...values])).rows
    },
  })
