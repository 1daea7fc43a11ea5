import { wireReference } from './reference.ts'

declare const brand: unique symbol

/** `rs1.<rail>.<kind>.<reference>.<attempt>`, at most 120 ASCII characters. It identifies a payment and grants no access. */
export type PaymentRef = string & { readonly [brand]: 'PaymentRef' }

/**
 * What is requested from a rail. Money in: a deposit. Money out: a refund of a deposit; a payout, which needs no customer; or a
 * withdrawal, for which the customer chooses the account on the vendor's page. No money: an account that the customer chooses there, or a
 * mandate that the customer signs there.
 */
export type PaymentKind = 'deposit' | 'refund' | 'payout' | 'withdrawal' | 'account' | 'mandate'

/** A rail's name: it is part of URLs and refs. */
export const railPattern = /^[a-z][a-z0-9-]{0,31}$/

export interface PaymentRefParts {
  readonly rail: string
  readonly kind: PaymentKind
  /** As it is sent: a hash if the merchant's own is longer than 27 characters. */
  readonly reference: string
  readonly attempt: number
}

export const paymentRef = ({ rail, kind, reference, attempt }: PaymentRefParts): PaymentRef =>
  `rs1.${rail}.${kind}.${wireReference(reference)}.${attempt}` as PaymentRef

/** Null for anything that does not have the form of `paymentRef`. */
export const parsePaymentRef = (text: string): PaymentRefParts | null => {
  const match =
    /^rs1\.([a-z][a-z0-9-]{0,31})\.(deposit|refund|payout|withdrawal|account|mandate)\.([A-Za-z0-9_-]{1,27})\.([1-9]\d?)$/.exec(
      text,
    )
  if (!match) return null
  const [, rail = '', kind, reference = '', attempt] = match
  return { rail, kind: kind as PaymentKind, reference, attempt: Number(attempt) }
}
