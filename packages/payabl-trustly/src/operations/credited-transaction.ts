import type { PaymentRef, Thread } from '@railswitch/core'

/** The id of the captured deposit, which the credited callback tells; the first answer's need not be it. */
export const creditedTransaction = ({ observations }: Thread, deposit: PaymentRef | undefined): string | null =>
  observations.find(
    ({ subject, fact, trust }) => subject === deposit && fact.type === 'deposit.credited' && trust !== 'claimed',
  )?.vendorId ?? null
