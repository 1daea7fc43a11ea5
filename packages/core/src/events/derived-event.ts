import type { EventType, PaymentEvent, PaymentNow } from '../record/payment-event.ts'
import type { Money } from '../values/money.ts'

/** An event that follows from the reports, whether or not it was emitted. */
export interface DerivedEvent {
  readonly event: PaymentEvent
  readonly evidence: readonly string[]
  /** For money events: compared with the emitted event. */
  readonly money?: Money
  readonly refund?: string | null
  /** A different event than those that share evidence with it. */
  readonly separate?: true
}

/** Money events are emitted in order and never twice. The other events describe a payment's state. */
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

/** The members that all events of a payment share. */
export interface EventContext {
  readonly reference: string
  readonly now: PaymentNow
}
