import { dayMs, PaymentError, type SettledLine, type VendorLedger, type VendorLine } from '@railswitch/core/provider'
import { type LedgerLine, readLedger } from '../client/statements/ledger.ts'
import { readSettlement, type SettlementLine } from '../client/statements/settlement.ts'
import type { TrustlyCalls } from '../client/typed-calls.ts'
import { ledgerKind, settledKind } from './line-kind.ts'

/** Trustly's AccountLedger and its settlement report, each one call a day. */
export const vendorLedger = (client: TrustlyCalls): VendorLedger & Required<Pick<VendorLedger, 'settled'>> => ({
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
