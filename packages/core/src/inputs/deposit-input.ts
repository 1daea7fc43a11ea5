import * as z from 'zod'
import type { Schema } from '../errors/schema.ts'
import type { Money } from '../values/money.ts'
import { depositShape } from './checkout-fields.ts'
import type { ProviderOptions } from './provider-options.ts'

/** Who pays. Sent to the vendor, never stored. */
export interface Customer {
  /** Your own id, unique and stable per customer. */
  readonly id: string
  /** As registered with the bank. Accents are allowed. */
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  /** ISO 3166-1 alpha-2. The checkout offers the banks of this country. */
  readonly country: string
  /** BCP 47: the language of the checkout pages. */
  readonly locale: string
  /** In international format: `+46701234567`. */
  readonly phone?: string | undefined
  /** One IPv4 or IPv6 address. */
  readonly ip?: string | undefined
}

/** Where the customer's browser returns to. A vendor that does not tell them apart uses one for several results. */
export interface ReturnUrls {
  /** Also after a cancellation at payabl. The page should say "processing". */
  readonly success: string
  /** Also after a cancellation at Trustly. */
  readonly failure: string
  readonly cancel: string
}

export interface DepositInput {
  /** Your own id and the idempotency key: 1 to 200 of `A-Z a-z 0-9 _ -`. */
  readonly reference: string
  /** 1 to 99, default 1. Use 2 and up to try again after an abandoned checkout or a refusal. */
  readonly attempt?: number | undefined
  readonly amount: Money
  readonly customer: Customer
  /** One page for all results, or one for each. The return does not prove that the customer paid: the page should say "processing". */
  readonly returnUrl: string | ReturnUrls
  /** What the customer reads on the bank statement, brand first. Default: the configured one. */
  readonly statement?: string | undefined
  readonly providerOptions?: ProviderOptions | undefined
}

/** The fields that every deposit needs, as dotted paths. */
export const depositFields: readonly string[] = [
  'reference',
  'amount',
  'customer.id',
  'customer.firstName',
  'customer.lastName',
  'customer.email',
  'customer.country',
  'customer.locale',
  'returnUrl',
]

export const depositSchema: Schema<DepositInput> = z.strictObject(depositShape)
