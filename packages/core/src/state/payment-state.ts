import type { Fact } from '../record/fact.ts'
import type { PaymentRecord } from '../record/payment-record.ts'
import { type Account, deriveAccount } from './account-state.ts'
import { type Deposit, deriveDeposit } from './deposit-state.ts'
import { derivePayout, type Payout } from './payout-state.ts'

/** The state of a record's payment: a deposit with its refunds, money out, or an account. */
export type PaymentState = Deposit | Payout | Account

/** Null for a record without an intent of ours. */
export const paymentStateOf = (record: PaymentRecord, facts: readonly Fact[]): PaymentState | null =>
  deriveDeposit(record, facts) ?? derivePayout(record, facts) ?? deriveAccount(record, facts)

export const isDepositState = (state: PaymentState): state is Deposit => !('kind' in state)
