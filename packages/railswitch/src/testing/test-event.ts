import type { EventType, Kind, PaymentEvent } from '@railswitch/core'
import { paymentRef } from '@railswitch/core'

/** What an event of this type is made of; `id`, `payment`, `reference`, `at` and `now` are made up where they are not given. */
export type TestEventData<T extends EventType> = Omit<PaymentEvent<T>, 'type' | keyof Made> & Partial<Made>

interface Made {
  readonly id: string
  readonly payment: PaymentEvent['payment']
  readonly reference: string | null
  readonly at: string
  readonly now: PaymentEvent['now']
}

/** An event as a handler gets it, for the unit tests of an application's handlers. Nothing is sent, nothing is stored. */
export const testEvent = <T extends EventType>(type: T, data: TestEventData<T>): PaymentEvent<T> => {
  const reference = data.reference ?? 'order-1'
  const [family = ''] = type.split('.')
  const payment = data.payment ?? paymentRef({ rail: 'test', kind: kinds[family] ?? 'deposit', reference, attempt: 1 })
  const made = { id: `${payment}:${type}`, payment, reference, at: '2026-01-01T00:00:00.000Z', now: null }
  return { ...made, ...data, type } as PaymentEvent<T>
}

/** Whose event it is; all others are a deposit's. */
const kinds: Readonly<Record<string, Kind>> = { payout: 'payout', withdrawal: 'withdrawal', account: 'account' }
