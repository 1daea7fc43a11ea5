import type { DeedOf } from '../seed/action.ts'
import { mandateOrders, moneyInOrders, payoutOrders } from '../world/orders.ts'
import { depositsAtVendor } from '../world/vendor-books.ts'
import type { World } from '../world/world.ts'

/** The newest order that brings this reference's money. */
const orderOf = (world: World, reference: string) => moneyInOrders(world.wire, reference).at(-1)

export const chargeBack = (world: World, { of, amount }: DeedOf<'charge back'>): string | null => {
  const order = orderOf(world, of)
  if (!order) return null
  const { trustly, payabl } = world.vendors
  if (order.rail === 'trustly') return `debit ${trustly.debit(order.vendorId, amount)}`
  return `chargeback ${payabl.chargeBack(order.vendorId, amount)}`
}

export const refundInBackOffice = (
  world: World,
  { of, amount }: DeedOf<'refund in the back office'>,
): string | null => {
  const order = orderOf(world, of)
  if (order?.rail !== 'payabl') return null
  return `refund from the dashboard ${world.vendors.payabl.refundFromDashboard(order.vendorId, amount)}`
}

export const returnRefund = (world: World, { of }: DeedOf<'return refund'>): string | null => {
  const order = orderOf(world, of)
  if (order?.rail !== 'trustly') return null
  const refund = refundsOf(world, order.vendorId, ['executed', 'confirmed'])[0]
  if (!refund) return null
  return `refund returned ${world.vendors.trustly.returnRefund(order.vendorId, refund.amount)}`
}

export const confirmRefunds = (world: World, { of }: DeedOf<'confirm refunds'>): string | null => {
  const order = orderOf(world, of)
  if (order?.rail !== 'trustly') return null
  const sent = refundsOf(world, order.vendorId, ['executed'])
  for (const { amount } of sent) world.vendors.trustly.confirmPayout(order.vendorId, amount)
  return `${sent.length} refunds confirmed`
}

const refundsOf = ({ vendors: { trustly } }: World, orderId: string, states: readonly string[]) =>
  (trustly.books().orders.find((order) => order.orderId === orderId)?.refunds ?? []).filter(({ state }) =>
    states.includes(state),
  )

export const endPayout = (world: World, { does, of }: DeedOf<'fail payout' | 'confirm payout'>): string | null => {
  const order = payoutOrders(world.wire, of).at(-1)
  if (!order) return null
  const { trustly, payabl } = world.vendors
  if (order.rail === 'payabl')
    return does === 'fail payout' ? `payout failed ${payabl.failPayout(order.vendorId)}` : null
  if (does === 'fail payout') return `payout failed ${trustly.failPayout(order.vendorId).join(' ')}`
  return `payout confirmed ${trustly.confirmPayout(order.vendorId)}`
}

/** The bank takes back all of the money, before or after the credit. What was charged back before is not lost again. */
export const loseMoney = (world: World, { of }: DeedOf<'lose money'>): string | null => {
  const order = orderOf(world, of)
  if (order?.rail !== 'payabl' || depositsAtVendor(world, of).some(({ reversed }) => reversed > 0)) return null
  return `money lost ${world.vendors.payabl.fail(order.vendorId)}`
}

/** Trustly notifies it like the end of any other order. */
export const revokeMandate = ({ wire, vendors }: World, { of }: DeedOf<'revoke mandate'>): string | null => {
  const order = mandateOrders(wire, of).at(-1)
  if (!order) return null
  const { cancel, notify } = vendors.trustly
  return `mandate revoked ${order.method === 'SelectAccount' ? notify(order.vendorId, 'cancel') : cancel(order.vendorId)}`
}

export const moveMandate = ({ wire, vendors }: World, { of }: DeedOf<'move mandate'>): string | null => {
  const order = mandateOrders(wire, of).at(-1)
  return order ? `mandate moved ${vendors.trustly.moveMandate(order.vendorId).join(' ')}` : null
}

export const failCharge = ({ wire, vendors }: World, { of }: DeedOf<'fail charge'>): string | null => {
  const order = moneyInOrders(wire, of).at(-1)
  return order ? `charge failed ${vendors.trustly.cancel(order.vendorId)}` : null
}

/** The customer pays an order again whose attempt was replaced, or whose page was still open. */
export const paySecondTime = (world: World, { of }: DeedOf<'pay a second time'>): string | null => {
  const order = moneyInOrders(world.wire, of).find(({ vendorId }) => world.openedOrders.has(vendorId))
  if (!order) return null
  const { trustly, payabl } = world.vendors
  if (order.rail === 'trustly') return `completed ${trustly.complete(order.vendorId).join(' ')}`
  const booked = depositsAtVendor(world, of).find(({ vendorIds }) => vendorIds.includes(order.vendorId))
  if (booked?.state === 'pending') return `paid ${payabl.credit(order.vendorId)}`
  const vendorId = payabl.otherShop.imitate(order.vendorId)
  world.wire.addTransaction({ ...order, vendorId, job: null })
  return `another transaction ${vendorId} paid ${payabl.credit(vendorId)}`
}
