export { type StoreCase, type StoreUnderTest, storeCases } from './store-kit.ts'
