import type { DepositView, Payments } from 'railswitch'
import type { DeedOf } from '../seed/action.ts'
import type { Transaction } from '../world/database.ts'
import { toMinor, toText } from '../world/money.ts'
import { type BookedDeposit, depositsAtVendor } from '../world/vendor-books.ts'
import type { World } from '../world/world.ts'
import { mayBeClaimed } from './claimed-orders.ts'
import { createDifferences } from './differences.ts'
import { hasRow, sumOf } from './rows.ts'

/**
 * Compares the money of a deposit, without anything that only a reconciliation finds out: all that the vendors have notified was
 * acknowledged.
 */
export const checkReported = async (
  world: World,
  payments: Payments<Transaction>,
  { reference }: DeedOf<'deposit' | 'charge'>,
): Promise<void> => {
  const booked = depositsAtVendor(world, reference)
  const view = await payments.getDeposit({ reference }).catch(() => null)
  if (!view || !booked.every(({ isReported }) => isReported)) return
  const { because, compare } = createDifferences(world, reference)
  const rows = sumOf(world, reference, 'deposit.credited') - sumOf(world, reference, 'deposit.reversed')
  compare('reported', 'rows before the reconciliation: net', rows, netOf(booked))
  // Equal notifications of payabl may repeat each other: one review names them, and only the list tells how many they are.
  if (toMinor(view.refunded.value) !== sentOf(booked))
    because(
      'refunds',
      `before the reconciliation: refunded ${view.refunded.value}, at the vendor ${toText(sentOf(booked))}`,
    )
}

/** Compares a deposit's rows and its view with the vendor's books. */
export const checkDeposit = async (
  world: World,
  payments: Payments<Transaction>,
  { reference }: DeedOf<'deposit' | 'charge'>,
): Promise<void> => {
  const booked = depositsAtVendor(world, reference)
  const view = await payments.getDeposit({ reference }).catch(() => null)
  const { because, compare } = createDifferences(world, reference)
  const net = netOf(booked)
  const rows = sumOf(world, reference, 'deposit.credited') - sumOf(world, reference, 'deposit.reversed')
  compare('rows', 'rows: net', rows, net)
  if (!view) {
    if (booked.length > 0 && !mayBeClaimed(world)) because('missing', 'the store does not know it')
    return
  }
  const seen = mayBeClaimed(world) ? 'claimed' : 'view'
  compare(seen, 'getDeposit: net', toMinor(view.credited.value) - toMinor(view.reversed.value), net)
  for (const { ref, credited, reversed } of view.attempts) {
    const own = booked.filter(({ order }) => ref.endsWith(`.${order.attempt}`))
    const atVendor = sum(own, (one) => one.credited - one.reversed)
    compare(seen, `getDeposit: net of ${ref}`, toMinor(credited.value) - toMinor(reversed.value), atVendor)
  }
  checkRefunds(world, view, booked)
  checkRefundable(world, view, booked)
  checkState(world, view, booked)
}

const checkRefunds = (world: World, view: DepositView, booked: readonly BookedDeposit[]): void => {
  const { reference } = view
  const { compare } = createDifferences(world, reference)
  const refunds = booked.flatMap((one) => one.refunds)
  compare('refunds', 'getDeposit: refunded', toMinor(view.refunded.value), sentOf(booked))
  const isDecided = world.reviews.decisions().some(({ payment }) => view.refunds.some(({ ref }) => ref === payment))
  const failed = sum(refunds, ({ minor, isBack, isSilent }) => (isBack && !isSilent ? minor : 0))
  // A call that was refused needs no event: its error says that no money was sent.
  if (!isDecided && failed > sumOf(world, reference, 'refund.failed'))
    compare('failures', 'rows: refund.failed', sumOf(world, reference, 'refund.failed'), failed)
  for (const { ref, state } of view.refunds)
    if (state === 'unknown' && !view.reviews.some(({ payment }) => payment === ref))
      world.journal.violated('every payment is final or in review', `refund ${ref} is unknown`)
}

/** If nothing was in review and one order was paid, all that is left of it at the vendor can be refunded. */
const checkRefundable = (world: World, view: DepositView, booked: readonly BookedDeposit[]): void => {
  const { reference, refundable, refunds } = view
  const isUndisputed = world.reviews.of(reference).length === 0 && refunds.every(({ state }) => state !== 'unknown')
  const paid = booked.filter(({ credited }) => credited > 0)
  const left = Math.max(0, netOf(paid) - sentOf(paid))
  if (isUndisputed && paid.length === 1 && toMinor(refundable.value) !== left)
    world.journal.violated(
      'what is left can be refunded',
      `${reference}: ${refundable.value} refundable, ${toText(left)} left at the vendor`,
    )
}

const checkState = (world: World, view: DepositView, booked: readonly BookedDeposit[]): void => {
  const { state, reference } = view
  const { because } = createDifferences(world, reference)
  const { violated } = world.journal
  const isOpen = state === 'pending' || state === 'not_credited_yet'
  if (isOpen && booked.some((one) => one.state === 'credited')) because('state', `it is ${state}`)
  if (state === 'not_credited_yet') because('state', 'it is not credited yet')
  const attempt = view.attempts.find(({ ref }) => ref === view.payment)
  if (isOpen && isOrdinarilyPaid(view, booked))
    violated('an order that was paid once needs no person', `${reference} is ${state}`)
  if (state === 'not_credited' && !attempt?.refused && !hasRow(world, reference, 'deposit.not_credited'))
    violated('the application hears how a payment ends', `${reference} is ${state}`)
  const [only, ...others] = booked
  // A further attempt may have reached no vendor.
  if (isOpen && only?.hasReportedEnd && others.length === 0 && view.attempts.length === 1)
    because('end', `it is ${state}, and its order was cancelled`)
}

/** The vendor notifies it again or shows it, for as long as it is looked up. */
const isOrdinarilyPaid = (view: DepositView, booked: readonly BookedDeposit[]): boolean => {
  const [only, ...others] = booked
  return (
    only !== undefined &&
    others.length === 0 &&
    only.state === 'credited' &&
    only.reversed === 0 &&
    view.attempts.some(({ ref, expected }) => ref === view.payment && toMinor(expected.value) === only.credited)
  )
}

const netOf = (booked: readonly BookedDeposit[]): number => sum(booked, ({ credited, reversed }) => credited - reversed)

const sentOf = (booked: readonly BookedDeposit[]): number =>
  sum(
    booked.flatMap(({ refunds }) => refunds),
    ({ minor, isBack }) => (isBack ? 0 : minor),
  )

const sum = <One>(all: readonly One[], pick: (one: One) => number): number =>
  all.reduce((total, one) => total + pick(one), 0)
