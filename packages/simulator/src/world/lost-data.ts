import type { Plan } from '../seed/plan.ts'
import type { Wire } from './network-to-vendors.ts'
import type { Vendors } from './vendors.ts'

/** What a restored backup lacks: everything that happened since the backup. */
export interface LostData {
  /** Milliseconds since 1970; null: there is no backup yet. */
  backedUpAt: number | null
  /** Milliseconds since 1970; null: nothing was lost. */
  restoredAt: number | null
  /** References of deposits that were imported before any of their reports had been acknowledged: nothing of them is lost. */
  readonly importedInTime: Set<string>
}

/** The parts of a world that tell what is lost. */
interface Books {
  readonly lostData: LostData
  readonly wire: Pick<Wire, 'ownOrders'>
  readonly plan: Plan
  readonly vendors: Vendors
}

export const createLostData = (): LostData => ({ backedUpAt: null, restoredAt: null, importedInTime: new Set() })

/** Whether something about this payment was recorded and is lost, so that the shop's books cannot agree with the vendors'. */
export const isLost = (world: Books, reference: string): boolean => {
  const { lostData, wire, plan } = world
  if (lostData.restoredAt === null || lostData.importedInTime.has(reference)) return false
  const refunds = plan.actions.flatMap(({ deed }) => (deed.does === 'refund' && deed.of === reference ? [deed] : []))
  const orders = wire.ownOrders.filter(
    (order) =>
      order.reference === reference || refunds.some((refund) => order.job?.startsWith(`refund ${refund.reference} `)),
  )
  return orders.some(({ at, vendorId }) => isInGap(world, at) || hasReportedInGap(world, vendorId))
}

const isInGap = ({ lostData: { backedUpAt, restoredAt } }: Books, at: number): boolean =>
  backedUpAt !== null && restoredAt !== null && at >= backedUpAt && at <= restoredAt

/** Whether the shop has acknowledged a notification of this order or of its payment in that time: it does not come again. */
export const hasReportedInGap = (world: Books, vendorId: string): boolean => {
  const { trustly, payabl } = world.vendors
  const orders = trustly.books().orders.filter(({ orderId }) => orderId === vendorId)
  const transactions = payabl
    .books()
    .payments.flatMap((payment) =>
      payment.transactions.some(({ transactionId }) => transactionId === vendorId) ? payment.transactions : [],
    )
  return [...orders, ...transactions]
    .flatMap((one) => one.notifications.flatMap(({ attempts }) => attempts))
    .some(({ at, outcome }) => outcome === 'accepted' && isInGap(world, Date.parse(at)))
}
