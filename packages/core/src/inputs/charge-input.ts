import * as z from 'zod'
import { validationRule } from '../errors/issue.ts'
import type { Schema } from '../errors/schema.ts'
import type { Money } from '../values/money.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import {
  customerId,
  day,
  emailAddress,
  paymentWithAccount,
  positiveMoney,
  providerOptions,
  referenceFields,
  trimmedText,
} from './fields.ts'
import type { ProviderOptions } from './provider-options.ts'

/** A deposit without a checkout: the customer has allowed it before, with a mandate. */
export interface ChargeInput {
  /** Your own id and the idempotency key: 1 to 200 of `A-Z a-z 0-9 _ -`. */
  readonly reference: string
  /** 1 to 99, default 1. */
  readonly attempt?: number | undefined
  readonly amount: Money
  /** Returned by `mandate()` or `importMandate()`; or by `account()` with `mandate`, or by a deposit with one. Its rail makes the charge. */
  readonly from: { readonly payment: PaymentRef }
  readonly customer: { readonly id: string; readonly email: string }
  /** Which charge of the mandate it is. Some direct debit schemes need it; most vendors find out by themselves. */
  readonly collection?: Collection | undefined
  /** The day of the bank's debit, ISO 8601. Default: the vendor's earliest. */
  readonly paymentDate?: string | undefined
  /** What the customer reads on the bank statement, brand first. Default: the configured one. */
  readonly statement?: string | undefined
  readonly providerOptions?: ProviderOptions | undefined
}

/** `resubmitted`: a charge that failed, once more. `final`: the last one of this mandate. */
export type Collection = 'initial' | 'recurring' | 'resubmitted' | 'final'

export const chargeFields: readonly string[] = ['reference', 'amount', 'from.payment', 'customer.id', 'customer.email']

const collections: readonly Collection[] = ['initial', 'recurring', 'resubmitted', 'final']

const collection = z.custom<Collection>(
  (value) => collections.some((known) => known === value),
  validationRule('is not a kind of collection', `write one of ${collections.join(', ')}, or leave it out`),
)

export const chargeSchema: Schema<ChargeInput> = z.strictObject({
  ...referenceFields,
  amount: positiveMoney,
  from: z.strictObject({ payment: paymentWithAccount }),
  customer: z.strictObject({ id: customerId, email: emailAddress }),
  collection: collection.optional(),
  paymentDate: day.optional(),
  statement: trimmedText(100).optional(),
  providerOptions,
})
