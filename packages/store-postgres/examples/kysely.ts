import { postgresStore } from '@railswitch/store-postgres'
import { CompiledQuery, type Kysely, type Transaction } from 'kysely'

/** `commit((tx) => …)` gets Kysely's transaction: `tx.insertInto(…)`. */
export const storeOverKysely = <Database>(db: Kysely<Database>) =>
  postgresStore<Transaction<Database>>({
    transaction: (run) => db.transaction().setIsolationLevel('read committed').execute(run),
    query: async (tx, text, values) => (await tx.executeQuery<object>(CompiledQuery.raw(text, [...values]))).rows,
  })
