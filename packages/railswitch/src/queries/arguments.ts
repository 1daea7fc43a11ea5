import { invalid, type PaymentRef, parsePaymentRef } from '@railswitch/core'

/** Checks `{ payment }`, the argument of commands, for programs without types. Throws `invalid_input`. */
export const paymentIn = (of: { readonly payment: PaymentRef }): PaymentRef => {
  const payment: unknown = of?.payment
  if (typeof payment === 'string') return payment as PaymentRef
  throw invalid('invalid_input', [
    {
      field: 'payment',
      rule: payment === undefined ? 'is required' : 'must be a payment ref',
      fix: 'pass { payment } with the payment ref that the call returned',
    },
  ])
}

/** How to find a payment again. */
export const selectorHint = (payment: unknown): string =>
  typeof payment === 'string' && parsePaymentRef(payment) === null
    ? '`payment` is no payment ref: pass the one that the call returned, or { reference } with your own reference.'
    : 'Use the reference of the call that began it, and the same store. A deposit or charge has getDeposit(), a payout or withdrawal getPayout(), an account getAccount(), a mandate getMandate().'
