import type { Schema } from '../errors/schema.ts'
import { type DepositInput, depositFields, depositSchema } from './deposit-input.ts'

/**
 * The customer chooses the account on the vendor's page. `withdrawal.requested` then asks whether you have reserved
 * the money, and `approve` or `deny` decides. The fields are those of a deposit.
 */
export type WithdrawalInput = DepositInput

export const withdrawalFields: readonly string[] = depositFields

export const withdrawalSchema: Schema<WithdrawalInput> = depositSchema
