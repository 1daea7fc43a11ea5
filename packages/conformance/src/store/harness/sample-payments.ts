import {
  type CallbackTokenClaims,
  type Conclusion,
  type Intent,
  type Money,
  PaymentError,
  paymentRef,
  wireReference,
} from '@railswitch/core/store'

export const sek = (value: string): Money => ({ value, currency: 'SEK' })

const settings = { callbackUrl: 'https://shop.example/callbacks/rail/token', statement: 'SHOP' }

/** By default a deposit of 100.00 SEK, `order-1` on the rail `rail`. */
export const deposit = (more: Partial<Intent> = {}): Intent => ({
  kind: 'deposit',
  rail: 'rail',
  reference: 'order-1',
  attempt: 1,
  expect: sek('100.00'),
  settings,
  ...more,
})

/** By default a refund of `order-1`. */
export const refund = (reference: string, value: string, more: Partial<Intent> = {}): Intent => ({
  kind: 'refund',
  rail: 'rail',
  reference,
  attempt: 1,
  expect: sek(value),
  of: paymentRef(deposit()),
  settings,
  ...more,
})

export const tokenOf = ({ kind, reference, attempt }: Intent): CallbackTokenClaims => ({
  kind,
  reference: wireReference(reference),
  attempt,
})

export const started = (intent: Intent): Extract<Conclusion, { state: 'started' }> => ({
  state: 'started',
  result: { payment: paymentRef(intent), redirectUrl: 'https://bank.example/', expiresAt: null },
})

export const accepted = (intent: Intent): Conclusion => ({
  state: 'accepted',
  result: { status: 'accepted', payment: paymentRef(intent) },
})

export const unknown = (intent: Intent): Conclusion => ({
  state: 'unknown',
  result: {
    status: 'unknown',
    payment: paymentRef(intent),
    resolveBy: 'replay',
    notBefore: '2026-01-01T00:00:00.000Z',
  },
})

export const refused = (): Extract<Conclusion, { state: 'refused' }> => ({
  state: 'refused',
  error: new PaymentError({
    code: 'rejected',
    effect: 'refused',
    retry: 'next_attempt',
    message: 'no',
    hint: 'no',
  }).toJSON(),
})
