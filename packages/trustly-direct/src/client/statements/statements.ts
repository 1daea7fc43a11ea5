import type { PaymentError, TaskEither } from '@railswitch/core/provider'
import type { TrustlyResponse } from '../methods/methods.ts'
import type { TrustlyCalls } from '../typed-calls.ts'
import { type LedgerLine, type LedgerSpan, readLedger } from './ledger.ts'
import { readSettlement, type SettlementDay, type SettlementLine } from './settlement.ts'

/** Reports about the merchant account. Trustly allows `balance` and, per payout, `withdrawals` once in 15 minutes. */
export interface TrustlyReports {
  balance(signal?: AbortSignal): TaskEither<PaymentError, TrustlyResponse<'Balance'>>
  ledger(span: LedgerSpan): AsyncIterable<LedgerLine>
  settlement(day: SettlementDay): AsyncIterable<SettlementLine>
  /** The state of an order's payout, for people to read: Trustly changes these states without notice. */
  withdrawals(orderId: string, signal?: AbortSignal): TaskEither<PaymentError, TrustlyResponse<'GetWithdrawals'>>
}

export const createReports = (client: TrustlyCalls): TrustlyReports => ({
  balance: (signal) => client.balance({}, signal ? { signal } : {}),
  ledger: (span) => readLedger(client, span),
  settlement: (day) => readSettlement(client, day),
  withdrawals: (OrderID, signal) => client.getWithdrawals({ OrderID }, signal ? { signal } : {}),
})
