import { type Fact, groupBy, type PaymentRef } from '@railswitch/core/provider'
import { notificationMs } from './capture-facts.ts'
import type { Credit } from './credits.ts'
import { isError, type Reading, toBase } from './reading.ts'

interface ListedCaptures {
  readonly deposit: PaymentRef
  /** The reports of the deposit's own transactions. */
  readonly captures: readonly Reading[]
  readonly credits: readonly Credit[]
}

/**
 * Transactions in payabl's list of captures of which payabl has sent no final notification, although it was requested. The list also has
 * what is not credited yet, so it proves no credit: this needs review.
 */
export const listedCaptureFacts = (known: ListedCaptures, lists: readonly Reading[]): readonly Fact[] =>
  groupBy(lists, ({ vendorId }) => vendorId).flatMap((same, index): readonly Fact[] => {
    const [first] = same
    const last = same.at(-1) ?? first
    // A decision of a person without a transaction is about the first one.
    const isDecided = index === 0 && known.credits.some(({ vendorId }) => vendorId === known.deposit)
    const reason = isDecided ? null : reasonOf(known, first)
    if (reason === null || Date.parse(last.at) - Date.parse(first.at) < notificationMs) return []
    const base = { ...toBase(known.deposit, same, 'listed'), at: last.at }
    return [{ ...base, type: 'review', reason, ...(first.money && { money: first.money }) }]
  })

/** Null: its state is known, or `sync` looks the deposit up. */
const reasonOf = ({ captures, credits }: ListedCaptures, { vendorId }: Reading) => {
  const reported = captures.filter(({ channel }) => channel === 'callback')
  const own = reported.filter((reading) => reading.vendorId === vendorId)
  if (own.some(isFinal) || credits.some((credit) => credit.vendorId === vendorId)) return null
  if (credits.length > 0) return 'unexpected_credit'
  if (own.length > 0 || captures.some(isShownAsPaid)) return null
  return reported.some(({ errorcode }) => isError(errorcode)) ? 'lookup_differs' : 'overdue'
}

const isFinal = ({ errorcode, state }: Reading): boolean =>
  isError(errorcode) || state === 'credited' || state === 'not_credited'

const isShownAsPaid = ({ channel, errorcode }: Reading): boolean => channel === 'diagnose' && errorcode === '0'
