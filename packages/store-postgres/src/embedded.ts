export {
  type EmbeddedDatabase,
  type EmbeddedStore,
  type EmbeddedTransaction,
  embeddedStore,
} from './embedded/embedded-store.ts'
