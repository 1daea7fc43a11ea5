import * as z from 'zod'
import type { Schema } from '../errors/schema.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import { customer, depositShape } from './checkout-fields.ts'
import { type Customer, type DepositInput, depositFields } from './deposit-input.ts'
import { paymentWithAccount, providerOptions, referenceFields, trimmedText } from './fields.ts'
import type { ProviderOptions } from './provider-options.ts'

/** The customer signs a mandate on the vendor's page: a permission to charge a bank account. `mandate.active` reports it. */
export type MandateInput = Omit<DepositInput, 'amount'>

export const mandateFields: readonly string[] = depositFields.filter((field) => field !== 'amount')

const { amount: _noMoney, ...shape } = depositShape

export const mandateSchema: Schema<MandateInput> = z.strictObject(shape)

/** A mandate that the customer signed elsewhere, such as on paper or at another provider. There is no page. */
export interface MandateImportInput {
  /** Your own id and the idempotency key: 1 to 200 of `A-Z a-z 0-9 _ -`. */
  readonly reference: string
  /** 1 to 99, default 1. A second attempt is refused while the first may still succeed. */
  readonly attempt?: number | undefined
  /** The deposit, account or mandate with which the vendor reported the customer's account. Its rail imports the mandate. */
  readonly from: { readonly payment: PaymentRef }
  readonly customer: Customer
  /** The reference of the mandate at its direct debit scheme, which the customer knows. */
  readonly mandateReference: string
  /** Whether the vendor registers the mandate at the scheme. Default: it is registered already. */
  readonly register?: boolean | undefined
  /** What the customer reads on the bank statement, brand first. Default: the configured one. */
  readonly statement?: string | undefined
  readonly providerOptions?: ProviderOptions | undefined
}

export const mandateImportFields: readonly string[] = [
  ...mandateFields.filter((field) => field !== 'returnUrl'),
  'from.payment',
  'mandateReference',
]

export const mandateImportSchema: Schema<MandateImportInput> = z.strictObject({
  ...referenceFields,
  from: z.strictObject({ payment: paymentWithAccount }),
  customer,
  mandateReference: trimmedText(35),
  register: z.boolean().optional(),
  statement: trimmedText(100).optional(),
  providerOptions,
})
