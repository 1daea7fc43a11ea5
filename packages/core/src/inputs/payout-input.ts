import * as z from 'zod'
import type { Schema } from '../errors/schema.ts'
import type { Money } from '../values/money.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import {
  country,
  customerId,
  day,
  emailAddress,
  paymentWithAccount,
  personName,
  positiveMoney,
  providerOptions,
  referenceFields,
  trimmedText,
} from './fields.ts'
import type { ProviderOptions } from './provider-options.ts'

/** Sent to the vendor, never stored. */
export interface BankAccount {
  /** The bank's country, ISO 3166-1 alpha-2. */
  readonly country: string
  /** An IBAN, or a local number if the country has its own, such as SE and GB. Spaces are allowed. */
  readonly accountNumber: string
  /** Clearing number or sort code of a local number. Not allowed with an IBAN. */
  readonly bankNumber?: string | undefined
}

/** Who owns the account. Sent to the vendor, never stored. */
export interface Payee {
  /** Your own id, unique and stable per customer. */
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly email?: string | undefined
  /** ISO 8601: `1979-01-31`. */
  readonly dateOfBirth?: string | undefined
}

/**
 * Where a payout goes: to the account of an earlier deposit or of `account()`, at its rail; or to bank details, at the active rail.
 */
export type PayoutDestination =
  | { readonly to: { readonly payment: PaymentRef }; readonly customer: { readonly id: string } }
  | { readonly to: { readonly account: BankAccount }; readonly customer: Payee }

export type PayoutInput = PayoutDestination & {
  /** Your own id and the idempotency key: 1 to 200 of `A-Z a-z 0-9 _ -`. No deposit or refund may have the same one. */
  readonly reference: string
  /** 1 to 99, default 1. A second attempt is refused while the first may still succeed. */
  readonly attempt?: number | undefined
  /** Deduct it from the customer's balance before the call. It may exceed the deposit. */
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
  statement: trimmedText(100).optional(),
  providerOptions,
}

const toDepositor = z.strictObject({
  ...shared,
  to: z.strictObject({ payment: paymentWithAccount }).describe('{ payment }, or { account } with bank details'),
  customer: z.strictObject({ id: customerId }),
})

const toAccount = z.strictObject({
  ...shared,
  to: z.strictObject({
    account: z.strictObject({ country, accountNumber: trimmedText(40), bankNumber: trimmedText(20).optional() }),
  }),
  customer: z.strictObject({
    id: customerId,
    firstName: personName,
    lastName: personName,
    email: emailAddress.optional(),
    dateOfBirth: day.optional(),
  }),
})

const isToAccount = (input: unknown): boolean =>
  typeof (input as { to?: { account?: unknown } } | null)?.to?.account === 'object'

/** The schema for the input's form of `to`, so that errors name only the fields of this form. */
export const payoutSchemaOf = (input: unknown): Schema<PayoutInput> => (isToAccount(input) ? toAccount : toDepositor)
