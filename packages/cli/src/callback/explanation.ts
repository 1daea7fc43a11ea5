import type { CallbackTokenClaims, Money } from '@railswitch/core'
import type { CallbackEffect } from './callback-effect.ts'
import type { CallbackContent } from './callback-members.ts'
import type { SignatureFinding } from './verified-by.ts'

/** What a stored callback means, without personal data and without its token. */
export interface Explanation extends CallbackContent {
  readonly file: string
  /** ISO 8601. */
  readonly receivedAt: string | null
  readonly rail: string | null
  readonly provider: string
  readonly meaning: string | null
  readonly signature: SignatureFinding & { readonly reason: string | null }
  /** Null unless it verifies. */
  readonly vendorId: string | null
  readonly reference: string | null
  readonly money: Money | null
  readonly token: TokenFinding
  readonly payment: PaymentOfCallback | null
  readonly effect: CallbackEffect | null
  /** What cannot be found out, and what it needs. */
  readonly notKnown: readonly string[]
}

/** `not_known`: the file has no address, or there is no configuration. */
export type TokenFinding =
  | ({ readonly state: 'genuine' } & CallbackTokenClaims)
  | { readonly state: 'not_ours' | 'none' | 'not_known' }

export interface PaymentOfCallback {
  /** False: it is stored for a review, and changes no payment. */
  readonly applied: boolean
  readonly reference: string | null
  readonly because: string
}
