import { type Fact, groupBy, type PaymentRef } from '@railswitch/core/provider'
import { notificationMs } from './capture-facts.ts'
import type { Credit } from './credits.ts'
import { isError, type Reading, toBase } from './reading.ts'

interface ReportedDeposit {
  readonly deposit: PaymentRef
  /** The reports of the deposit's own transactions. */
  readonly captures: readonly Reading[]
  readonly credits: readonly Credit[]
}

/**
 * Transactions in payabl's lists of captures and of failures of which payabl has sent no notification that says so, although it was
 * requested. The first list also has what is not credited yet, and the second does not say when it failed: this needs review.
 */
export const unreportedEndFacts = (known: ReportedDeposit, readings: readonly Reading[]): readonly Fact[] => {
  const lists = readings.filter(({ channel }) => channel === 'listed')
  return [
    ...reviewsOf(known, lists, 'capture', unreportedCapture),
    ...reviewsOf(known, lists, 'failed', unreportedFailure),
  ]
}

type Reason = 'unexpected_credit' | 'lookup_differs' | 'overdue' | null

const reviewsOf = (
  known: ReportedDeposit,
  lists: readonly Reading[],
  type: string,
  reasonOf: (known: ReportedDeposit, listed: Reading, index: number) => Reason,
): readonly Fact[] =>
  groupBy(
    lists.filter((listed) => listed.type === type),
    ({ vendorId }) => vendorId,
  ).flatMap((same, index): readonly Fact[] => {
    const [first] = same
    const last = same.at(-1) ?? first
    const reason = reasonOf(known, first, index)
    if (reason === null || Date.parse(last.at) - Date.parse(first.at) < notificationMs) return []
    const base = { ...toBase(known.deposit, same, `listed ${type}`), at: last.at }
    return [{ ...base, type: 'review', reason, ...(first.money && { money: first.money }) }]
  })

/** Null: its state is known, or `sync` looks the deposit up. */
const unreportedCapture = (
  { deposit, captures, credits }: ReportedDeposit,
  { vendorId }: Reading,
  index: number,
): Reason => {
  const reported = captures.filter(({ channel }) => channel === 'callback')
  const own = reported.filter((reading) => reading.vendorId === vendorId)
  // A decision of a person without a transaction is about the first one.
  const isDecided = index === 0 && credits.some((credit) => credit.vendorId === deposit)
  if (isDecided || own.some(isFinal) || credits.some((credit) => credit.vendorId === vendorId)) return null
  if (credits.length > 0) return 'unexpected_credit'
  if (own.length > 0 || captures.some(isShownAsPaid)) return null
  return reported.some(({ errorcode }) => isError(errorcode)) ? 'lookup_differs' : 'overdue'
}

/** Null: it was never credited, or a notification has reported the failure. */
const unreportedFailure = ({ captures, credits }: ReportedDeposit, { vendorId }: Reading): Reason => {
  const isReported = captures.some(
    (reading) => reading.channel === 'callback' && reading.vendorId === vendorId && isFailure(reading),
  )
  return !isReported && credits.some((credit) => credit.vendorId === vendorId) ? 'lookup_differs' : null
}

const isFailure = ({ errorcode, state }: Reading): boolean => isError(errorcode) || state === 'not_credited'

const isFinal = (reading: Reading): boolean => isFailure(reading) || reading.state === 'credited'

const isShownAsPaid = ({ channel, errorcode }: Reading): boolean => channel === 'diagnose' && errorcode === '0'
