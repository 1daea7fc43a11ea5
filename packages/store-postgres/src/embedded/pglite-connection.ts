import type { PGlite, Transaction } from '@electric-sql/pglite'
import type { Connection } from '../connection.ts'

/** A connection to a PGlite that is started at first use; its transactions follow one another. */
export const pgliteConnection = (open: () => Promise<PGlite>): Connection<Transaction> => ({
  transaction: async (run) => (await open()).transaction(run),
  query: async (tx, text, values) => (await tx.query<object>(text, [...values])).rows,
})
