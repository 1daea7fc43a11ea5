import type { Connection, Row } from './connection.ts'
import { storable } from './text-values.ts'

/** Runs statements of ours within a transaction. `now`: for tests; null: the database's clock, which all processes share. */
export const createDatabase = <Tx>({ query }: Connection<Tx>, schema: string, now: () => Date | null) => {
  type Values = readonly (string | null)[]
  const rows = async (tx: Tx, text: string, ...values: Values): Promise<readonly Row[]> =>
    (await query(tx, text, values.map(storable))) as readonly Row[]
  const first = async (tx: Tx, text: string, ...values: Values): Promise<Row | null> =>
    (await rows(tx, text, ...values))[0] ?? null

  return {
    schema,
    rows,
    first,
    /** The column `id` of the first row. */
    id: async (tx: Tx, text: string, ...values: Values): Promise<string | null> =>
      (await first(tx, text, ...values))?.id ?? null,
    /** The column `id` of all rows. */
    ids: async (tx: Tx, text: string, ...values: Values): Promise<readonly string[]> =>
      (await rows(tx, text, ...values)).flatMap(({ id }) => id ?? []),
    /** A parameter for `time` of a statement. */
    clock: (): string | null => now()?.toISOString() ?? null,
  }
}

export type Database<Tx> = ReturnType<typeof createDatabase<Tx>>
