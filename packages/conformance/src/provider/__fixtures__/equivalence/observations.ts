import { type Money, PaymentError, type PaymentEvent, type Review } from '@railswitch/core'
import type { World } from '../../world/world.ts'
import type { Observations } from './scenario.ts'

interface CallResult {
  readonly status?: string
  readonly resolveBy?: string
  readonly redirectUrl?: string
}

/** The result of a call, or its error, without ids and addresses. */
export const resultOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    const { status, resolveBy, redirectUrl } = Object(await call) as CallResult
    if (redirectUrl !== undefined) return 'a checkout'
    if (status === undefined) return 'done'
    return resolveBy === undefined ? `\`${status}\`` : `\`${status}\`, \`resolveBy: ${resolveBy}\``
  } catch (error) {
    if (error instanceof PaymentError) return errorText(error)
    throw error
  }
}

const errorText = ({ code, effect, retry, issues, vendor }: PaymentError): string =>
  [
    `error \`${code}\`, \`${effect}\`, retry \`${retry}\``,
    ...(issues.length > 0 ? [`issues: ${issues.map(({ field }) => field).join(', ')}`] : []),
    ...(vendor ? ["with the vendor's code"] : []),
  ].join('; ')

/** The events in their order, without the first ones if `since` is given. */
const eventsOf = ({ shop }: World, since = 0): string =>
  shop.events.slice(since).map(eventText).join(', then ') || 'none'

const eventText = (event: PaymentEvent): string => {
  const { reason, amount, exposure, refund, candidates, by, mandate, abort } = event as Partial<{
    readonly reason: string
    readonly amount: Money
    readonly exposure: Money
    readonly refund: string | null
    readonly candidates: readonly string[]
    readonly by: string
    readonly mandate: boolean
    readonly abort: string | null
  }>
  const members = [
    amount?.value,
    reason,
    exposure && `exposure ${exposure.value}`,
    refund === null ? `refund null of ${candidates?.length}` : refund,
    by && `by ${by}`,
    mandate === undefined ? '' : `mandate ${mandate}`,
    abort === undefined ? '' : `abort ${abort}`,
    event.payment === null && 'no payment',
  ].filter(Boolean)
  return `\`${event.type}\`${members.length > 0 ? ` (${members.join(', ')})` : ''}`
}

const reviewText = (reviews: readonly Review[]): string =>
  reviews.map(({ reason }) => `\`${reason}\``).join(', ') || 'none'

/** Events, state and reviews of the deposit `order-1`. `since`: how many events are left out. */
export const depositNow = async (world: World, since = 0): Promise<Observations> => {
  const { payments } = world.shop
  const { state, credited, refundable, refunds } = await payments.getDeposit({ reference: 'order-1' })
  const states = refunds.map((refund) => `\`${refund.state}\``).join(', ')
  return {
    events: eventsOf(world, since),
    state: `\`${state}\`, credited ${credited.value}, refundable ${refundable.value}${states && `, refund ${states}`}`,
    reviews: reviewText(await payments.listReviews()),
  }
}

/** Events, state and reviews of a payout or a withdrawal. `since`: how many events are left out. */
export const payoutNow = async (world: World, reference = 'payout-1', since = 0): Promise<Observations> => {
  const { payments } = world.shop
  const { state } = await payments.getPayout({ reference })
  return { events: eventsOf(world, since), state: `\`${state}\``, reviews: reviewText(await payments.listReviews()) }
}

/** Events, state and reviews of the mandate `mandate-1`. */
export const mandateNow = async (world: World): Promise<Observations> => {
  const { state, reason, account } = await world.shop.payments.getMandate({ reference: 'mandate-1' })
  return {
    ...(await everythingNow(world)),
    state: `\`${state}\`${reason === null ? '' : `, ${reason}`}${account === null ? '' : ', with its account'}`,
  }
}

/** Events and reviews that belong to no known payment, too. */
export const everythingNow = async (world: World): Promise<Observations> => ({
  events: eventsOf(world),
  reviews: reviewText(await world.shop.payments.listReviews()),
})
