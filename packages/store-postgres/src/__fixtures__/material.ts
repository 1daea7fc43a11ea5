import { type Intent, type News, type Observation, paymentRef } from '@railswitch/core'

export const depositOf = (reference: string): Intent => ({
  kind: 'deposit',
  rail: 'rail',
  reference,
  attempt: 1,
  expect: { value: '100.00', currency: 'SEK' },
  settings: { callbackUrl: 'https://shop.example/callbacks/rail/token' },
})

/** News that the deposit of this reference is credited; the vendor's id holds what a careless driver would take for SQL. */
export const creditOf = (id: string, reference: string): News => {
  const intent = depositOf(reference)
  const observation: Observation = {
    id,
    at: '2026-01-01T00:00:00.000Z',
    source: 'callback',
    vendorId: "it's $1 and 2",
    trust: 'signed',
    subject: paymentRef(intent),
    fact: { type: 'deposit.credited', amount: { value: '100.00', currency: 'SEK' } },
    word: { method: 'credit' },
  }
  return { rail: 'rail', id, vendorIds: [`v-${id}`], merchantReference: reference, observe: () => observation }
}
