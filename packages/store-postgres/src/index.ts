export type { Connection } from './connection/connection.ts'
export type { PostgresStore, StoreOptions } from './methods/sql-store.ts'
export { postgresStore } from './postgres-store.ts'
export { migrationsSql } from './schema/migrate.ts'
