import * as z from 'zod'
import type { Money } from '../values/money.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import { customerId, emailAddress } from './customer-fields.ts'
import { day, paymentWithAccount, positiveMoney, referenceFields, text } from './fields.ts'
import type { ProviderOptions } from './provider-options.ts'

/** A deposit without its customer at a checkout: the account was chosen, and its charges allowed, before. */
export interface ChargeInput {
  /** Your own id and the idempotency key: 1 to 200 of `A-Z a-z 0-9 _ -`. */
  readonly reference: string
  /** 1 to 99, default 1. */
  readonly attempt?: number | undefined
  readonly amount: Money
  /** Of `account()` with `mandate`, or of a deposit with one: its rail charges. */
  readonly from: { readonly payment: PaymentRef }
  readonly customer: { readonly id: string; readonly email: string }
  /** ISO 8601, the day of the bank's debit: the vendor's earliest unless given. */
  readonly paymentDate?: string | undefined
  /** What the customer reads on the bank statement, brand first. Default: the configured one. */
  readonly statement?: string | undefined
  readonly providerOptions?: ProviderOptions | undefined
}

export const chargeFields: readonly string[] = ['reference', 'amount', 'from.payment', 'customer.id', 'customer.email']

export const chargeSchema: z.ZodType<ChargeInput> = z.strictObject({
  ...referenceFields,
  amount: positiveMoney,
  from: z.strictObject({ payment: paymentWithAccount }),
  customer: z.strictObject({ id: customerId, email: emailAddress }),
  paymentDate: day.optional(),
  statement: text(100).optional(),
  providerOptions: z.custom<ProviderOptions>((value) => typeof value === 'object' && value !== null).optional(),
})
