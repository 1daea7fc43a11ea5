import type { PaymentRef, Thread } from '@railswitch/core'

/**
 * The id of the captured deposit, which the credited callback tells; the first answer's need not be it. Of several, the first
 * whose money was not taken back.
 */
export const creditedTransaction = ({ observations }: Thread, deposit: PaymentRef | undefined): string | null => {
  const told = observations.filter(({ subject, trust }) => subject === deposit && trust !== 'claimed')
  const reversed = new Set(told.flatMap(({ fact, vendorId }) => (fact.type === 'deposit.reversed' ? [vendorId] : [])))
  const credited = told.flatMap(({ fact, vendorId }) => (fact.type === 'deposit.credited' ? [vendorId] : []))
  return credited.find((vendorId) => !reversed.has(vendorId)) ?? credited[0] ?? null
}
