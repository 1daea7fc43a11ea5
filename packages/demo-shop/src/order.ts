import type { PaymentRef } from 'railswitch'

/** The shop's own record of an order. Only an event sets `paid`, never the customer's return. */
export interface Order {
  readonly reference: string
  readonly payment: PaymentRef
  status: 'processing' | 'approved' | 'paid' | 'cancelled' | 'reversed'
  readonly notes: string[]
}
