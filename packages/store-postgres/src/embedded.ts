export type { EmbeddedDatabase, EmbeddedTransaction } from './embedded/embedded-database.ts'
export { type EmbeddedStore, embeddedStore } from './embedded/embedded-store.ts'
