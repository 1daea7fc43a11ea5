import { postgresStore } from '@railswitch/store-postgres'
import { type SQL, sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'

type Transaction = Parameters<Parameters<NodePgDatabase['transaction']>[0]>[0]

/** `commit((tx) => …)` gets Drizzle's transaction: `tx.insert(…)`. */
export const storeOverDrizzle = (db: NodePgDatabase) =>
  postgresStore<Transaction>({
    transaction: (run) => db.transaction(run, { isolationLevel: 'read committed' }),
    query: async (tx, text, values) => (await tx.execute(bound(text, values))).rows,
  })

/** Drizzle numbers parameters itself. */
const bound = (text: string, values: readonly (string | null)[]): SQL =>
  sql.join(
    text
      .split(/\$(\d+)/)
      .map((part, index) => (index % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1] ?? null}`)),
  )
