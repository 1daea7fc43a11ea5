export type { Order } from './order.ts'
export { cart, customer, type Shop, type ShopOptions, startShop } from './shop.ts'
