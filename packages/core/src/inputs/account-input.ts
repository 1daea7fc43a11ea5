import * as z from 'zod'
import { type DepositInput, depositFields, depositShape } from './deposit-input.ts'

/** The customer chooses an account on the vendor's page, for later payouts; `account.received` tells of it. */
export interface AccountInput extends Omit<DepositInput, 'amount'> {
  /** Whether the customer is also asked to allow charges of it. */
  readonly mandate?: boolean | undefined
}

export const accountFields: readonly string[] = depositFields.filter((field) => field !== 'amount')

const { amount: _noMoney, ...shape } = depositShape

export const accountSchema: z.ZodType<AccountInput> = z.strictObject({ ...shape, mandate: z.boolean().optional() })
