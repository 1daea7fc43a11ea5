import * as z from 'zod'
import type { Schema } from '../errors/schema.ts'
import { depositShape } from './checkout-fields.ts'
import { type DepositInput, depositFields } from './deposit-input.ts'

/** The customer chooses an account for later payouts on the vendor's page. `account.received` reports it. */
export interface AccountInput extends Omit<DepositInput, 'amount'> {
  /** Whether the customer is also asked to allow charges of this account. */
  readonly mandate?: boolean | undefined
}

export const accountFields: readonly string[] = depositFields.filter((field) => field !== 'amount')

const { amount: _noMoney, ...shape } = depositShape

export const accountSchema: Schema<AccountInput> = z.strictObject({ ...shape, mandate: z.boolean().optional() })
