import { invalid } from '@railswitch/core/store'
import type { Pool } from 'pg'
import type { Connection } from './connection.ts'
import { poolConnection } from './pool-connection.ts'

/** The connection of the options: over a pool, or the application's own. Throws `invalid_configuration`. */
export const readConnection = (options: unknown): Connection<unknown> => {
  const { pool, transaction, query, connect } = Object(options) as Readonly<Record<string, unknown>>
  if (pool !== undefined) {
    if (typeof (pool as Partial<Pool> | null)?.connect === 'function')
      return poolConnection(pool as Pool) as Connection<unknown>
    throw refused('pool', 'must be a pool of pg', 'pass new pg.Pool({ connectionString })')
  }
  if (typeof transaction === 'function' && typeof query === 'function') return options as Connection<unknown>
  if (typeof connect === 'function') throw refused('pool', 'is required', 'write postgresStore({ pool })')
  if (transaction === undefined && query === undefined)
    throw refused('pool', 'is required', 'pass a pool of pg, or `transaction` and `query` of another client')
  const missing = typeof transaction === 'function' ? 'query' : 'transaction'
  throw refused(missing, 'must be a function', 'pass both `transaction` and `query`, or a pool of pg')
}

const refused = (field: string, rule: string, fix: string) => invalid('invalid_configuration', [{ field, rule, fix }])
