import type { Fact } from '../record/fact.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import { type Account, deriveAccount } from './account-state.ts'
import { type Deposit, deriveDeposit } from './deposit-state.ts'
import { deriveMandate, type Mandate } from './mandate-state.ts'
import { derivePayout, type Payout } from './payout-state.ts'

/** The state of a record's payment: a deposit with its refunds, money out, an account, or a mandate. */
export type PaymentState = Deposit | Payout | Account | Mandate

/** Null for a record without an intent of ours. */
export const paymentStateOf = (record: PaymentRecord, facts: readonly Fact[]): PaymentState | null =>
  deriveDeposit(record, facts) ??
  derivePayout(record, facts) ??
  deriveAccount(record, facts) ??
  deriveMandate(record, facts)

/** Whether no money moves. */
export const isWithoutMoney = (state: PaymentState): state is Account | Mandate =>
  'kind' in state && (state.kind === 'account' || state.kind === 'mandate')

export const isDepositState = (state: PaymentState): state is Deposit => !('kind' in state)
