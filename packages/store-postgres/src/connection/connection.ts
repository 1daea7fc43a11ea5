/**
 * The application's own access to PostgreSQL. Parameters and columns are text or null, JSON included, so that the conversions of
 * a driver do not matter.
 */
export interface Connection<Tx> {
  /**
   * Runs `run` in a transaction of its own, READ COMMITTED: commits when it resolves, rolls back when it rejects, and passes
   * its value or error on.
   */
  transaction<A>(run: (tx: Tx) => Promise<A>): Promise<A>
  /** Runs one statement with parameters `$1`, `$2`, … in that transaction, and gives its rows. */
  query(tx: Tx, text: string, values: readonly (string | null)[]): PromiseLike<readonly object[]>
}

/** A row that a statement of ours returns. */
export type Row = Readonly<Record<string, string | null>>
