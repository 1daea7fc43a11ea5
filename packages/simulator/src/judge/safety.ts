import type { Row } from '../world/database.ts'
import { isLost } from '../world/lost-data.ts'
import { toMinor, toText } from '../world/money.ts'
import { depositsAtVendor, payoutsAtVendor, withBooksReadOnce } from '../world/vendor-books.ts'
import type { World } from '../world/world.ts'
import { claimableBy } from './claimed-orders.ts'
import { checkRefundRow } from './refund-rows.ts'

/** Checks what must be true after every commit of the application's rows. */
export const checkSafety = (changing: World, seen: number): number => {
  const world = withBooksReadOnce(changing)
  const { rows } = world.database
  for (const [index, row] of rows.entries()) if (index >= seen) checkRow(world, rows.slice(0, index + 1), row)
  return rows.length
}

/** `rows`: all up to this one. */
const checkRow = (world: World, rows: readonly Row[], row: Row): void => {
  const { reference } = row
  if (rows.filter(({ event }) => event === row.event).length > 1)
    world.journal.violated('every event is committed once', `${row.event} of ${reference}`)
  if (reference === null) return
  const own = rows.filter((one) => one.reference === reference)
  const sum = (type: string): number => own.reduce((total, one) => (one.type === type ? total + one.minor : total), 0)
  if (row.type === 'deposit.credited' || row.type === 'deposit.reversed')
    checkDepositRow(world, reference, { credited: sum('deposit.credited'), reversed: sum('deposit.reversed') })
  if (row.type === 'deposit.credited') checkAmount(world, row)
  if (row.type === 'payout.failed') checkFailedPayout(world, own, row)
  if (row.type === 'deposit.not_credited') checkEnding(world, own, row)
  if (row.type.startsWith('mandate.')) checkMandateRow(world, own, row)
  checkRefundRow(world, own, row)
}

/** What has ended is over, whatever arrives after it. */
const checkMandateRow = (world: World, rows: readonly Row[], { payment, type }: Row): void => {
  if (rows.slice(0, -1).some((row) => row.payment === payment && row.type === 'mandate.revoked'))
    world.journal.violated('a mandate that was revoked stays so', `${payment}: ${type}`)
}

/** The simulated people accept no other amount. What they import is what is left of an order. */
const checkAmount = (world: World, { shop, reference, minor }: Row): void => {
  const ordered = orderedAmount(world, reference ?? '')
  if (shop !== 'people' && minor !== ordered)
    world.journal.violated(
      'another amount does not pay an order',
      `${reference}: ${toText(minor)} of ${toText(ordered)}`,
    )
}

/** `rows`: the sums of the application's rows, in minor units. */
const checkDepositRow = (
  world: World,
  reference: string,
  rows: { readonly credited: number; readonly reversed: number },
): void => {
  const { violated } = world.journal
  const booked = depositsAtVendor(world, reference)
  const atVendor = (side: 'credited' | 'reversed'): number => booked.reduce((total, one) => total + one[side], 0)
  const compare = (rule: string, side: 'credited' | 'reversed', most: number): void => {
    if (rows[side] > most) violated(rule, `${reference}: ${toText(rows[side])} ${side}, at most ${toText(most)}`)
  }
  const most = atVendor('credited') + claimableBy(world, reference)
  compare('no credit without money on our own order', 'credited', most)
  compare('no reversal that the vendor did not book', 'reversed', atVendor('reversed'))
  // Of a deposit that was lost, people import what is left. Its reversal may still be notified.
  if (!isLost(world, reference)) compare('a reversal comes after its credit', 'reversed', rows.credited)
  compare('an order is credited once', 'credited', orderedAmount(world, reference) + rows.reversed)
}

/** An attempt that has ended can end again only after the customer has approved it again. */
const checkEnding = (world: World, rows: readonly Row[], { payment }: Row): void => {
  const before = rows.slice(0, -1).filter((row) => row.payment === payment && row.type.startsWith('deposit.'))
  if (before.at(-1)?.type === 'deposit.not_credited')
    world.journal.violated('an attempt ends once', `${payment} ends twice`)
}

const orderedAmount = ({ plan }: World, reference: string): number =>
  plan.actions.reduce(
    (total, { deed }) =>
      (deed.does === 'deposit' || deed.does === 'charge') && deed.reference === reference
        ? toMinor(deed.amount)
        : total,
    0,
  )

const checkFailedPayout = (world: World, rows: readonly Row[], { reference, payment, minor }: Row): void => {
  const attempt = Number(payment?.split('.').at(-1))
  if (payoutsAtVendor(world, reference ?? '', attempt).some(({ isBack }) => !isBack))
    world.journal.violated('no payout fails that the vendor paid', `${reference}: ${toText(minor)}`)
  const isWithdrawal = payment?.startsWith('rs1.trustly.withdrawal.') && !isLost(world, reference ?? '')
  if (isWithdrawal && !rows.some(({ type, answer }) => type === 'withdrawal.requested' && answer))
    world.journal.violated('only reserved money is given back', `${reference}: ${toText(minor)}`)
}
