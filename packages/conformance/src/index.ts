export { type StoreCase, type StoreConditions, type StoreUnderTest, storeCases } from './store/store-kit.ts'
