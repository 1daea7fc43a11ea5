import type { PaymentRef } from 'railswitch'

/** The shop's own row. `paid` is set by an event alone, never by the customer's return. */
export interface Order {
  readonly reference: string
  readonly payment: PaymentRef
  status: 'processing' | 'approved' | 'paid' | 'cancelled' | 'reversed'
  readonly notes: string[]
}
