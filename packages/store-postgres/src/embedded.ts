export { embeddedStore } from './embedded/embedded-store.ts'
