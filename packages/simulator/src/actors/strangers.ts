import type { DeedOf } from '../seed/action.ts'
import { moneyInOrders, payoutOrders } from '../world/orders.ts'
import { callbackUrl } from '../world/shop-process.ts'
import type { World } from '../world/world.ts'

/** Somebody else orders with our reference and our callback address: another merchant, or another program of our merchant account. */
export const orderAsStranger = (
  { vendors, wire, random, strangersPaidOrders }: World,
  { does, of, pays }: DeedOf<'stranger orders' | 'other program orders'>,
): string | null => {
  const order = [...moneyInOrders(wire, of), ...payoutOrders(wire, of)][0]
  if (!order) return null
  const { trustly, payabl } = vendors
  // Nobody else knows our tokens.
  const notificationUrl = `${callbackUrl}/${order.rail}`
  if (order.rail === 'trustly') {
    if (does === 'other program orders') return null
    const copy = trustly.stranger.imitate(order.vendorId, { notificationUrl })
    if (pays) strangersPaidOrders.push({ rail: 'trustly', vendorId: copy })
    if (pays) trustly.complete(copy)
    else trustly.cancel(copy)
    return `a stranger's order ${copy}`
  }
  const copy = (does === 'stranger orders' ? payabl.stranger : payabl.otherShop).imitate(order.vendorId, {
    notificationUrl,
    ...(random.stream('stranger', of, does).chance(0.5) && { amount: '77.00' }),
  })
  if (pays) strangersPaidOrders.push({ rail: 'payabl', vendorId: copy })
  if (pays) payabl.credit(copy)
  else payabl.abort(copy)
  return `${does === 'stranger orders' ? "a stranger's" : "another program's"} transaction ${copy}`
}
