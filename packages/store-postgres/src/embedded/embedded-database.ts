/** What `commit((tx) => …)` gets: a transaction of PGlite. */
export interface EmbeddedTransaction {
  query<Row = Record<string, unknown>>(
    text: string,
    values?: unknown[],
  ): Promise<{ rows: Row[]; affectedRows?: number }>
  /** Several statements, without values. */
  exec(text: string): Promise<unknown>
}

/** A PGlite. Where its whole type is needed, as by Drizzle: `(await store.database()) as PGlite`. */
export interface EmbeddedDatabase extends EmbeddedTransaction {
  transaction<A>(run: (tx: EmbeddedTransaction) => Promise<A>): Promise<A>
  close(): Promise<void>
}
