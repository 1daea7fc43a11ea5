import { changes } from './changes.ts'
import { fold } from './fold.ts'
import { foldAccount } from './fold-account.ts'
import { foldPayout } from './fold-payout.ts'
import { adoptionOf, type Observation, type Thread } from './observation.ts'
import type { PaymentEvent } from './payment-event.ts'
import { payoutChanges } from './payout-changes.ts'
import { reviewEvent } from './review-event.ts'
import { type Standing, standingOf } from './standing.ts'

/** What one more observation means for a thread. */
export const eventsOf = (thread: Thread, observation: Observation): readonly PaymentEvent[] => {
  const { fact, id, at, subject } = observation
  const before = standingOf(thread)
  if (fact.type === 'resolved' || (subject && id === adoptionOf(subject))) return []
  if (fact.type === 'unrecognised')
    return [
      { type: 'unrecognised', id, at, payment: subject, reference: before?.reference ?? null, method: fact.method },
    ]
  if (!before) return [{ type: 'review.needed', id, at, payment: null, reference: null, reasons: ['unknown_payment'] }]
  const after = { ...thread, observations: [...thread.observations, observation] }
  return [...changesIn(thread, after), ...toldBy(thread, before, observation)]
}

const changesIn = (before: Thread, after: Thread): readonly PaymentEvent[] => {
  const payout = foldPayout(after)
  if (payout) return payoutChanges(foldPayout(before), payout)
  const account = foldAccount(after)
  return account ? reviewEvent(foldAccount(before), account) : changes(fold(before), fold(after))
}

/** What changes no money, but is for the application to know or to answer. */
const toldBy = (
  { observations }: Thread,
  standing: Standing,
  { fact, id, at, subject: payment }: Observation,
): readonly PaymentEvent[] => {
  if (!payment) return []
  const base = { payment, reference: standing.reference, at }
  if (fact.type === 'kyc.received')
    return [{ ...base, type: fact.type, id: `${payment}:kyc.received:${id}`, abort: fact.abort }]
  if (fact.type === 'account.not_received')
    return standing.state === 'pending'
      ? [{ ...base, type: fact.type, id: `${payment}:${fact.type}`, reason: fact.reason }]
      : []
  if (fact.type !== 'account.received') return []
  const { account, mandate = false } = fact
  const isKnown = observations.some(
    ({ fact: earlier }) =>
      earlier.type === fact.type && earlier.account === account && (earlier.mandate ?? false) === mandate,
  )
  return isKnown
    ? []
    : [{ ...base, type: fact.type, id: `${payment}:account.received:${account}:${mandate}`, account, mandate }]
}
