import type { Payments } from 'railswitch'
import type { Transaction } from '../world/database.ts'
import type { StrangersOrder, World } from '../world/world.ts'

/**
 * Checks that a person sees every paid order of somebody else whose notification the shop has acknowledged. Only Trustly's have a
 * review for all of a day: it is open again when another one arrives after somebody has resolved it.
 */
export const checkStrangers = async (world: World, payments: Payments<Transaction>): Promise<void> => {
  const { lostData, strangersPaidOrders, reviews, journal } = world
  if (lostData.restoredAt !== null) return
  const open = new Set((await payments.listReviews()).map(({ id }) => id))
  for (const order of strangersPaidOrders) {
    const arrivedAt = acknowledgedAt(world, order)
    if (arrivedAt === null) continue
    const isShown = reviews
      .all()
      .some(({ id, vendorId }) =>
        order.rail === 'payabl'
          ? transactionsOf(world, order).some(({ transactionId }) => transactionId === vendorId)
          : id.startsWith('trustly:review:foreign_order:') &&
            (open.has(id) || (reviews.readAt(id) ?? Number.NEGATIVE_INFINITY) >= arrivedAt),
      )
    if (!isShown) journal.violated("a person sees others' orders", `${order.rail} ${order.vendorId}`)
  }
}

/** Milliseconds since 1970; null: the shop has acknowledged nothing. Trustly refuses our signature below another merchant's order. */
const acknowledgedAt = (world: World, order: StrangersOrder): number | null => {
  const { trustly } = world.vendors
  const all =
    order.rail === 'payabl'
      ? transactionsOf(world, order)
      : trustly.books(trustly.stranger.username).orders.filter(({ orderId }) => orderId === order.vendorId)
  const accepted = all
    .flatMap(({ notifications }) => notifications.flatMap(({ attempts }) => attempts))
    .filter(({ outcome }) => outcome === 'accepted' || outcome.startsWith('the signature does not verify'))
  return accepted.length === 0 ? null : Math.min(...accepted.map(({ at }) => Date.parse(at)))
}

const transactionsOf = ({ vendors }: World, { vendorId }: StrangersOrder) =>
  vendors.payabl
    .books()
    .payments.find(({ transactions }) => transactions.some(({ transactionId }) => transactionId === vendorId))
    ?.transactions ?? []
