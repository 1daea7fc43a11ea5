import { isLost } from '../world/lost-data.ts'
import { toMinor, toText } from '../world/money.ts'
import { depositsAtVendor, payoutsAtVendor, withBooksReadOnce } from '../world/vendor-books.ts'
import type { World } from '../world/world.ts'
import { claimableBy } from './claimed-orders.ts'
import { isReserved, rowsOf } from './rows.ts'

/** Checks that no money left twice and that refunds stay within the credits, in the vendors' books. */
export const checkMoneyOut = (changing: World): void => {
  const world = withBooksReadOnce(changing)
  const { violated } = world.journal
  for (const { deed } of world.plan.actions) {
    if (deed.does === 'pay out' || deed.does === 'withdraw') {
      const sent = payoutsAtVendor(world, deed.reference).filter(({ isBack }) => !isBack)
      if (sent.length > 1) violated('money for one reference leaves once', `${deed.reference}: ${sent.length} payouts`)
      if (sent.length > 0 && isRefundOfOurs(world, deed.reference))
        violated('a reference names one payment', `${deed.reference} is a refund and a payout`)
      const mustBeReserved = deed.does === 'withdraw' && !isLost(world, deed.reference)
      if (mustBeReserved && sent.length > 0 && !isReserved(world, deed.reference))
        violated('no withdrawal is paid that was not reserved', deed.reference)
    }
    if (deed.does === 'charge' && !isLost(world, deed.reference)) {
      // The customer does nothing for a charge, so a second one is the library's fault.
      const { length } = depositsAtVendor(world, deed.reference).filter(({ credited }) => credited > 0)
      if (length > 1) violated('a charge takes the money once', `${deed.reference}: ${length} charges`)
    }
    if (deed.does === 'deposit' || deed.does === 'charge')
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
  checkRefundRequests(world)
  checkAnswers(world)
}

const isRefundOfOurs = ({ wire }: World, reference: string): boolean =>
  wire.ownOrders.some(({ job }) => job?.startsWith(`refund ${reference} `))

/** Refunds that were executed before another one was requested, and have not come back, reduce what can be requested. */
const checkRefundRequests = (world: World): void => {
  const { wire, journal, plan } = world
  const refunds = plan.actions.flatMap(({ deed }) => (deed.does === 'refund' ? [deed] : []))
  const refundOf = (job: string | null) => refunds.find(({ reference }) => job?.startsWith(`refund ${reference} `))
  for (const { job, after } of wire.arrivals) {
    const requested = refundOf(job)
    if (!requested) continue
    const earlier = new Set(wire.ownOrders.slice(0, after).map((order) => order.job))
    const executed = [...earlier].flatMap((other) => {
      const refund = other === job ? undefined : refundOf(other)
      return refund?.of === requested.of ? [toMinor(refund.amount)] : []
    })
    const booked = depositsAtVendor(world, requested.of)
    const back = booked.flatMap(({ refunds: sent }) => sent.filter(({ isBack }) => isBack))
    const credited = booked.reduce((sum, one) => sum + one.credited, 0)
    const taken = [...executed, toMinor(requested.amount)].reduce((sum, minor) => sum + minor, 0)
    const most = back.reduce((sum, { minor }) => sum + minor, credited)
    if (credited > 0 && taken > most + claimableBy(world, requested.of))
      journal.violated('no refund is requested beyond the credit', `${job}: ${toText(taken)} of ${toText(most)}`)
  }
}

/** The answer to a question is the application's own: Trustly records the answer to each reversal. */
const checkAnswers = (world: World): void => {
  for (const { deed } of world.plan.actions) {
    if (deed.does === 'withdraw' && !isLost(world, deed.reference)) checkReservation(world, deed.reference)
    if ((deed.does !== 'deposit' && deed.does !== 'charge') || isLost(world, deed.reference)) continue
    const answers = depositsAtVendor(world, deed.reference).flatMap(({ answers: given }) => given)
    const rows = rowsOf(world, deed.reference, 'deposit.reversed')
    for (const { minor, isYes } of answers) {
      const given = answers.filter((one) => one.minor === minor && one.isYes === isYes).length
      if (given > rows.filter((row) => row.minor === minor && row.answer === isYes).length)
        world.journal.violated('a question gets the answer of the application', `${deed.reference}: ${toText(minor)}`)
    }
  }
}

/** Trustly has the answer that the money is reserved only if the application has reserved it. */
const checkReservation = (world: World, reference: string): void => {
  const isReservedAtVendor = world.vendors.trustly
    .books()
    .orders.some(({ messageId, state }) => messageId === reference && state === 'reserved')
  if (isReservedAtVendor && !isReserved(world, reference))
    world.journal.violated('a question gets the answer of the application', `${reference}: it is not reserved`)
}

/** A vendor's books do not name our refunds, so they are counted by their deposit and amount. */
const checkRefundCounts = (world: World): void => {
  const { actions } = world.plan
  for (const { deed } of actions) {
    if (deed.does !== 'deposit' && deed.does !== 'charge') continue
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
