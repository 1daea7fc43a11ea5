import { fold } from './fold.ts'
import { type Money, sameMoney } from './money.ts'
import type { Fact, Thread } from './observation.ts'
import type { PaymentRef } from './payment-ref.ts'

/**
 * Which refund a vendor means that names only the deposit: the amount alone can tell. A refund that this method has spoken
 * of already is not meant again; where several fit, the fact says so; where none does, somebody must look.
 */
export const matchRefund = (
  type: 'refund.failed' | 'refund.confirmed',
  method: string,
  amount: Money,
  thread: Thread,
  deposit: PaymentRef,
): Fact => {
  const told = new Set(
    thread.observations.flatMap(({ fact, word }) =>
      fact.type === type && word.method === method && fact.refund ? [fact.refund] : [],
    ),
  )
  const candidates = (fold(thread)?.refunds ?? [])
    .filter((refund) => refund.of === deposit && sameMoney(refund.amount, amount) && !told.has(refund.ref))
    .map(({ ref }) => ref)
  const [only, ...others] = candidates
  if (!only)
    return { type: 'unexplained', reason: type === 'refund.failed' ? 'unexpected_credit' : 'unexpected_payout' }
  return { type, amount, candidates, refund: others.length === 0 ? only : null }
}
