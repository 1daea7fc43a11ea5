export type { Connection } from './connection.ts'
export { postgresStore } from './postgres-store.ts'
export { migrationsSql } from './schema.ts'
export type { PostgresStore, StoreOptions } from './sql-store.ts'
