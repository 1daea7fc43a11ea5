import type { Attempt, Delivery } from '../delivery/delivery.ts'
import type { AttemptView, DeliveryView, Entry, PaymentLink } from './operator-view.ts'

/** A delivery with its id. */
type Notification = Delivery & { readonly id: string }

/** A notification and its attempts for the operator. */
export const toDeliveryView = (notification: Notification, payment: PaymentLink | undefined): DeliveryView => {
  const { id, what, createdAt, attempts, url, contentType, body } = notification
  return {
    id,
    at: createdAt.toISOString(),
    what,
    payment,
    attempts: attempts.map(toAttempt),
    state: stateOf(notification),
    url,
    contentType,
    body,
  }
}

/** A notification in a list. */
export const toDeliveryEntry = <Sent extends Notification>(
  notification: Sent,
  linkOf: (notification: Sent) => PaymentLink | undefined,
): Entry<DeliveryView> => ({
  at: notification.createdAt.getTime(),
  text: `${notification.what} ${notification.id} ${notification.subject} ${linkOf(notification)?.reference ?? ''}`.toLowerCase(),
  kind: notification.what,
  get state() {
    return stateOf(notification)
  },
  get failed() {
    return isFailed(notification)
  },
  row: () => toDeliveryView(notification, linkOf(notification)),
})

/** The states of a delivery. */
export const deliveryStates: ReadonlyArray<DeliveryView['state']> = ['accepted', 'not accepted', 'on its way', 'held']

export const isFailed = (delivery: Delivery): boolean => stateOf(delivery) === 'not accepted'

const stateOf = ({ status, attempts, held }: Delivery): DeliveryView['state'] => {
  if (status !== null) return 'accepted'
  if (held) return 'held'
  return attempts.length > 0 ? 'not accepted' : 'on its way'
}

const toAttempt = ({ at, tookMs, outcome, reply }: Attempt): AttemptView => ({
  at: at.toISOString(),
  tookMs,
  outcome: outcome.accepted ? 'accepted' : outcome.reason,
  status: outcome.accepted && outcome.status !== 'accepted' ? outcome.status : undefined,
  reply: reply && {
    status: reply.status,
    contentType: reply.contentType,
    body: new TextDecoder().decode(reply.body),
  },
})
