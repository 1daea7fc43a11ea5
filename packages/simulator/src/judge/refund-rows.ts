import type { Row } from '../world/database.ts'
import { toMinor, toText } from '../world/money.ts'
import { depositsAtVendor, isRefundExecuted } from '../world/vendor-books.ts'
import type { World } from '../world/world.ts'

/** Checks the application's rows of refunds. A vendor's books do not name our refunds, so they are counted by amount. */
export const checkRefundRow = (world: World, rows: readonly Row[], row: Row): void => {
  if (row.type !== 'refund.failed' && row.type !== 'refund.confirmed') return
  const { reference, type, minor } = row
  const alike = rows.filter((one) => one.type === type && one.minor === minor)
  const sent = depositsAtVendor(world, reference ?? '').flatMap(({ refunds }) =>
    refunds.filter((refund) => refund.minor === minor),
  )
  const most =
    type === 'refund.confirmed'
      ? sent.length
      : sent.filter(({ isBack }) => isBack).length + notExecuted(world, reference, minor)
  if (alike.length > most)
    world.journal.violated(
      type === 'refund.confirmed' ? 'no refund is confirmed that was not sent' : 'no refund fails that was paid',
      `${reference}: ${alike.length} of ${toText(minor)}, at most ${most}`,
    )
}

/** How many calls for a refund of this amount no vendor has executed: a person can decide that each has failed. */
const notExecuted = (world: World, reference: string | null, minor: number): number =>
  world.plan.actions.reduce((count, { deed }) => {
    if (deed.does !== 'refund' || deed.of !== reference || toMinor(deed.amount) !== minor) return count
    const attempts = world.plan.actions.flatMap(({ deed: again }) =>
      again.does === 'try again' && again.of === deed.reference ? [again.attempt] : [],
    )
    return count + [1, ...attempts].filter((attempt) => !isRefundExecuted(world, deed.reference, attempt)).length
  }, 0)
