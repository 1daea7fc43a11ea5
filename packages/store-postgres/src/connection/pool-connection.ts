import { invalid, WriteTimeout } from '@railswitch/core/store'
import type { Pool, PoolClient } from 'pg'
import type { Connection } from './connection.ts'

/** A connection over a pool of pg: one client per transaction. */
export const poolConnection = (pool: Pool): Connection<PoolClient> => ({
  async transaction(run) {
    const client = await pool.connect()
    // `connect` of a single client returns nothing.
    if (client === undefined) throw notAPool
    // A connection that breaks between two statements emits an error, which ends the process if there is no listener.
    client.on('error', ignore)
    let broken = false
    try {
      await client.query(begin)
      const result = await run(client)
      await client.query('commit')
      return result
    } catch (error) {
      // A write that took too long may still run: its connection must not be used again.
      broken = error instanceof WriteTimeout || !(await rolledBack(client))
      throw error
    } finally {
      if (!broken) client.off('error', ignore)
      client.release(broken)
    }
  },

  async query(client, text, values) {
    const { rows } = await client.query(text, [...values])
    return rows
  },
})

const notAPool = invalid('invalid_configuration', [
  { field: 'pool', rule: 'must be a pool of pg, not a client', fix: 'pass new pg.Pool({ connectionString })' },
])

/** A process that hangs or is lost keeps its locks for a minute; a call that waits for them fails after ten seconds. */
const begin = `begin isolation level read committed;
  set local lock_timeout = '10s'; set local idle_in_transaction_session_timeout = '1min'`

const ignore = (): void => {}

const rolledBack = async (client: PoolClient): Promise<boolean> => {
  try {
    await client.query('rollback')
    return true
  } catch {
    return false
  }
}
