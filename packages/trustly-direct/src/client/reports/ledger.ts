import { isLeft } from '@railswitch/core'
import { toIsoTime } from '../../wire/timestamp.ts'
import { unreadable } from '../map-error.ts'
import type { TrustlyAnswer } from '../methods/methods.ts'
import type { TrustlyCalls } from '../typed-calls.ts'
import { daysBetween } from './days.ts'
import { type Decimal, readDecimal } from './decimal.ts'

/** One movement of the merchant account: an order makes several, its fees among them. */
export interface LedgerLine {
  /** ISO 8601, UTC. */
  readonly at: string
  /** Trustly's account that it is booked on, such as `TRANSACTION_FEE_BANK_DEPOSIT`. */
  readonly account: string
  /** Trustly's words for it. */
  readonly type: string
  /** Exact and signed: what the merchant receives is above zero. */
  readonly amount: Decimal
  readonly currency: string
  readonly orderId: string | null
  readonly messageId: string | null
  readonly userId: string | null
  readonly gluepayId: string | null
}

/** Which days of the ledger. */
export interface LedgerSpan {
  /** `YYYY-MM-DD`, included. */
  readonly from: string
  /** `YYYY-MM-DD`, not included. */
  readonly until: string
  /** ISO 4217; all currencies without it. */
  readonly currency?: string
  readonly signal?: AbortSignal
}

/**
 * The account's movements, day by day as Trustly counts its days, each day in Trustly's order: one call a day, made when its
 * lines are wanted. Throws a PaymentError.
 * @see https://docs.trustly.com/api/accountledger (read 2026-11-21)
 */
export const readLedger = async function* (
  client: TrustlyCalls,
  { from, until, currency, signal }: LedgerSpan,
): AsyncGenerator<LedgerLine, void> {
  for (const [day, next] of daysBetween(from, until)) {
    const data = { FromDate: day, ToDate: next, Currency: currency ?? null }
    const answer = await client.accountLedger(data, signal ? { signal } : {})()
    if (isLeft(answer)) throw answer.left
    for (const line of answer.right) yield toLine(line)
  }
}

const toLine = (line: TrustlyAnswer<'AccountLedger'>[number]): LedgerLine => {
  const at = toIsoTime(line.datestamp)
  const amount = readDecimal(line.amount)
  if (isLeft(at) || amount === null) throw unreadable('AccountLedger')
  return {
    at: at.right,
    account: line.accountname,
    type: line.transactiontype,
    amount,
    currency: line.currency,
    orderId: line.orderid || null,
    messageId: line.messageid || null,
    userId: line.userid || null,
    gluepayId: line.gluepayid || null,
  }
}
