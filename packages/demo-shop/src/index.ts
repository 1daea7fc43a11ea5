export { cart, customer, type Order, type Shop, type ShopOptions, startShop } from './shop.ts'
