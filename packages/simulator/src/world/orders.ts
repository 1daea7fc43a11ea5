import type { Rail } from '../seed/plan.ts'
import type { Wire } from './network-to-vendors.ts'
import type { OwnOrder } from './own-orders.ts'
import type { Vendors } from './vendors.ts'

/** The order whose checkout page has this address. */
export const ordersAt = (
  { trustly, payabl }: Vendors,
  redirectUrl: string,
): { readonly rail: Rail; readonly id: string; readonly amount: string } | null => {
  const order = trustly.books().orders.find(({ checkoutUrl }) => checkoutUrl === redirectUrl)
  if (order) return { rail: 'trustly', id: order.orderId, amount: order.amount ?? '' }
  const payment = payabl.books().payments.find((one) => one.redirectUrl === redirectUrl)
  const transaction = payment?.transactions[0]
  return transaction ? { rail: 'payabl', id: transaction.transactionId, amount: transaction.amount } : null
}

const moneyInMethods = new Set(['Deposit', 'Charge', 'DirectDebit', 'payment_preauthorize'])
const payoutMethods = new Set(['AccountPayout', 'RegisterAccountPayout', 'Withdraw', 'DirectCredit', 'payment_cft'])
const mandateMethods = new Set(['SelectAccount', 'DirectDebitMandate', 'ImportDirectDebitMandate'])

/** Our orders that bring the money of this reference. */
export const moneyInOrders = ({ ownOrders }: Wire, reference: string): readonly OwnOrder[] =>
  unique(ownOrders.filter((order) => order.reference === reference && moneyInMethods.has(order.method)))

/** Our orders that pay out for this reference. */
export const payoutOrders = ({ ownOrders }: Wire, reference: string): readonly OwnOrder[] =>
  unique(ownOrders.filter((order) => order.reference === reference && payoutMethods.has(order.method)))

/** Our orders in which a customer chooses an account or signs a mandate. */
export const mandateOrders = ({ ownOrders }: Wire, reference: string): readonly OwnOrder[] =>
  unique(ownOrders.filter((order) => order.reference === reference && mandateMethods.has(order.method)))

/** A repeated call has the same order. */
const unique = (orders: readonly OwnOrder[]): readonly OwnOrder[] => [
  ...new Map(orders.map((order) => [`${order.rail} ${order.vendorId}`, order])).values(),
]
