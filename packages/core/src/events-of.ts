import { changes } from './changes.ts'
import { fold } from './fold.ts'
import { foldPayout } from './fold-payout.ts'
import type { Observation, Thread } from './observation.ts'
import type { PaymentEvent } from './payment-event.ts'
import { payoutChanges } from './payout-changes.ts'
import { type Standing, standingOf } from './standing.ts'

/** What one more observation means for a thread. */
export const eventsOf = (thread: Thread, observation: Observation): readonly PaymentEvent[] => {
  const { fact, id, at, subject } = observation
  const before = standingOf(thread)
  if (fact.type === 'resolved') return []
  if (fact.type === 'unrecognised')
    return [
      { type: 'unrecognised', id, at, payment: subject, reference: before?.reference ?? null, method: fact.method },
    ]
  if (!before) return [{ type: 'review.needed', id, at, payment: null, reference: null, reasons: ['unknown_payment'] }]
  const after = { ...thread, observations: [...thread.observations, observation] }
  const payout = foldPayout(after)
  const changed = payout ? payoutChanges(foldPayout(thread), payout) : changes(fold(thread), fold(after))
  return [...changed, ...toldBy(thread, before, observation)]
}

/** What changes no state, but is for the application to know or to answer. */
const toldBy = (
  { observations }: Thread,
  { reference }: Standing,
  { fact, id, at, subject: payment }: Observation,
): readonly PaymentEvent[] => {
  if (!payment) return []
  if (fact.type === 'kyc.received')
    return [{ type: 'kyc.received', id: `${payment}:kyc.received:${id}`, payment, reference, at, abort: fact.abort }]
  if (fact.type !== 'account.received') return []
  const { account } = fact
  const isKnown = observations.some((earlier) => earlier.fact.type === fact.type && earlier.fact.account === account)
  return isKnown
    ? []
    : [{ type: 'account.received', id: `${payment}:account.received:${account}`, payment, reference, at, account }]
}
