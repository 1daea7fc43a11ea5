export type { Connection } from './connection/connection.ts'
export type { PostgresStore, StoreOptions } from './operations/sql-store.ts'
export { postgresStore } from './postgres-store.ts'
export { migrationsSql } from './schema/migrate.ts'
