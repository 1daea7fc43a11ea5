import type { Signing, Visit } from '../seed/action.ts'
import { toMinor, toText } from '../world/money.ts'
import { moneyInOrders, ordersAt } from '../world/orders.ts'
import { depositsAtVendor } from '../world/vendor-books.ts'
import type { World } from '../world/world.ts'

interface Checkout {
  readonly reference: string
  readonly redirectUrl: string
  readonly visit: Visit & { readonly afterMs: number }
}

/** A customer who follows the address that the shop returned. One who has paid does not come again. */
export const visitCheckout = (world: World, { reference, redirectUrl, visit }: Checkout): void => {
  world.clock.after(visit.afterMs, () => {
    const order = ordersAt(world.vendors, redirectUrl)
    if (!order || hasPaid(world, reference)) return
    world.openedOrders.add(order.id)
    world.trace.add('customer', `${visit.way}: ${reference} at ${order.rail} ${order.id}`)
    doQuietly(world, () => (order.rail === 'trustly' ? atTrustly : atPayabl)(world, order, visit))
  })
}

const hasPaid = (world: World, reference: string): boolean =>
  depositsAtVendor(world, reference).some(({ isPaid }) => isPaid)

interface Order {
  readonly id: string
  readonly amount: string
}

const atTrustly = (world: World, { id, amount }: Order, visit: Visit): void => {
  const { clock, vendors } = world
  const { trustly } = vendors
  switch (visit.way) {
    case 'pays':
      trustly.complete(id, { notify: ['pending'] })
      return void clock.after(visit.creditAfterMs, () =>
        doQuietly(world, () => trustly.complete(id, { notify: ['credit'] })),
      )
    case 'pays at once':
      return void trustly.complete(id)
    case 'pays another amount':
      return void trustly.complete(id, { amount: toText(toMinor(amount) - 150) })
    case 'cancels':
      return void trustly.cancel(id)
    case 'is approved and never credited':
      trustly.complete(id, { notify: ['pending'] })
      return void clock.after(week, () => doQuietly(world, () => trustly.cancel(id)))
    case 'leaves':
      return
    default:
      visit satisfies never
  }
}

const atPayabl = (world: World, { id }: Order, visit: Visit): void => {
  const { clock, vendors } = world
  const { payabl } = vendors
  switch (visit.way) {
    case 'pays':
      payabl.accept(id)
      return void clock.after(visit.creditAfterMs, () => doQuietly(world, () => payabl.credit(id)))
    case 'pays at once':
    case 'pays another amount':
      return void payabl.credit(id)
    case 'cancels':
      return void payabl.abort(id)
    case 'is approved and never credited':
      payabl.accept(id)
      return void clock.after(2 * week, () => doQuietly(world, () => payabl.fail(id)))
    case 'leaves':
      return
    default:
      visit satisfies never
  }
}

const week = 7 * 86_400_000

export const visitWithdrawalPage = (world: World, redirectUrl: string, asks: string | null): void =>
  completeAt(world, redirectUrl, asks)

export const visitAccountPage = (world: World, redirectUrl: string): void => completeAt(world, redirectUrl, null)

export const visitMandatePage = (world: World, redirectUrl: string, signing: Signing): void => {
  world.clock.after(30_000, () => {
    const order = ordersAt(world.vendors, redirectUrl)
    if (order?.rail !== 'trustly') return
    world.trace.add('customer', `${signing.way}: mandate ${order.id}`)
    doQuietly(world, () => sign(world, order.id, signing))
  })
}

const sign = (world: World, id: string, signing: Signing): void => {
  const { trustly } = world.vendors
  switch (signing.way) {
    case 'signs':
      trustly.complete(id, { notify: ['pending'] })
      return void world.clock.after(signing.registeredAfterMs, () =>
        doQuietly(world, () => trustly.complete(id, { notify: ['credit'] })),
      )
    case 'cancels':
      return void trustly.cancel(id)
    case 'leaves':
      return
    default:
      signing satisfies never
  }
}

/** The customer's bank pays what was charged. */
export const collectCharges = (world: World, reference: string): void => {
  for (const { vendorId } of moneyInOrders(world.wire, reference))
    doQuietly(world, () => world.vendors.trustly.complete(vendorId))
}

const completeAt = (world: World, redirectUrl: string, amount: string | null): void => {
  world.clock.after(30_000, () => {
    const order = ordersAt(world.vendors, redirectUrl)
    if (order?.rail === 'trustly')
      doQuietly(world, () => world.vendors.trustly.complete(order.id, { ...(amount !== null && { amount }) }))
  })
}

/** The sandbox throws if an order has ended meanwhile. */
const doQuietly = ({ trace }: Pick<World, 'trace'>, event: () => unknown): void => {
  try {
    event()
  } catch (error) {
    trace.add('vendor', `not possible: ${error instanceof Error ? error.message : error}`)
  }
}
