import { createHmac } from 'node:crypto'
import type { PaymentErrorData } from '../errors/payment-error.ts'
import type { Money } from '../values/money.ts'
import type { PaymentKind, PaymentRef } from '../values/payment-ref.ts'
import { compare } from '../values/sort-and-group.ts'

/** A request of ours. It is stored before a byte is sent. (reference, attempt) is its key over all kinds and rails. */
export interface Intent {
  readonly kind: PaymentKind
  /** The configured name, not the vendor's: two accounts are two rails. Retries and refunds use this rail. */
  readonly rail: string
  /** The merchant's own. `wireReference` makes the form that is sent. */
  readonly reference: string
  /** 1 to 99. */
  readonly attempt: number
  /** The requested amount. `noMoney` for an account and a mandate. */
  readonly expect: Money
  /** A refund's deposit. A deposit can have many refunds. */
  readonly of?: PaymentRef
  /** For a payout or a charge: the payment whose account is paid or charged. For an imported mandate: whose account is to be charged. */
  readonly account?: PaymentRef
  /** It was begun elsewhere and imported, so it is never sent from here. */
  readonly imported?: true
  readonly settings: IntentSettings
}

/** ISO 4217: no currency is involved. */
export const noMoney: Money = { value: '0', currency: 'XXX' }

/** The settings of the first call. A repeated call sends the same ones, even if the configuration has changed. */
export interface IntentSettings {
  /** `<callbacks.url>/<rail>/<token>`. */
  readonly callbackUrl: string
  readonly statement?: string
  /** For a payout to a known account: your own id of the customer. The call cannot be repeated without it. */
  readonly customerId?: string
  /** For a payout or a charge by a mandate: the vendor's id of its account at the first call. A repeated call names the same one. */
  readonly account?: string
}

/** A checkout was opened: send the customer to `redirectUrl`. The customer's return does not prove a payment. */
export interface Checkout {
  readonly payment: PaymentRef
  readonly redirectUrl: string
  /** ISO 8601; null if the vendor does not report it. */
  readonly expiresAt: string | null
}

/** The outcome of a call that sends money out. `accepted` does not mean paid. `unknown` is a value, not an error, because the money may have been sent. */
export type Outcome =
  | { readonly status: 'accepted'; readonly payment: PaymentRef }
  | {
      readonly status: 'unknown'
      readonly payment: PaymentRef
      /** How to find out: repeat the identical call, look it up, or have an operator check it. */
      readonly resolveBy: 'replay' | 'lookup' | 'operator'
      /** ISO 8601: before this time, a look-up or a repeated call proves nothing. */
      readonly notBefore: string
      /** Why it is unknown, and what to do. A result of an earlier release lacks it. */
      readonly error?: PaymentErrorData
    }

/** The recorded result of a call. If there is none, the call may have happened. */
export type Conclusion =
  | { readonly state: 'started'; readonly result: Checkout }
  | { readonly state: 'accepted' | 'unknown'; readonly result: Outcome }
  | { readonly state: 'refused'; readonly error: PaymentErrorData }

/** An intent with what is known about its call. */
export interface RecordedIntent {
  readonly intent: Intent
  readonly fingerprint: string
  /** ISO 8601. */
  readonly begunAt: string
  /** A second call of this intent was allowed. If one of the calls sent nothing, the other may still have been sent. */
  readonly resumed: boolean
  readonly conclusion: Conclusion | null
  /** The vendor's ids for it, from the responses to its call. */
  readonly vendorIds: readonly string[]
}

/**
 * HMAC-SHA-256 over the request with its members sorted: equal requests have equal fingerprints, whatever the order of their members.
 * It is keyed, because a request can contain bank details, which could be guessed from a plain digest.
 */
export const requestFingerprint = (request: object, secret: string): string =>
  createHmac('sha256', secret)
    .update('railswitch fingerprint\n')
    .update(JSON.stringify(sorted(request)))
    .digest('base64url')

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compare(a, b))
      .map(([name, member]) => [name, sorted(member)]),
  )
}
