import {
  dayMs,
  isLeft,
  PaymentError,
  readDecimal,
  type SettledLine,
  type VendorLedger,
  type VendorLine,
} from '@railswitch/core/provider'
import { unreadable } from '../client/map-error.ts'
import { type LedgerLine, readLedger } from '../client/statements/ledger.ts'
import { readSettlement, type SettlementLine } from '../client/statements/settlement.ts'
import type { TrustlyCalls } from '../client/typed-calls.ts'
import { ledgerKind, settledKind } from './line-kind.ts'

/** Trustly's AccountLedger and its settlement report, each one call a day, and its Balance, which may be asked for once in 15 minutes. */
export const vendorLedger = (
  client: TrustlyCalls,
): VendorLedger & Required<Pick<VendorLedger, 'settled' | 'balances'>> => ({
  notReported: [],
  async *lines({ from, to }, signal) {
    const until = new Date(Date.parse(to) + dayMs).toISOString().slice(0, 10)
    for await (const line of readLedger(client, { from, until, signal })) yield toLine(line)
  },
  async *settled(day, signal) {
    try {
      for await (const line of readSettlement(client, { day, signal })) yield toSettledLine(line)
    } catch (error) {
      if (!(error instanceof PaymentError) || error.code !== 'not_found') throw error
    }
  },
  async *balances(signal) {
    const response = await client.balance({}, { signal })()
    if (isLeft(response)) throw response.left
    for (const { currency, balance } of response.right) {
      const amount = readDecimal(balance)
      if (amount === null) throw unreadable('Balance')
      yield { currency, amount }
    }
  },
})

const toLine = (line: LedgerLine): VendorLine => ({
  at: line.at,
  kind: ledgerKind(line),
  amount: line.amount,
  currency: line.currency,
  vendorId: line.orderId,
  merchantReference: line.messageId,
  text: `${line.account}: ${line.type}`,
})

const toSettledLine = (line: SettlementLine): SettledLine => ({
  at: line.at,
  kind: settledKind(line),
  amount: line.amount,
  currency: line.currency,
  vendorId: line.orderId,
  merchantReference: line.messageId,
  text: `${line.account}: ${line.type}`,
  settlement: line.settlementId ?? '',
  total: line.total,
})
