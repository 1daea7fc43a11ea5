import { invalid } from '../errors/payment-error.ts'
import { type PaymentRef, parsePaymentRef } from '../values/payment-ref.ts'

/**
 * The payment ref in a text that the application stored: `readPaymentRef(row.payment)`. Throws `invalid_input` for any other text, also
 * for one that the database padded or cut off. Whether the payment exists is checked by the call that gets the ref.
 */
export const readPaymentRef = (text: string): PaymentRef => {
  if (typeof text === 'string' && parsePaymentRef(text) !== null) return text as PaymentRef
  const rule =
    typeof text === 'string' && parsePaymentRef(text.trim()) !== null
      ? 'has white space around it'
      : 'is not a payment ref'
  const fix = 'store `payment` as deposit(), payout() or account() returned it, in a text column without padding'
  throw invalid('invalid_input', [{ field: 'payment', rule, fix }])
}
