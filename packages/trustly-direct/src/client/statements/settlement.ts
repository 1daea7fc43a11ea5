import { type Decimal, isLeft, PaymentError, readDecimal } from '@railswitch/core/provider'
import { toIsoTime } from '../../wire/timestamp.ts'
import { unreadable } from '../map-error.ts'
import type { TrustlyCalls } from '../typed-calls.ts'

/** One line of a settlement report. */
export interface SettlementLine {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly account: string
  /** Exact and signed; Trustly rounds down to two decimals here. */
  readonly amount: Decimal
  readonly currency: string
  /** The total of the settlement that this line belongs to. */
  readonly total: Decimal
  /** Trustly's name of the type: `Deposit`, `Refund Fee`, `FX`, … */
  readonly type: string
  readonly orderId: string | null
  /** The merchant's own; for a refund, Trustly writes `Refund 2018-11-16 13:53:21.019497+01 9567705`. */
  readonly messageId: string | null
  readonly username: string | null
  /** The amount that the customer paid, if in another currency. */
  readonly paid: { readonly amount: Decimal; readonly currency: string } | null
  readonly settlementId: string | null
  readonly externalReference: string | null
}

/** A day's settlement. */
export interface SettlementDay {
  /** `YYYY-MM-DD`, the day of the settlement. It covers bookings from midnight to midnight UTC of the day before. */
  readonly day: string
  /** ISO 4217; all currencies without it. */
  readonly currency?: string
  readonly signal?: AbortSignal
}

/**
 * A day's settlement report, line by line. Throws a PaymentError: `not_found` if Trustly has none, for which its code is 620.
 * @see https://docs.trustly.com/api/viewautomaticsettlementdetailscsv (read 2026-11-21)
 */
export const readSettlement = async function* (
  client: TrustlyCalls,
  { day, currency, signal }: SettlementDay,
): AsyncGenerator<SettlementLine, void> {
  const data = { SettlementDate: day, Currency: currency ?? null, Attributes: { APIVersion: '1.2' as const } }
  const response = await client.viewAutomaticSettlementDetailsCSV(data, signal ? { signal } : {})()
  if (isLeft(response)) throw response.left.vendor?.code === '620' ? nothingSettled(response.left) : response.left
  const { parse } = await import('csv-parse/sync')
  const rows = readRows(() =>
    parse(response.right.view_automatic_settlement_details, {
      columns: (names: readonly string[]) => names.map((name) => name.toLowerCase()),
      skip_empty_lines: true,
      trim: true,
    }),
  )
  for (const row of rows) yield toLine(row)
}

type Row = Readonly<Record<string, string | undefined>>

const readRows = (parse: () => unknown): readonly Row[] => {
  try {
    return parse() as readonly Row[]
  } catch {
    throw unreadable('ViewAutomaticSettlementDetailsCSV')
  }
}

const toLine = (row: Row): SettlementLine => {
  const at = toIsoTime(row.datestamp ?? '')
  const amount = readDecimal(row.amount ?? '')
  const total = readDecimal(row.total ?? '')
  const { accountname: account, currency, ordertype: type } = row
  if (isLeft(at) || amount === null || total === null || !account || !currency || !type)
    throw unreadable('ViewAutomaticSettlementDetailsCSV')
  const paidAmount = readDecimal(row.fxpaymentamount ?? '')
  return {
    at: at.right,
    account,
    amount,
    currency,
    total,
    type,
    orderId: row.orderid || null,
    messageId: row.messageid || null,
    username: row.username || null,
    paid: paidAmount && row.fxpaymentcurrency ? { amount: paidAmount, currency: row.fxpaymentcurrency } : null,
    settlementId: row.settlementbankwithdrawalid || null,
    // The documentation and the real reports spell this column differently.
    externalReference: row.externalreference || row.extraref || null,
  }
}

const nothingSettled = (error: PaymentError): PaymentError =>
  new PaymentError({
    code: 'not_found',
    effect: 'refused',
    retry: 'same_attempt',
    message: 'Trustly has no settlement report of this day.',
    hint: 'Either nothing was settled that day, or the report is not ready: most are by 07:00 UTC of the next day.',
    ...(error.vendor && { vendor: error.vendor }),
  })
