import { type ApiRequest, type ApiResponse, createApi } from './api.ts'
import { type Account, openAccount, type Payin } from './books.ts'
import { type BankPorts, createDeliveries, type Delivery } from './deliveries.ts'
import { createOrders, type Orders } from './orders.ts'

/** Meridian, in this process. */
export interface Bank {
  readonly openAccount: (id: string, secret: string) => Account
  readonly answer: (request: ApiRequest) => ApiResponse
  /** What customers, other banks and the back office do. */
  readonly orders: Orders
  readonly deliveries: readonly Delivery[]
  readonly findPayin: (id: string) => { readonly account: Account; readonly payin: Payin } | null
  /** No callback is repeated any more. */
  readonly close: () => void
}

/** `checkoutUrl`: the address of the checkout pages. */
export const createBank = (
  ports: BankPorts,
  checkoutUrl: () => string = () => 'https://pay.meridian.example',
): Bank => {
  const accounts = new Map<string, Account>()
  const deliveries = createDeliveries(ports)
  const orders = createOrders({ ...ports, deliveries, checkoutUrl })
  return {
    openAccount: (id, secret) => {
      const account = openAccount(id, secret)
      accounts.set(id, account)
      return account
    },
    answer: createApi(accounts, orders, ports),
    orders,
    deliveries: deliveries.deliveries,
    findPayin: (id) => {
      for (const account of accounts.values()) {
        const payin = account.payins.find((one) => one.id === id)
        if (payin) return { account, payin }
      }
      return null
    },
    close: deliveries.close,
  }
}

export type { Account, Payin, Payout, Refund } from './books.ts'
