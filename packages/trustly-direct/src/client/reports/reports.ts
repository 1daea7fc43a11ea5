import type { PaymentError, TaskEither } from '@railswitch/core'
import type { TrustlyAnswer } from '../methods/methods.ts'
import type { TrustlyCalls } from '../typed-calls.ts'
import { type LedgerLine, type LedgerSpan, readLedger } from './ledger.ts'
import { readSettlement, type SettlementDay, type SettlementLine } from './settlement.ts'

/** What Trustly tells of the merchant account. Trustly allows `balance` and, per payout, `withdrawals` once in 15 minutes. */
export interface TrustlyReports {
  balance(signal?: AbortSignal): TaskEither<PaymentError, TrustlyAnswer<'Balance'>>
  ledger(span: LedgerSpan): AsyncIterable<LedgerLine>
  settlement(day: SettlementDay): AsyncIterable<SettlementLine>
  /** How far an order's payout is: for people to read, because Trustly changes these states without notice. */
  withdrawals(orderId: string, signal?: AbortSignal): TaskEither<PaymentError, TrustlyAnswer<'GetWithdrawals'>>
}

export const createReports = (client: TrustlyCalls): TrustlyReports => ({
  balance: (signal) => client.balance({}, signal ? { signal } : {}),
  ledger: (span) => readLedger(client, span),
  settlement: (day) => readSettlement(client, day),
  withdrawals: (OrderID, signal) => client.getWithdrawals({ OrderID }, signal ? { signal } : {}),
})
