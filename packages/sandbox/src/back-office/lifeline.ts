import type { AttemptView, DeliveryView, OperatorView, PaymentView, Tone } from '../operator/operator-view.ts'
import { outcomeOf } from './delivery-outcome.ts'
import { callbackPath, callPath } from './paths.ts'

export type Lane = 'customer' | 'shop' | 'vendor'

/** One message between the customer, the shop and the vendor. */
export interface Message {
  readonly at: string
  readonly from: Lane
  readonly to: Lane
  readonly what: string
  readonly detail: string
  readonly tone: Tone
  /** The page of the call or the callback. */
  readonly href: string | undefined
  /** The callback that can be sent again. */
  readonly delivery?: DeliveryView
}

/** The messages of a payment in order. */
export const messagesOf = (view: OperatorView, { calls, deliveries, steps }: PaymentView): Message[] => {
  const all: Message[] = [
    ...calls.map(({ id, at, what, outcome, tone, hint, answerDropped }) => ({
      at,
      from: 'shop' as const,
      to: 'vendor' as const,
      what,
      detail: [outcome, hint, answerDropped ? 'the response was dropped' : ''].filter(Boolean).join('; '),
      tone,
      href: callPath(view.id, id),
    })),
    ...steps.map(({ at, what }) => ({
      at,
      from: 'customer' as const,
      to: 'vendor' as const,
      what,
      detail: '',
      tone: 'open' as const,
      href: undefined,
    })),
    ...deliveries.flatMap((delivery) => deliveryMessages(view, delivery)),
  ]
  return all.sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)))
}

const deliveryMessages = (view: OperatorView, delivery: DeliveryView): Message[] => {
  const { id, at, what, state, attempts } = delivery
  const href = callbackPath(view.id, id)
  const detail = attempts.length === 0 ? state : ''
  const resent: Message = { at, from: 'vendor', to: 'shop', what, detail: '', tone: 'open', href }
  const sent: Message = { ...resent, detail, delivery }
  const exchanges = attempts.flatMap((attempt, index) => [
    ...(index === 0 ? [] : [{ ...resent, at: attempt.at, what: `${what}, attempt ${index + 1}` }]),
    replyTo(what, attempt, href),
  ])
  return [sent, ...exchanges]
}

const replyTo = (what: string, attempt: AttemptView, href: string): Message => ({
  at: new Date(Date.parse(attempt.at) + (attempt.tookMs ?? 0)).toISOString(),
  from: 'shop',
  to: 'vendor',
  what: attempt.outcome === 'accepted' ? `acknowledges ${what}` : `does not acknowledge ${what}`,
  detail: outcomeOf(attempt),
  tone: attempt.outcome === 'accepted' ? 'good' : 'bad',
  href,
})
