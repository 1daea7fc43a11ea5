import type { PaymentEvent } from '@railswitch/core'
import type { History } from './history.ts'
import type { Played } from './play-history.ts'

/** The result of a played history, as texts that can be compared. */
export interface Outcome {
  readonly states: readonly string[]
  /** Open reviews other than `reinterpreted`. */
  readonly reviews: readonly string[]
  readonly reinterpreted: readonly string[]
  /** Money that was emitted: type, payment, amount, refund. */
  readonly money: readonly string[]
  /** Whether two payments of one order were known at any time. */
  readonly wasOverpaid: boolean
  /** The sum of the emitted credits and reversals of deposits, in cents. */
  readonly netOfDeposits: number
}

const moneyTypes = new Set([
  'deposit.credited',
  'deposit.reversed',
  'refund.confirmed',
  'refund.failed',
  'payout.confirmed',
  'payout.failed',
  'withdrawal.requested',
])

export const outcomeOf = async ({ steps }: History, { payments, handled, sent }: Played): Promise<Outcome> => {
  const reviews = await payments.listReviews()
  const states: string[] = []
  for (const [index, step] of steps.entries()) if ('does' in step && sent.has(index)) states.push(await stateOf(step))
  return {
    states: [...new Set(states)].filter((state) => state !== ''),
    reviews: [...new Set(reviews.filter(({ reason }) => reason !== 'reinterpreted').map(textOfReview))].sort(),
    reinterpreted: reviews.flatMap(({ reason, detail = '' }) => (reason === 'reinterpreted' ? [detail] : [])),
    money: handled.filter(({ type }) => moneyTypes.has(type)).map(textOfMoney).sort(),
    wasOverpaid: handled.some((event) => event.type === 'review.needed' && event.reason === 'overpaid'),
    netOfDeposits: handled.reduce((sum, event) => sum + centsOf(event), 0),
  }

  async function stateOf({ does, name }: { does: string; name: string }): Promise<string> {
    const of = { reference: name }
    switch (does) {
      case 'deposit':
      case 'charge':
      case 'import': {
        const { state, credited, reversed, refunded, refundable, refunds } = await payments.getDeposit(of)
        const money = [credited, reversed, refunded, refundable].map(({ value }) => value)
        return [name, state, ...money, ...refunds.map((one) => `${one.ref} ${one.state}`)].join(' ')
      }
      case 'payout':
      case 'withdrawal': {
        const { state, amount } = await payments.getPayout(of)
        return [name, state, amount.value].join(' ')
      }
      case 'account': {
        const { state, account, mandate } = await payments.getAccount(of)
        return [name, state, account, mandate].join(' ')
      }
      case 'mandate': {
        const { state, account, reason } = await payments.getMandate(of)
        return [name, state, account, reason].join(' ')
      }
      default:
        return ''
    }
  }
}

const centsOf = (event: PaymentEvent): number => {
  if (event.type !== 'deposit.credited' && event.type !== 'deposit.reversed') return 0
  const cents = Math.round(Number(event.amount.value) * 100)
  return event.type === 'deposit.credited' ? cents : -cents
}

type Reviews = Awaited<ReturnType<Played['payments']['listReviews']>>

/** Reports of foreign orders are one review per day, and the days depend on the delivery. */
const textOfReview = ({ reason, payment, vendorId, money }: Reviews[number]): string =>
  payment === null ? reason : [reason, payment, vendorId, money?.value ?? '', money?.currency ?? ''].join(' ')

const textOfMoney = (event: PaymentEvent): string => {
  const { type, payment } = event
  const { value, currency } = 'amount' in event ? event.amount : { value: '', currency: '' }
  const refund = 'refund' in event ? (event.refund ?? `one of ${event.candidates.join(' ')}`) : ''
  return [type, payment, value, currency, refund].join(' ').trim()
}
