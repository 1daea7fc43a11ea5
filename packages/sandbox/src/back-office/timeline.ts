import type { AttemptView, DeliveryView, PaymentView, RequestView, Tone } from '../operator/operator-view.ts'

/** One event of a payment. */
export interface Moment {
  readonly at: string
  readonly what: string
  readonly detail: string | undefined
  readonly tone: Tone
  /** The text that was sent or received. */
  readonly text: string | undefined
  /** The delivery that can be sent again. */
  readonly delivery?: DeliveryView
}

/** The events of a payment in order: the merchant's calls, the vendor's notifications and the replies to them. */
export const timelineOf = (payment: PaymentView, requests: readonly RequestView[]): Moment[] =>
  [...callsOf(payment, requests), ...payment.deliveries.flatMap(deliveriesOf)].sort((one, other) =>
    one.at < other.at ? -1 : Number(one.at > other.at),
  )

const callsOf = ({ names }: PaymentView, requests: readonly RequestView[]): Moment[] =>
  requests
    .filter((request) => request.names.some((name) => names.includes(name)))
    .map(({ at, what, verdict, tone, hint, answerDropped }) => ({
      at,
      what: `The shop calls ${what}: ${verdict}`,
      detail: [hint, answerDropped ? 'the answer was dropped' : undefined].filter(Boolean).join('; ') || undefined,
      tone,
      text: undefined,
    }))

const deliveriesOf = (delivery: DeliveryView): Moment[] => {
  const { at, what, body, state, attempts } = delivery
  const detail = attempts.length === 0 ? state : undefined
  const sent: Moment = { at, what: `The vendor sends ${what}`, detail, tone: 'open', text: body, delivery }
  return [sent, ...attempts.map((attempt) => replyOf(what, attempt))]
}

const replyOf = (what: string, { at, verdict, status, reply }: AttemptView): Moment => {
  const accepted = verdict === 'accepted'
  return {
    at,
    what: accepted ? `The shop acknowledged ${what}` : `The shop did not acknowledge ${what}`,
    detail: accepted && reply ? [status, `HTTP status ${reply.status}`].filter(Boolean).join(', ') : verdict,
    tone: accepted ? 'good' : 'bad',
    text: reply?.body || undefined,
  }
}
