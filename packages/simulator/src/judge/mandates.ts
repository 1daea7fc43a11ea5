import type { Payments } from 'railswitch'
import type { Transaction } from '../world/database.ts'
import { isLost } from '../world/lost-data.ts'
import { accountOrder, moneyInOrders } from '../world/orders.ts'
import type { World } from '../world/world.ts'

/** Checks that a mandate whose end the shop has acknowledged is over, and that no charge was begun after it. */
export const checkMandates = async (world: World, payments: Payments<Transaction>): Promise<void> => {
  for (const { deed } of world.plan.actions) {
    if ('reference' in deed && isLost(world, deed.reference)) continue
    if (deed.does === 'charge' && isLost(world, deed.of)) continue
    if (deed.does === 'choose account') await checkAccount(world, payments, deed.reference)
    if (deed.does !== 'charge') continue
    const endedAt = mandateEnd(world, deed.of)
    const startedAt = world.jobs.startedAt(`charge ${deed.reference}`)
    const isCharged = moneyInOrders(world.wire, deed.reference).length > 0
    if (isCharged && endedAt !== null && startedAt !== undefined && endedAt < startedAt)
      world.journal.violated('nothing is charged without a mandate', deed.reference)
  }
}

const checkAccount = async (world: World, payments: Payments<Transaction>, reference: string): Promise<void> => {
  const view = await payments.getAccount({ reference }).catch(() => null)
  if (mandateEnd(world, reference) !== null && view?.mandate === 'active')
    world.journal.violated('a mandate that the bank has ended is over', `${reference} is ${view.mandate}`)
}

/** When the shop acknowledged the end of the mandate; null: it has not. */
const mandateEnd = ({ wire, vendors }: World, reference: string): number | null => {
  const order = accountOrder(wire, reference)
  const booked = vendors.trustly.books().orders.find(({ orderId }) => orderId === order?.vendorId)
  const accepted = booked?.notifications.flatMap(({ method, attempts }) =>
    method === 'cancel' ? attempts.filter(({ outcome }) => outcome === 'accepted') : [],
  )
  const [first] = accepted ?? []
  return first ? Date.parse(first.at) : null
}
