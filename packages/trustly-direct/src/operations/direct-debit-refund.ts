import {
  conflict,
  deriveDeposit,
  deriveMandate,
  intentOf,
  interpretRecord,
  type OperationCall,
  type PaymentError,
  type PaymentRecord,
  paymentRef,
} from '@railswitch/core/provider'
import { interpret } from '../interpret/interpret.ts'

/** "The mandate has not been inactive for more than two years." */
const longestInactiveYears = 2

/**
 * Why Trustly would refuse the refund of a direct debit: it was refunded already, or its mandate ended too long ago. Found before anything
 * is sent. The engine checks the amount. Null: it may be sent.
 * @see https://docs.trustly.com/api/mdd-refunddirectdebit (read 2026-11-21)
 */
export const refuseDebitRefund = (
  { intent, record, source }: Pick<OperationCall, 'intent' | 'record' | 'source'>,
  now: Date,
): PaymentError | null => {
  const own = paymentRef(intent)
  const earlier = deriveDeposit(record, factsOf(record, intent.rail))?.refunds.find(
    ({ ref, of, state }) => of === intent.of && ref !== own && state !== 'failed' && state !== 'returned',
  )
  if (earlier)
    return conflict({
      message: `Trustly refunds a direct debit once, and refund ${earlier.reference} is ${earlier.state}.`,
      hint: 'Pay the rest with payout(), to the mandate or to bank details.',
    })
  const mandate = intentOf(record, intent.of)?.intent.account
  const attempts = (source && deriveMandate(source, factsOf(source, intent.rail))?.attempts) ?? []
  const since = attempts.find(({ ref }) => ref === mandate)?.inactiveSince ?? null
  return since !== null && isLongAgo(since, now)
    ? conflict({
        message: `The mandate of this direct debit has been inactive for more than ${longestInactiveYears} years.`,
        hint: 'Trustly refunds it no longer. Pay it with payout() to bank details.',
      })
    : null
}

const factsOf = (record: PaymentRecord, rail: string) => interpretRecord(record, new Map([[rail, { interpret }]]))

const isLongAgo = (since: string, now: Date): boolean => {
  const latest = new Date(since)
  latest.setUTCFullYear(latest.getUTCFullYear() + longestInactiveYears)
  return now > latest
}
