import type { MandateView, Payments } from 'railswitch'
import type { Transaction } from '../world/database.ts'
import { isLost } from '../world/lost-data.ts'
import { mandateOrders, moneyInOrders } from '../world/orders.ts'
import type { OwnOrder } from '../world/own-orders.ts'
import type { World } from '../world/world.ts'

/** Checks that mandates are as Trustly has them, as far as the shop has acknowledged it, and that no charge was begun after their end. */
export const checkMandates = async (world: World, payments: Payments<Transaction>): Promise<void> => {
  for (const { deed } of world.plan.actions) {
    if ('reference' in deed && isLost(world, deed.reference)) continue
    if (deed.does === 'charge' && isLost(world, deed.of)) continue
    if (deed.does === 'choose account') await checkAccount(world, payments, deed.reference)
    if (deed.does === 'sign mandate' || deed.does === 'import mandate')
      await checkManaged(world, payments, deed.reference)
    if (deed.does !== 'charge') continue
    const endedAt = lastEnd(world, deed.of)
    const startedAt = world.jobs.startedAt(`charge ${deed.reference}`)
    const isCharged = moneyInOrders(world.wire, deed.reference).length > 0
    if (isCharged && endedAt !== null && startedAt !== undefined && endedAt < startedAt)
      world.journal.violated('nothing is charged without a mandate', deed.reference)
  }
}

const checkAccount = async (world: World, payments: Payments<Transaction>, reference: string): Promise<void> => {
  const view = await payments.getAccount({ reference }).catch(() => null)
  if (lastEnd(world, reference) !== null && view?.mandate === 'active')
    world.journal.violated('a mandate that the bank has ended is over', `${reference} is ${view.mandate}`)
}

const checkManaged = async (world: World, payments: Payments<Transaction>, reference: string): Promise<void> => {
  const view = await payments.getMandate({ reference }).catch(() => null)
  for (const order of mandateOrders(world.wire, reference)) {
    const attempt = view?.attempts.find(({ ref }) => ref.endsWith(`.${order.attempt}`))
    if (attempt) checkAttempt(world, order, attempt)
    else world.journal.violated('a difference from the vendor is in review', `${reference}: the store does not know it`)
  }
}

const checkAttempt = (world: World, order: OwnOrder, attempt: MandateView['attempts'][number]): void => {
  const { ref, state, account } = attempt
  const { violated } = world.journal
  const booked = bookedAs(world, order)
  if (!booked) return
  const is = `${ref} is ${state} with account ${account}, at the vendor ${booked.state} with ${booked.accountId}`
  if (endOf(world, order) !== null && state !== 'revoked') violated('a mandate that the bank has ended is over', is)
  if (state === 'revoked' && booked.state !== 'cancelled') violated('only a mandate that has ended is revoked', is)
  if (!booked.notifications.every(({ attempts }) => attempts.some(isAccepted))) return
  const isAmbiguous = world.reviews.of(order.reference).some(({ reason }) => reason === 'ambiguous_mandate')
  const isAsBooked =
    state === booked.state && (account === booked.accountId || (state === 'pending' && booked.accountId === null))
  if (booked.state === 'active' && !isAsBooked && !isAmbiguous) violated('a mandate is as the vendor has it', is)
  if (!world.database.rows.some((row) => row.payment === ref && row.type === `mandate.${state}`) && state !== 'pending')
    violated('the application hears how a mandate ends', is)
}

/** When the shop acknowledged the end of all its attempts; null: it has not. */
const lastEnd = (world: World, reference: string): number | null => {
  const ends = mandateOrders(world.wire, reference).map((order) => endOf(world, order))
  const known = ends.filter((at) => at !== null)
  return ends.length > 0 && known.length === ends.length ? Math.max(...known) : null
}

const endOf = (world: World, order: OwnOrder): number | null => {
  const cancels = bookedAs(world, order)?.notifications.filter(({ method }) => method === 'cancel') ?? []
  const [first] = cancels.flatMap(({ attempts }) => attempts.filter(isAccepted))
  return first ? Date.parse(first.at) : null
}

const isAccepted = ({ outcome }: { readonly outcome: string }): boolean => outcome === 'accepted'

const bookedAs = ({ vendors }: World, { vendorId }: OwnOrder) =>
  vendors.trustly.books().orders.find(({ orderId }) => orderId === vendorId)
