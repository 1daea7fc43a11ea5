import type { EventType, PaymentEvent, PaymentNow } from '../record/payment-event.ts'
import type { Money } from '../values/money.ts'

/** An event that the reports imply, whether or not it was emitted. */
export interface DerivedEvent {
  readonly event: PaymentEvent
  readonly evidence: readonly string[]
  /** Of money events: what is compared with what was emitted. */
  readonly money?: Money
  readonly refund?: string | null
  /** Another event than those with which it shares evidence. */
  readonly separate?: true
}

/** Money events are emitted in order and never twice; the others say how a payment stands. */
export const isMoneyEvent = (type: EventType): boolean => moneyEvents.has(type)

const moneyEvents: ReadonlySet<EventType> = new Set([
  'deposit.credited',
  'deposit.reversed',
  'refund.confirmed',
  'refund.failed',
  'payout.confirmed',
  'payout.failed',
  'withdrawal.requested',
])

/** What the events of one payment share. */
export interface EventContext {
  readonly reference: string
  readonly now: PaymentNow
}
