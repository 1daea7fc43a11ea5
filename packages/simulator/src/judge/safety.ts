import type { Row } from '../world/database.ts'
import { toText } from '../world/money.ts'
import { depositsAtVendor, payoutsAtVendor } from '../world/vendor-books.ts'
import type { World } from '../world/world.ts'

/** Checks what must be true after every commit of the application's rows. */
export const checkSafety = (world: World, seen: number): number => {
  const { rows } = world.database
  for (const row of rows.slice(seen)) checkRow(world, row)
  return rows.length
}

const checkRow = (world: World, row: Row): void => {
  const { rows } = world.database
  const { violated } = world.journal
  if (rows.filter(({ event }) => event === row.event).length > 1)
    violated('every event is committed once', `${row.event} of ${row.reference}`)
  const { reference } = row
  if (reference === null) return
  const sum = (type: string): number =>
    rows.reduce((total, one) => (one.type === type && one.reference === reference ? total + one.minor : total), 0)
  if (row.type === 'deposit.credited') {
    const atVendor = depositsAtVendor(world, reference).reduce((total, { credited }) => total + credited, 0)
    if (sum(row.type) > atVendor)
      violated(
        'no credit without money on our own order',
        `${reference}: ${toText(sum(row.type))} credited, ${toText(atVendor)} at the vendor`,
      )
  }
  if (row.type === 'deposit.reversed') {
    const atVendor = depositsAtVendor(world, reference).reduce((total, { reversed }) => total + reversed, 0)
    if (sum(row.type) > atVendor)
      violated(
        'no reversal that the vendor did not book',
        `${reference}: ${toText(sum(row.type))} reversed, ${toText(atVendor)} at the vendor`,
      )
  }
  if (row.type === 'payout.failed' && payoutsAtVendor(world, reference).some(({ isBack }) => !isBack))
    violated('no payout fails that the vendor paid', `${reference}: ${toText(row.minor)}`)
}

/** Checks that no money left twice and that refunds stay within the credits, in the vendors' books. */
export const checkMoneyOut = (world: World): void => {
  const { violated } = world.journal
  for (const { deed } of world.plan.actions) {
    if (deed.does === 'pay out' || deed.does === 'withdraw') {
      const sent = payoutsAtVendor(world, deed.reference).filter(({ isBack }) => !isBack)
      if (sent.length > 1) violated('money for one reference leaves once', `${deed.reference}: ${sent.length} payouts`)
    }
    if (deed.does === 'deposit')
      for (const { order, credited, refunds } of depositsAtVendor(world, deed.reference)) {
        const sent = refunds.filter(({ isBack }) => !isBack)
        const refunded = sent.reduce((sum, { minor }) => sum + minor, 0)
        if (refunded > credited && credited > 0)
          violated(
            'refunds stay within the credits',
            `${deed.reference} at ${order.rail}: ${toText(refunded)} of ${toText(credited)}`,
          )
      }
  }
  checkRefundCounts(world)
}

/** A vendor's books do not name our refunds, so they are counted by their deposit and amount. */
const checkRefundCounts = (world: World): void => {
  const { actions } = world.plan
  for (const { deed } of actions) {
    if (deed.does !== 'deposit') continue
    const wanted = actions.flatMap((action) =>
      (action.deed.does === 'refund' || action.deed.does === 'refund in the back office') &&
      action.deed.of === deed.reference
        ? [action.deed.amount]
        : [],
    )
    const sent = depositsAtVendor(world, deed.reference).flatMap(({ refunds }) =>
      refunds.flatMap(({ minor, isBack }) => (isBack ? [] : [toText(minor)])),
    )
    for (const amount of new Set(sent)) {
      const times = (all: readonly string[]): number => all.filter((one) => one === amount).length
      if (times(sent) > times(wanted))
        world.journal.violated(
          'money for one reference leaves once',
          `${deed.reference}: ${times(sent)} refunds of ${amount}, ${times(wanted)} wanted`,
        )
    }
  }
}
