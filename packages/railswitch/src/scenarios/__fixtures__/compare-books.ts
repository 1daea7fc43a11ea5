import type { PaymentEvent, ReviewReason } from '@railswitch/core'
import type { History } from './history.ts'
import type { Played } from './play-history.ts'
import type { Booked } from './vendor-model.ts'

/** Money in the vendor's books that was not emitted and that no open review explains, and emitted money that is not in the books. */
export const gapsToBooks = async (
  { steps, reserved }: History,
  { payments, vendor, handled, sent }: Played,
): Promise<readonly string[]> => {
  const reviews = (await payments.listReviews()).filter(({ payment }) => payment !== null)
  if (reviews.some(({ reason }) => reason === 'reinterpreted')) return []
  const taken = handled.flatMap(toTaken)
  const missing = vendor.books.filter((line) => {
    const index = taken.findIndex((one) => isLine(one, line))
    if (index >= 0) taken.splice(index, 1)
    return index < 0
  })
  const isExplained = ({ type, money }: Booked): boolean =>
    reviews.some(
      ({ reason, money: named }) =>
        sums[reason]?.some((prefix) => type.startsWith(prefix)) || !named || `${named.value} ${named.currency}` === money,
    )
  return [
    ...missing
      .filter((line) => !isExplained(line) && !isImported(line) && !isOwnMoney(line) && !cameAndWent(line))
      .map(({ type, of, money, refund = '' }) => `not emitted: ${type} ${of} ${money} ${refund}`),
    ...taken.filter((one) => !isElapsed(one) && !isListed(one)).map(({ type, money, refunds }) => `not booked: ${type} ${money} ${refunds}`),
  ]

  /** A credit that was imported is not emitted. */
  function isImported({ type }: Booked): boolean {
    return type === 'deposit.credited' && steps.some((step) => 'does' in step && step.does === 'import' && step.state === 'credited')
  }

  /** A second payment of an order that was reversed while the first one was credited. */
  function cameAndWent({ type, money }: Booked): boolean {
    const opposite = type === 'deposit.credited' ? 'deposit.reversed' : 'deposit.credited'
    return type.startsWith('deposit.') && missing.some((line) => line.type === opposite && line.money === money)
  }

  /** Money that the application has not reserved is not returned. */
  function isOwnMoney({ type }: Booked): boolean {
    const isWithdrawal = steps.some((step) => 'does' in step && step.does === 'withdrawal')
    return type === 'payout.failed' && isWithdrawal && !handled.some((event) => event.type === 'withdrawal.requested' && reserved)
  }

  /** payabl lists a refund that it accepted, unless it failed. */
  function isListed({ type, refunds }: Taken): boolean {
    const accepted = steps.flatMap((step, index) =>
      'does' in step && step.does === 'refund' && sent.has(index) ? [step.name] : [],
    )
    const failed = vendor.books.flatMap((line) => (line.type === 'refund.failed' ? [line.refund] : []))
    return (
      type === 'refund.confirmed' && accepted.some((name) => refunds.includes(name.replace(/_\d+$/, '')) && !failed.includes(name))
    )
  }

  /** payabl reports only failures. */
  function isElapsed({ type }: Taken): boolean {
    return type === 'payout.confirmed' && !vendor.books.some((line) => line.type === 'payout.failed')
  }
}

/** Reviews of sums, or of a transaction with its reversals: money that was not emitted as credited is not emitted as reversed. */
const sums: { readonly [reason in ReviewReason]?: readonly string[] } = {
  credited_and_cancelled: ['deposit', 'refund'],
  overpaid: ['deposit'],
  reversed_beyond_credit: ['deposit.reversed'],
}

interface Taken {
  readonly type: string
  readonly money: string
  readonly refunds: readonly string[]
}

/** The references of refunds. The vendor's books also contain attempts. */
const toTaken = (event: PaymentEvent): readonly Taken[] => {
  switch (event.type) {
    case 'deposit.credited':
    case 'deposit.reversed':
    case 'payout.confirmed':
    case 'payout.failed':
    case 'withdrawal.requested':
    case 'refund.confirmed':
    case 'refund.failed': {
      const { type, amount } = event
      const refunds = 'refund' in event ? (event.refund === null ? event.candidates : [event.refund]) : []
      return [{ type, money: `${amount.value} ${amount.currency}`, refunds }]
    }
    default:
      return []
  }
}

const isLine = ({ type, money, refunds }: Taken, line: Booked): boolean =>
  type === line.type &&
  money === line.money &&
  (line.refund === undefined || refunds.includes(line.refund.replace(/_\d+$/, '')))
