import type { EventType, PaymentEvent, PaymentKind } from '@railswitch/core'
import { paymentRef } from '@railswitch/core'

/** The members of an event of this type. `id`, `payment`, `reference`, `at` and `now` have defaults. */
export type TestEventData<T extends EventType> = Omit<PaymentEvent<T>, 'type' | keyof Defaults> & Partial<Defaults>

interface Defaults {
  readonly id: string
  readonly payment: PaymentEvent['payment']
  readonly reference: string | null
  readonly at: string
  readonly now: PaymentEvent['now']
}

/** Creates an event for the unit tests of an application's handlers. Nothing is sent or stored. */
export const testEvent = <T extends EventType>(type: T, data: TestEventData<T>): PaymentEvent<T> => {
  const reference = data.reference ?? 'order-1'
  const [family = ''] = type.split('.')
  const payment = data.payment ?? paymentRef({ rail: 'test', kind: kinds[family] ?? 'deposit', reference, attempt: 1 })
  const defaults = { id: `${payment}:${type}`, payment, reference, at: '2026-01-01T00:00:00.000Z', now: null }
  return { ...defaults, ...data, type } as PaymentEvent<T>
}

/** The kind of payment by the first part of the event's type. All other events are about deposits. */
const kinds: Readonly<Record<string, PaymentKind>> = {
  payout: 'payout',
  withdrawal: 'withdrawal',
  account: 'account',
  mandate: 'mandate',
}
