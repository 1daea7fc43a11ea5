import * as z from 'zod'
import type { Money } from '../values/money.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import { country, customerId, emailAddress, personName } from './customer-fields.ts'
import { day, paymentWithAccount, positiveMoney, referenceFields, text } from './fields.ts'
import type { ProviderOptions } from './provider-options.ts'

/** Sent to the vendor, never stored. */
export interface BankAccount {
  /** ISO 3166-1 alpha-2, of the bank. */
  readonly country: string
  /** An IBAN, or a local number where the country has its own, as in SE and GB. Spaces are allowed. */
  readonly accountNumber: string
  /** Clearing number or sort code of a local number; never with an IBAN. */
  readonly bankNumber?: string | undefined
}

/** Who owns the account. Sent to the vendor, never stored. */
export interface Payee {
  /** Yours, unique and stable per customer. */
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly email?: string | undefined
  /** ISO 8601: `1979-01-31`. */
  readonly dateOfBirth?: string | undefined
}

/**
 * To the account that an earlier deposit was paid from or `account` was chosen by, at its rail; or to bank details, at the
 * active one.
 */
export type PayoutTarget =
  | { readonly to: { readonly payment: PaymentRef }; readonly customer: { readonly id: string } }
  | { readonly to: { readonly account: BankAccount }; readonly customer: Payee }

export type PayoutInput = PayoutTarget & {
  /** Your own id and the idempotency key, unlike any deposit's or refund's: 1 to 200 of `A-Z a-z 0-9 _ -`. */
  readonly reference: string
  /** 1 to 99, default 1. A second one is refused while the first may still pay. */
  readonly attempt?: number | undefined
  /** Take it from the customer's balance before the call. It may exceed the deposit. */
  readonly amount: Money
  /** What the customer reads on the bank statement, brand first. Default: the configured one. */
  readonly statement?: string | undefined
  readonly providerOptions?: ProviderOptions | undefined
}

/** The fields that every payout needs; `to` is `to.payment` or `to.account`. */
export const payoutFields: readonly string[] = ['reference', 'amount', 'to', 'customer.id']

const shared = {
  ...referenceFields,
  amount: positiveMoney,
  statement: text(100).optional(),
  providerOptions: z.custom<ProviderOptions>((value) => typeof value === 'object' && value !== null).optional(),
}

const toDepositor = z.strictObject({
  ...shared,
  to: z.strictObject({ payment: paymentWithAccount }),
  customer: z.strictObject({ id: customerId }),
})

const toAccount = z.strictObject({
  ...shared,
  to: z.strictObject({
    account: z.strictObject({ country, accountNumber: text(40), bankNumber: text(20).optional() }),
  }),
  customer: z.strictObject({
    id: customerId,
    firstName: personName,
    lastName: personName,
    email: emailAddress.optional(),
    dateOfBirth: day.optional(),
  }),
})

const isToAccount = (given: unknown): boolean =>
  typeof (given as { to?: { account?: unknown } } | null)?.to?.account === 'object'

/** Of the one form that is meant, so that an error names its fields and not the other's. */
export const payoutSchemaOf = (given: unknown): z.ZodType<PayoutInput> => (isToAccount(given) ? toAccount : toDepositor)
