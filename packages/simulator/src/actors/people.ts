import type { Review } from '@railswitch/core'
import type { Shop } from '../world/shop.ts'
import { isRefundExecuted, payoutsAtVendor } from '../world/vendor-books.ts'
import type { World } from '../world/world.ts'

/** People at the shop look into the vendors' books and decide what is open. */
export const reviewAsPeople = async (world: World): Promise<void> => {
  const shop = world.shops.pick(world.random.stream('people', world.clock.now()))
  if (!shop) return
  const reviews = await shop.life.outlive(shop.payments.listReviews()).catch(() => [])
  for (const review of reviews) {
    world.reviews.add(review.reason, review.reference)
    world.trace.add('people', `decide ${review.reason} ${review.reference}`)
    await shop.life
      .outlive(decide(world, shop, review))
      .catch((error) => world.trace.add('people', `could not: ${error?.code ?? error}`))
  }
}

const decide = async (world: World, { payments }: Shop, { id, reason, payment, reference }: Review): Promise<void> => {
  const note = { by: 'Ada', why: "seen in the vendor's books" }
  if (reason === 'outcome_unknown' && payment !== null && reference !== null) {
    const [, , kind, sent = ''] = payment.split('.')
    const isPaid =
      kind === 'refund'
        ? isRefundExecuted(world, sent)
        : payoutsAtVendor(world, reference).some(({ isBack }) => !isBack)
    const as = isPaid ? 'confirmed' : 'failed'
    return payments.resolveReview(
      kind === 'refund' ? { refund: payment, as, ...note } : { payout: payment, as, ...note },
    )
  }
  return payments.resolveReview({ review: id, ...note })
}
