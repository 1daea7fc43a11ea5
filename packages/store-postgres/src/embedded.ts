export { type EmbeddedStore, embeddedStore } from './embedded/embedded-store.ts'
