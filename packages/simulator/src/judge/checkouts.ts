import { depositsAtVendor } from '../world/vendor-books.ts'
import type { World } from '../world/world.ts'

interface Attempt {
  readonly reference: string
  readonly attempt: number
}

/** The attempts that were called, by world. */
const called = new WeakMap<World, Set<string>>()

/** Opens a checkout: an attempt must not begin while the application knows that an earlier one is approved or credited. */
export const watchCheckout = async <A>(
  world: World,
  { reference, attempt }: Attempt,
  open: () => Promise<A>,
): Promise<A> => {
  const known = called.get(world) ?? new Set()
  called.set(world, known)
  // One that was begun before the customer paid can be repeated.
  const mayOpen = known.has(`${reference} ${attempt}`) || !isPaid(world, reference)
  known.add(`${reference} ${attempt}`)
  const result = await open()
  if (!mayOpen && isPaid(world, reference) && hasMoney(world, reference))
    world.journal.violated('no checkout opens for an order that is paid', `${reference}, attempt ${attempt}`)
  return result
}

/** The vendor has money of it, or expects some. That nothing is left may not have reached the application's rows yet. */
const hasMoney = (world: World, reference: string): boolean =>
  depositsAtVendor(world, reference).some(({ isPaid, credited, reversed, refunds }) => {
    const refunded = refunds.reduce((sum, { minor, isBack }) => (isBack ? sum : sum + minor), 0)
    return credited > 0 ? credited > reversed + refunded : isPaid
  })

const types: ReadonlySet<string> = new Set([
  'deposit.not_credited_yet',
  'deposit.credited',
  'deposit.not_credited',
  'deposit.reversed',
])

/** What the newest row of the application says; a deposit of which only a part was taken back is paid, unless it was refunded. */
const isPaid = ({ database, plan }: World, reference: string): boolean => {
  const rows = database.rows.filter((row) => row.reference === reference && types.has(row.type))
  const newest = rows.at(-1)?.type
  const isRefunded = plan.actions.some(
    ({ deed }) => deed.does.includes('refund') && 'of' in deed && deed.of === reference,
  )
  const sum = (type: string): number => rows.reduce((total, row) => (row.type === type ? total + row.minor : total), 0)
  const isHeld = newest === 'deposit.reversed' && !isRefunded && sum('deposit.credited') > sum('deposit.reversed')
  return newest === 'deposit.not_credited_yet' || newest === 'deposit.credited' || isHeld
}
