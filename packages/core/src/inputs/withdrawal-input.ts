import type * as z from 'zod'
import { type DepositInput, depositFields, depositSchema } from './deposit-input.ts'

/**
 * The customer chooses on the vendor's page where the money goes, then `withdrawal.requested` asks whether you have reserved
 * it; `approve` or `deny` decides. The fields are a deposit's.
 */
export type WithdrawalInput = DepositInput

export const withdrawalFields: readonly string[] = depositFields

export const withdrawalSchema: z.ZodType<WithdrawalInput> = depositSchema
