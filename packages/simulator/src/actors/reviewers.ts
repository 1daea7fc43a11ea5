import type { PaymentRef, Review } from '@railswitch/core'
import type { Decision } from '../world/review-list.ts'
import type { Shop } from '../world/shop-process.ts'
import { depositsAtVendor, isRefundExecuted, payoutsAtVendor } from '../world/vendor-books.ts'
import type { World } from '../world/world.ts'

/** People at the shop look into the vendors' books and decide what is open. */
export const reviewAsPeople = async (world: World): Promise<void> => {
  const shop = world.shops.pick(world.random.stream('people', world.clock.now()))
  if (!shop) return
  const readAt = world.clock.now()
  const reviews = await shop.life.outlive(shop.payments.listReviews()).catch(() => [])
  for (const review of reviews) {
    world.reviews.add(review)
    world.trace.add('people', `decide ${review.reason} ${review.reference}`)
    // Its result may be lost after it was stored.
    world.reviews.resolve(review.id, readAt)
    await shop.life
      .outlive(decide(world, shop, review))
      .catch((error) => world.trace.add('people', `could not: ${error?.code ?? error}`))
  }
}

const note = { by: 'Ada', why: "seen in the vendor's books" }

const decide = async (world: World, { payments }: Shop, review: Review): Promise<void> => {
  const decision = decisionFor(world, review)
  await payments.resolveReview({ review: review.id, ...(decision && { as: decision.as }), ...note })
  if (decision) world.reviews.decide(decision)
}

/** What the vendor's books say about an outcome that the library does not know; null: the review is only acknowledged. */
const decisionFor = (world: World, { reason, payment, reference, vendorId }: Review): Decision | null => {
  if (payment === null || reference === null) return null
  const { kind, sent, attempt } = partsOf(payment)
  if (reason === 'outcome_unknown' && kind !== 'deposit') {
    const isPaid =
      kind === 'refund'
        ? isRefundExecuted(world, sent, attempt)
        : payoutsAtVendor(world, reference, attempt).some(({ isBack }) => !isBack)
    return { payment, reference, as: isPaid ? 'confirmed' : 'failed' }
  }
  const isKnown = world.database.rows.some((row) => row.payment === payment && row.type === 'deposit.credited')
  const isCredited = depositsAtVendor(world, reference).some(
    ({ vendorIds, credited }) => vendorIds.includes(vendorId) && credited > 0,
  )
  return reason === 'unsigned_money' && kind === 'deposit' && isCredited && !isKnown
    ? { payment, reference, as: 'credited' }
    : null
}

const partsOf = (payment: PaymentRef) => {
  const [, , kind, sent = '', attempt] = payment.split('.')
  return { kind, sent, attempt: Number(attempt) }
}
