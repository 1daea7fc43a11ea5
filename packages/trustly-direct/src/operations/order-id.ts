import { intentOf, isOwnMethod, PaymentError, type PaymentRecord, type PaymentRef } from '@railswitch/core'

/** Trustly's id of an order of ours: from the response to its call, or from what was reported of it since. */
export const orderIdOf = (record: PaymentRecord, payment: PaymentRef | undefined): string | null => {
  const reported = record.reports.find(({ intent, method }) => intent === payment && !isOwnMethod(method))
  return intentOf(record, payment)?.vendorIds[0] ?? reported?.vendorId ?? null
}

export const orderUnknown = (kind: 'deposit' | 'withdrawal' | 'charge'): PaymentError =>
  new PaymentError({
    code: 'not_found',
    effect: 'not_sent',
    again: 'same_attempt',
    message: `The ${kind}'s order id at Trustly is not known yet.`,
    hint: `Call ${kind}() again with the same reference: it is answered as before, and its order id is learned.`,
  })
