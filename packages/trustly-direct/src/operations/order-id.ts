import { PaymentError, type PaymentRef, paymentRef, type Thread } from '@railswitch/core'

/** Trustly's id of an order of ours: from the answer to its call, or from what was told of it since. */
export const orderIdOf = ({ intents, observations }: Thread, payment: PaymentRef | undefined): string | null => {
  const recorded = intents.find(({ intent }) => paymentRef(intent) === payment)
  const observed = observations.find(({ subject }) => subject === payment)
  return recorded?.vendorIds[0] ?? observed?.vendorId ?? null
}

export const orderUnknown = (kind: 'deposit' | 'withdrawal' | 'charge'): PaymentError =>
  new PaymentError({
    code: 'not_found',
    effect: 'not_sent',
    again: 'same_attempt',
    message: `The ${kind}'s order id at Trustly is not known yet.`,
    hint: `Call ${kind}() again with the same reference: it is answered as before, and its order id is learnt.`,
  })
