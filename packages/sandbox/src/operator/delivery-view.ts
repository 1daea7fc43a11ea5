import type { Attempt, Delivery } from '../delivery/delivery.ts'
import type { AttemptView, DeliveryView } from './operator-view.ts'

interface Notification {
  readonly id: string
  readonly what: string
  readonly delivery: Delivery | undefined
}

/** A notification and its attempts for the operator; none for a notification without a delivery. */
export const toDeliveryView = ({ id, what, delivery }: Notification): DeliveryView[] => {
  if (!delivery) return []
  const { createdAt, attempts, body } = delivery
  return [{ id, at: createdAt.toISOString(), what, attempts: attempts.map(toAttempt), state: stateOf(delivery), body }]
}

const stateOf = ({ status, attempts, held }: Delivery): DeliveryView['state'] => {
  if (status !== null) return 'accepted'
  if (held) return 'held'
  return attempts.length > 0 ? 'not accepted' : 'on its way'
}

const toAttempt = ({ at, verdict, reply }: Attempt): AttemptView => ({
  at: at.toISOString(),
  verdict: verdict.accepted ? 'accepted' : verdict.reason,
  status: verdict.accepted && verdict.status !== 'accepted' ? verdict.status : undefined,
  reply: reply && { status: reply.status, body: new TextDecoder().decode(reply.body) },
})
