import type { DepositView, Payments, PayoutView } from 'railswitch'
import type { Deed, DeedOf } from '../seed/action.ts'
import type { Transaction } from '../world/database.ts'
import { toMinor, toText } from '../world/money.ts'
import { depositsAtVendor, payoutsAtVendor } from '../world/vendor-books.ts'
import type { World } from '../world/world.ts'

/** References that a review names or named, with its reason. */
export type Reviewed = (reference: string) => readonly string[]

/** Checks, long after all faults have ended, that everything is known or in review, and that all books agree. */
export const checkEnd = async (world: World, payments: Payments<Transaction>): Promise<void> => {
  const { violated } = world.journal
  for (const job of world.jobs.open()) violated('every call ends', job)
  const reviewed = await reviewsOf(world, payments)
  for (const { deed } of world.plan.actions) {
    if (deed.does === 'deposit' || deed.does === 'charge') await checkDeposit(world, payments, deed, reviewed)
    if (deed.does === 'pay out' || deed.does === 'withdraw')
      await checkPayout(world, payments, deed.reference, reviewed)
  }
  if (isOrdinary(world)) for (const what of world.reviews.all()) violated('nothing is reviewed without a cause', what)
  const { handled, failed } = await payments.sync()
  if (handled > 0 || failed > 0) violated('no handler is owed', `sync handled ${handled} more, ${failed} failed`)
}

const reviewsOf = async (world: World, payments: Payments<Transaction>): Promise<Reviewed> => {
  for (const { reason, reference } of await payments.listReviews()) world.reviews.add(reason, reference)
  return world.reviews.of
}

const checkDeposit = async (
  world: World,
  payments: Payments<Transaction>,
  { reference }: DeedOf<'deposit' | 'charge'>,
  reviewed: Reviewed,
): Promise<void> => {
  const booked = depositsAtVendor(world, reference)
  const view = await payments.getDeposit({ reference }).catch(() => null)
  const differ = differences(world, reference)
  const sum = (pick: (one: (typeof booked)[number]) => number): number =>
    booked.reduce((total, one) => total + pick(one), 0)
  const net = sum(({ credited, reversed }) => credited - reversed)
  const sent = sum(({ refunds }) => totalOf(refunds.filter(({ isBack }) => !isBack)))
  const isHeard = !booked.some(({ isUnheard }) => isUnheard)
  const credited = rowsOf(world, reference, 'deposit.credited')
  if (isHeard) differ('rows: net', credited - rowsOf(world, reference, 'deposit.reversed'), net)
  if (view && isHeard) differ('getDeposit: net', toMinor(view.credited.value) - toMinor(view.reversed.value), net)
  if (view && !hasSilentRefunds(world, reference)) differ('getDeposit: refunded', toMinor(view.refunded.value), sent)
  if (view && isOpen(view) && booked.some(({ state }) => state === 'credited')) differ.because(`it is ${view.state}`)
  if (!view && booked.length > 0) differ.because('the store does not know it')
  if (differ.found().length > 0 && reviewed(reference).length === 0)
    world.journal.violated('a difference from the vendor is in review', differ.found().join('; '))
}

/** payabl's portal refunds without a notification, unless support has switched it on: then nobody can know of it. */
const hasSilentRefunds = ({ plan }: World, reference: string): boolean =>
  plan.assumptions.tellsRefunds === false &&
  plan.actions.some(({ deed }) => deed.does === 'refund in the back office' && deed.of === reference)

const isOpen = ({ state }: DepositView): boolean => state === 'pending' || state === 'not_credited_yet'

const checkPayout = async (
  world: World,
  payments: Payments<Transaction>,
  reference: string,
  reviewed: Reviewed,
): Promise<void> => {
  const sent = payoutsAtVendor(world, reference)
  const view = await payments.getPayout({ reference }).catch(() => null)
  const differ = differences(world, reference)
  const back = totalOf(sent.filter(({ isBack }) => isBack))
  const paid = totalOf(sent.filter(({ isBack }) => !isBack))
  const isWithdrawal = rowsOf(world, reference, 'withdrawal.requested') > 0
  if (!isWithdrawal) differ('rows: payout.failed', rowsOf(world, reference, 'payout.failed'), back)
  if (view && paid > 0 && view.state === 'failed') differ.because('it is failed, and the vendor paid')
  if (view && paid === 0 && back > 0 && !hasFailed(view))
    differ.because(`it is ${view.state}, and the vendor's payout failed`)
  if (!view && sent.length > 0) differ.because('the store does not know it')
  if (differ.found().length > 0 && reviewed(reference).length === 0)
    world.journal.violated('a difference from the vendor is in review', differ.found().join('; '))
}

const hasFailed = ({ state }: PayoutView): boolean => state === 'failed'

const totalOf = (all: ReadonlyArray<{ readonly minor: number }>): number =>
  all.reduce((sum, { minor }) => sum + minor, 0)

const rowsOf = ({ database }: World, reference: string, type: string): number =>
  totalOf(database.rows.filter((row) => row.reference === reference && row.type === type))

const differences = (_world: World, reference: string) => {
  const found: string[] = []
  const because = (what: string): void => void found.push(`${reference}: ${what}`)
  const compare = (what: string, ours: number, theirs: number): void => {
    if (ours !== theirs) because(`${what} ${toText(ours)}, at the vendor ${toText(theirs)}`)
  }
  return Object.assign(compare, { because, found: () => found })
}

/** Without faults, strangers and disputed money there is nothing to review. */
const isOrdinary = ({ plan }: World): boolean =>
  plan.faults.size === 0 &&
  plan.actions.every(
    ({ deed }) => ordinary.has(deed.does) && !('visit' in deed && deed.visit.way === 'pays another amount'),
  )

const ordinary: ReadonlySet<Deed['does']> = new Set([
  'deposit',
  'refund',
  'pay out',
  'withdraw',
  'choose account',
  'charge',
  'confirm payout',
  'confirm refunds',
  'people review',
])
