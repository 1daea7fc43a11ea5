import type { Pool, PoolClient } from 'pg'
import type { Connection } from './connection/connection.ts'
import { readConnection } from './connection/read-connection.ts'
import { type PostgresStore, type StoreOptions, sqlStore } from './methods/sql-store.ts'

type OverPool = StoreOptions & { readonly pool: Pool }
type OverConnection<Tx> = StoreOptions & Connection<Tx>

/**
 * The durable store over the application's own PostgreSQL (12 or newer): a pool of pg, or, with `transaction` and `query`, any
 * other client. `commit((tx) => …)` gets that transaction's own handle: a `PoolClient`, or what `transaction` passes. Call `migrate()` when the application is deployed; until then every method rejects with `store_failed`.
 * @throws PaymentError `invalid_configuration` without a pool or a connection, and for an impossible schema name
 */
export function postgresStore(options: OverPool): PostgresStore<PoolClient>
export function postgresStore<Tx>(options: OverConnection<Tx>): PostgresStore<Tx>
export function postgresStore<Tx>(
  options: OverPool | OverConnection<Tx>,
): PostgresStore<PoolClient> | PostgresStore<Tx> {
  return sqlStore(readConnection(options), true, options) as PostgresStore<PoolClient> | PostgresStore<Tx>
}
