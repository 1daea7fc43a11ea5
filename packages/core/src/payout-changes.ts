import type { Payout, PayoutAttempt } from './fold-payout.ts'
import type { PaymentEvent } from './payment-event.ts'
import { reviewEvent } from './review-event.ts'

/** The events by which two folds of one payout or withdrawal differ. */
export const payoutChanges = (before: Payout | null, after: Payout): readonly PaymentEvent[] => {
  const known = new Set(before ? implied(before).map(({ id }) => id) : [])
  const happened = implied(after).filter(({ id }) => !known.has(id))
  return [...happened, ...reviewEvent(before, after)]
}

const implied = ({ reference, at, attempts }: Payout): readonly PaymentEvent[] =>
  attempts.flatMap((attempt): readonly PaymentEvent[] => {
    const { ref: payment, amount, confirmedBy, requested, reserved } = attempt
    const base = { payment, reference, at, amount }
    return [
      ...(requested ? [{ ...base, type: 'withdrawal.requested' as const, id: `${payment}:withdrawal.requested` }] : []),
      ...(confirmedBy
        ? [{ ...base, type: 'payout.confirmed' as const, id: `${payment}:payout.confirmed`, by: confirmedBy }]
        : []),
      ...(isBack(attempt) && reserved
        ? [{ ...base, type: 'payout.failed' as const, id: `${payment}:payout.failed` }]
        : []),
    ]
  })

/** A call that was refused rejected there and then, and a withdrawal that was never asked for took nothing. */
const isBack = ({ state, refused, told, requested, ref }: PayoutAttempt): boolean =>
  state === 'returned' || (state === 'failed' && !refused && told && (requested || !ref.includes('.withdrawal.')))
