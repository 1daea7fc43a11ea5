export { type StoreCase, type StoreConditions, type StoreUnderTest, storeCases } from './store-kit.ts'
