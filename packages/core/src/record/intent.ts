import { createHmac } from 'node:crypto'
import type { PaymentErrorData } from '../errors/payment-error.ts'
import type { Money } from '../values/money.ts'
import type { Kind, PaymentRef } from '../values/payment-ref.ts'

/** What we asked. Durable before a byte is sent; (reference, attempt) is its key over all kinds and rails. */
export interface Intent {
  readonly kind: Kind
  /** The configured name, not the vendor's: two accounts are two rails. It pins each retry and each follow-up. */
  readonly rail: string
  /** As the merchant gave it; `wireReference` makes the form that travels. */
  readonly reference: string
  /** 1 to 99. */
  readonly attempt: number
  /** `noMoney` where an account is chosen. */
  readonly expect: Money
  /** A refund's deposit; many refunds, one deposit. */
  readonly of?: PaymentRef
  /** Of a payout or a charge: the payment whose customer's account is paid or charged. */
  readonly account?: PaymentRef
  /** Begun elsewhere and taken in: it was never sent from here, and never is. */
  readonly imported?: true
  readonly settings: Settings
}

/** ISO 4217: no currency is involved. */
export const noMoney: Money = { value: '0', currency: 'XXX' }

/** What the configuration gave to the first call: a repeated call sends the same, whatever the configuration says now. */
export interface Settings {
  /** `<callbacks.url>/<rail>/<token>`. */
  readonly callbackUrl: string
  readonly statement?: string
  /** Whom a payout to a known account is for, by your own id: without it the call could not be repeated. */
  readonly customerId?: string
}

/** A checkout was opened: send the customer to `redirectUrl`. The customer's return proves nothing. */
export interface Checkout {
  readonly payment: PaymentRef
  readonly redirectUrl: string
  /** ISO 8601; null where the vendor does not say. */
  readonly expiresAt: string | null
}

/** Money out: `accepted` is never "paid", and `unknown` is a value, not an error, because money may be moving. */
export type Outcome =
  | { readonly status: 'accepted'; readonly payment: PaymentRef }
  | {
      readonly status: 'unknown'
      readonly payment: PaymentRef
      /** How it can be known: repeat the identical call, look it up, or ask a person. */
      readonly resolveBy: 'replay' | 'lookup' | 'operator'
      /** ISO 8601: earlier than this, asking proves nothing. */
      readonly notBefore: string
    }

/** What is recorded of a call's end; without one the call may have happened. */
export type Conclusion =
  | { readonly state: 'started'; readonly result: Checkout }
  | { readonly state: 'accepted' | 'unknown'; readonly result: Outcome }
  | { readonly state: 'refused'; readonly error: PaymentErrorData }

/** An intent with what is known of its call. */
export interface RecordedIntent {
  readonly intent: Intent
  readonly fingerprint: string
  /** ISO 8601. */
  readonly begunAt: string
  /** A second call of it was let through: that one call sent nothing says nothing of the other. */
  readonly resumed: boolean
  readonly conclusion: Conclusion | null
  /** The vendor's ids for it, as responses to its call taught them. */
  readonly vendorIds: readonly string[]
}

/**
 * HMAC-SHA-256 over the request with its members sorted: equal for equal requests, whatever order they were written in. Keyed,
 * because bank details are among the members, and few of them can be distinguished from their plain digest.
 */
export const fingerprintOf = (request: object, secret: string): string =>
  createHmac('sha256', secret)
    .update('railswitch fingerprint\n')
    .update(JSON.stringify(sorted(request)))
    .digest('base64url')

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  )
}
