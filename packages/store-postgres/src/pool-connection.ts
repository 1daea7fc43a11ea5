import { WriteTimeout } from '@railswitch/core'
import type { Pool, PoolClient } from 'pg'
import type { Connection } from './connection.ts'

/** A connection over a pool of pg; one client per transaction. */
export const poolConnection = (pool: Pool): Connection<PoolClient> => ({
  async transaction(run) {
    const client = await pool.connect()
    // A connection that breaks between two statements emits an error, which would end the process if nobody listened.
    client.on('error', ignore)
    let broken = false
    try {
      await client.query(begin)
      const result = await run(client)
      await client.query('commit')
      return result
    } catch (error) {
      // A write that was given up may still go on: its connection is no one else's.
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

/** A process that hangs, or whose machine was lost, keeps its locks for a minute; what waits for them takes no connection for longer. */
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
