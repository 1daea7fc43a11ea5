import type { Payments } from 'railswitch'
import type { Transaction } from '../world/database.ts'
import { payoutsAtVendor, type SentOut } from '../world/vendor-books.ts'
import type { World } from '../world/world.ts'
import { createDifferences } from './differences.ts'
import { isReserved, sumOf } from './rows.ts'

/** Compares the rows and the view of a payout or a withdrawal with the vendor's books. */
export const checkPayout = async (world: World, payments: Payments<Transaction>, reference: string): Promise<void> => {
  const sent = payoutsAtVendor(world, reference)
  const view = await payments.getPayout({ reference }).catch(() => null)
  const { because, compare } = createDifferences(world, reference)
  const [paid, back] = [totalOf(sent, false), totalOf(sent, true)]
  const failed = sumOf(world, reference, 'payout.failed')
  if (view?.kind === 'withdrawal') checkReturned(world, reference, { paid, failed })
  else if (!world.reviews.decisions().some((decision) => decision.reference === reference))
    compare('failures', 'rows: payout.failed', failed, back)
  if (!view) {
    if (sent.length > 0) because('missing', 'the store does not know it')
    return
  }
  if (paid > 0 && view.state === 'failed') because('state', 'it is failed, and the vendor paid')
  if (paid === 0 && back > 0 && !['failed', 'returned'].includes(view.state))
    because('state', `it is ${view.state}, and the vendor's payout failed`)
  const isPayabls = view.payment.startsWith('rs1.payabl.')
  const isFinal = view.state !== 'unknown' && !(isPayabls && view.state === 'accepted')
  if (!isFinal && view.reviews.length === 0)
    world.journal.violated('every payment is final or in review', `${reference} is ${view.state}`)
}

/** A withdrawal that was reserved and ended without a payment gives the money back, once. */
const checkReturned = (
  world: World,
  reference: string,
  { paid, failed }: { readonly paid: number; readonly failed: number },
): void => {
  const order = world.vendors.trustly.books().orders.find(({ messageId }) => messageId === reference)
  const isOver = order && ['cancelled', 'failed', 'returned', 'dropped'].includes(order.state)
  const reserved = isReserved(world, reference) ? sumOf(world, reference, 'withdrawal.requested') : 0
  if (isOver && paid === 0 && failed !== reserved)
    createDifferences(world, reference).compare('failures', 'rows: given back', failed, reserved)
}

const totalOf = (all: readonly SentOut[], back: boolean): number =>
  all.reduce((sum, { minor, isBack }) => (isBack === back ? sum + minor : sum), 0)
