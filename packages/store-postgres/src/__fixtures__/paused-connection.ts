import type pg from 'pg'
import type { Connection } from '../connection/connection.ts'
import { poolConnection } from '../connection/pool-connection.ts'

/** A connection whose transactions, once `hold` is called, stop before they commit, with all their locks, until `release`. */
export interface PausedConnection extends Connection<pg.PoolClient> {
  hold(): void
  /** Resolves when a transaction has come as far as its commit. */
  readonly reached: Promise<void>
  release(): void
}

export const pausedConnection = (pool: pg.Pool): PausedConnection => {
  const connection = poolConnection(pool)
  const reached = signal()
  const released = signal()
  let holds = false
  return {
    ...connection,
    hold: () => {
      holds = true
    },
    reached: reached.given,
    release: released.give,
    transaction: (run) =>
      connection.transaction(async (tx) => {
        const result = await run(tx)
        if (holds) {
          reached.give()
          await released.given
        }
        return result
      }),
  }
}

const signal = () => {
  let give = (): void => {}
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { given, give: () => give() }
}

/** Whether a call waits for a lock, or ends without having waited. */
export const waits = async (call: Promise<unknown>, pool: pg.Pool): Promise<boolean> => {
  let isOver = false
  const over = (): void => {
    isOver = true
  }
  call.then(over, over)
  while (!isOver) {
    const { rowCount } = await pool.query('select from pg_locks where not granted')
    if (rowCount !== 0) return true
  }
  return false
}
