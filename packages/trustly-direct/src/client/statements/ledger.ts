import { type Decimal, dayMs, invalid, isLeft, readDecimal } from '@railswitch/core/provider'
import { toIsoTime } from '../../wire/timestamp.ts'
import { unreadable } from '../map-error.ts'
import type { TrustlyResponse } from '../methods/methods.ts'
import type { TrustlyCalls } from '../typed-calls.ts'

/** One movement on the merchant account. An order has several, including its fees. */
export interface LedgerLine {
  /** ISO 8601, UTC. */
  readonly at: string
  /** Trustly's name of the account, such as `TRANSACTION_FEE_BANK_DEPOSIT`. */
  readonly account: string
  /** Trustly's name of the transaction type. */
  readonly type: string
  /** Exact and signed: positive is money that the merchant receives. */
  readonly amount: Decimal
  readonly currency: string
  readonly orderId: string | null
  readonly messageId: string | null
  readonly userId: string | null
  readonly gluepayId: string | null
}

/** A range of days of the ledger. */
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
 * The account's movements, day by day in Trustly's time zone, each day in Trustly's order. Each day is one call, made when its lines
 * are read. Throws a PaymentError.
 * @see https://docs.trustly.com/api/accountledger (read 2026-11-21)
 */
export const readLedger = async function* (
  client: TrustlyCalls,
  { from, until, currency, signal }: LedgerSpan,
): AsyncGenerator<LedgerLine, void> {
  for (const [day, next] of daysBetween(from, until)) {
    const data = { FromDate: day, ToDate: next, Currency: currency ?? null }
    const response = await client.accountLedger(data, signal ? { signal } : {})()
    if (isLeft(response)) throw response.left
    for (const line of response.right) yield toLine(line)
  }
}

const toLine = (line: TrustlyResponse<'AccountLedger'>[number]): LedgerLine => {
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

/** Each day from `from` until before `until`, with the day after it, as `YYYY-MM-DD`. Throws `invalid_input`. */
const daysBetween = function* (from: string, until: string): Generator<readonly [string, string], void> {
  const issues = Object.entries({ from, until }).flatMap(([field, day]) =>
    isDay(day) ? [] : [{ field, rule: 'must be a day as YYYY-MM-DD', fix: "write it such as '2026-11-21'" }],
  )
  if (issues.length === 0 && until <= from)
    issues.push({ field: 'until', rule: 'must be after `from`', fix: 'give the day after the last one that is wanted' })
  if (issues.length > 0) throw invalid('invalid_input', issues)
  for (let day = from; day < until; day = dayAfter(day)) yield [day, dayAfter(day)]
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.startsWith(text) === true

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00Z`) + dayMs).toISOString().slice(0, 10)
