import type { PaymentRef } from '@railswitch/core'
import type { Payments } from 'railswitch'
import type { Action, Deed } from '../seed/action.ts'
import type { Transaction } from '../world/database.ts'
import { isLost } from '../world/lost-data.ts'
import type { World } from '../world/world.ts'
import { checkDecisions } from './decisions.ts'
import { checkDeposit, checkReported } from './deposits.ts'
import { checkMandates } from './mandates.ts'
import { checkPayout } from './payouts.ts'
import { checkStrangers } from './strangers.ts'

/** Checks, long after all faults have ended, that everything is known or in review, and that all books agree. */
export const checkEnd = async (world: World, payments: Payments<Transaction>): Promise<void> => {
  const { journal, jobs, reviews, plan } = world
  const { violated } = journal
  for (const job of jobs.open()) violated('every call ends', job)
  checkCalls(world)
  await checkReviews(world, payments)
  for (const { deed } of plan.actions) {
    // What was lost with a backup and is not in the vendors' books cannot be known again.
    if ('reference' in deed && isLost(world, deed.reference)) continue
    if (deed.does === 'deposit' || deed.does === 'charge') await checkDeposit(world, payments, deed)
    if (deed.does === 'pay out' || deed.does === 'withdraw') await checkPayout(world, payments, deed.reference)
  }
  await checkDecisions(world, payments)
  await checkMandates(world, payments)
  if (isOrdinary(world))
    for (const { reason, reference } of reviews.all().filter((review) => !isOfEqualRefunds(world, review)))
      violated('nothing is reviewed without a cause', `${reason} of ${reference ?? 'no payment'}`)
  const { handled, failed } = await payments.sync()
  if (handled > 0 || failed > 0) violated('no handler is owed', `sync handled ${handled} more, ${failed} failed`)
}

/** Checks before anybody reconciles that all money is known which the vendors have notified. */
export const checkBeforeReconciling = async (world: World, payments: Payments<Transaction>): Promise<void> => {
  await checkReviews(world, payments)
  await checkStrangers(world, payments)
  for (const { deed } of world.plan.actions)
    if ((deed.does === 'deposit' || deed.does === 'charge') && !isLost(world, deed.reference))
      await checkReported(world, payments, deed)
}

/**
 * A call that a vendor has executed is recognised when it is repeated, unless the process does not know its secret yet, or a person has
 * decided about it.
 */
const checkCalls = ({ jobs, wire, journal, plan, lostData, reviews }: World): void => {
  const isNewSecret = ({ deed }: Action): boolean => 'settings' in deed && deed.settings === 'new callback secret'
  const secrets = 1 + plan.actions.filter(isNewSecret).length
  for (const end of jobs.ended())
    if (
      end.state === 'refused' &&
      end.code === 'conflict' &&
      end.secrets === secrets &&
      lostData.restoredAt === null &&
      !reviews.decisions().some(({ payment }) => isAbout(payment, end)) &&
      wire.ownOrders.some(({ job, at }) => job === `${end.job} ${end.attempt}` && at < end.at)
    )
      journal.violated('a repeated call is recognised', `${end.job}, attempt ${end.attempt}: ${end.code}`)
}

/** `rs1.payabl.refund.order-1-ra.2` is about the job `refund order-1-ra`, attempt 2. */
const isAbout = (payment: PaymentRef, { job, attempt }: { readonly job: string; readonly attempt: number }): boolean =>
  payment.endsWith(`.${job.replace(' ', '.')}.${attempt}`)

/** Every open review was handed to the application. */
const checkReviews = async ({ reviews, database, journal }: World, payments: Payments<Transaction>): Promise<void> => {
  for (const review of await payments.listReviews()) {
    reviews.add(review)
    if (!database.rows.some(({ type, event }) => type === 'review.needed' && event === review.id))
      journal.violated('the application hears of every review', `${review.reason} of ${review.reference}`)
  }
}

/** The first of two equal refunds is confirmed without its name, and is reinterpreted when the second one shows which it was. */
const isOfEqualRefunds = (
  { plan }: World,
  { reason, reference }: { reason: string; reference: string | null },
): boolean => {
  const amounts = plan.actions.flatMap(({ deed }) =>
    deed.does === 'refund' && deed.of === reference ? [deed.amount] : [],
  )
  return reason === 'reinterpreted' && new Set(amounts).size < amounts.length
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
  'sign mandate',
  'import mandate',
  'cancel mandate',
  'move mandate',
  'charge',
  'confirm payout',
  'confirm refunds',
  'people review',
])
