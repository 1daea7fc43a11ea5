import type { DeskAttempt, DeskDelivery, DeskPayment, DeskRequest, Tone } from '../operator/operator-view.ts'

/** One thing that happened to a payment. */
export type Moment = {
  readonly at: string
  readonly what: string
  readonly detail: string | undefined
  readonly tone: Tone
  /** What was sent or came back, word for word. */
  readonly text: string | undefined
  /** What can be sent again. */
  readonly delivery?: DeskDelivery
}

/** All that happened to a payment, in order: the merchant's calls, the twin's notifications and their replies. */
export const timelineOf = (payment: DeskPayment, requests: readonly DeskRequest[]): Moment[] =>
  [...callsOf(payment, requests), ...payment.deliveries.flatMap(newsOf)].sort((one, other) =>
    one.at < other.at ? -1 : Number(one.at > other.at),
  )

const callsOf = ({ names }: DeskPayment, requests: readonly DeskRequest[]): Moment[] =>
  requests
    .filter((request) => request.names.some((name) => names.includes(name)))
    .map(({ at, what, verdict, tone, hint, answerDropped }) => ({
      at,
      what: `The shop calls ${what}: ${verdict}`,
      detail: [hint, answerDropped ? 'the answer was dropped' : undefined].filter(Boolean).join('; ') || undefined,
      tone,
      text: undefined,
    }))

const newsOf = (delivery: DeskDelivery): Moment[] => {
  const { at, what, body, state, attempts } = delivery
  const detail = attempts.length === 0 ? state : undefined
  const told: Moment = { at, what: `The vendor tells ${what}`, detail, tone: 'open', text: body, delivery }
  return [told, ...attempts.map((attempt) => replyOf(what, attempt))]
}

const replyOf = (what: string, { at, verdict, status, reply }: DeskAttempt): Moment => {
  const accepted = verdict === 'accepted'
  return {
    at,
    what: accepted ? `The shop took ${what}` : `The shop did not take ${what}`,
    detail: accepted && reply ? [status, `HTTP status ${reply.status}`].filter(Boolean).join(', ') : verdict,
    tone: accepted ? 'good' : 'bad',
    text: reply?.body || undefined,
  }
}
