import {
  type Conclusion,
  type Intent,
  type Money,
  type News,
  type Observation,
  PaymentError,
  paymentRef,
} from '@railswitch/core'

/** What the store's cases are made of: one deposit of 100.00 SEK, `order-1` on the rail `rail`, and its refunds. */
export const sek = (value: string): Money => ({ value, currency: 'SEK' })

const settings = { callbackUrl: 'https://shop.example/callbacks/rail/token', statement: 'SHOP' }

export const deposit = (more: Partial<Intent> = {}): Intent => ({
  kind: 'deposit',
  rail: 'rail',
  reference: 'order-1',
  attempt: 1,
  expect: sek('100.00'),
  settings,
  ...more,
})

export const refund = (reference: string, value: string, attempt = 1): Intent => ({
  kind: 'refund',
  rail: 'rail',
  reference,
  attempt,
  expect: sek(value),
  of: paymentRef(deposit()),
  settings,
})

export const started = (intent: Intent): Extract<Conclusion, { state: 'started' }> => ({
  state: 'started',
  result: { payment: paymentRef(intent), redirectUrl: 'https://bank.example/', expiresAt: null },
})

export const moved = (intent: Intent, status: 'accepted' | 'unknown'): Conclusion => {
  const payment = paymentRef(intent)
  return status === 'accepted'
    ? { state: status, result: { status, payment } }
    : { state: status, result: { status, payment, settle: 'replay', notBefore: '2026-01-01T00:00:00.000Z' } }
}

export const failure = (): Conclusion => ({
  state: 'refused',
  error: new PaymentError({
    code: 'rejected',
    effect: 'refused',
    again: 'next_attempt',
    message: 'no',
    hint: 'no',
  }).toJSON(),
})

export const credit = (id: string, vendorId = 'order-9'): Observation => ({
  id,
  at: '2026-01-01T00:00:00.000Z',
  source: 'callback',
  vendorId,
  trust: 'signed',
  subject: paymentRef(deposit()),
  fact: { type: 'deposit.credited', amount: sek('100.00') },
  word: { method: 'credit' },
})

export const unexplained = (id: string): Observation => ({
  ...credit(id, 'unheard'),
  subject: null,
  fact: { type: 'unexplained', reason: 'unknown_payment' },
})

export const resolution = (id: string, review: string): Observation => ({
  ...credit(id),
  source: 'person',
  fact: { type: 'resolved', review, by: 'Finance', why: 'refunded by hand' },
})

/** News of `order-1`, addressed by our own id. */
export const news = (id: string, observation: Observation): News => ({
  rail: 'rail',
  id,
  vendorIds: [observation.vendorId],
  merchantReference: 'order-1',
  observe: () => observation,
})
