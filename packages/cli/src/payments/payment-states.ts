import type { PaymentState } from '@railswitch/core'

const states = {
  pending: true,
  not_credited_yet: true,
  credited: true,
  not_credited: true,
  reversed: true,
  requested: true,
  accepted: true,
  unknown: true,
  confirmed: true,
  failed: true,
  returned: true,
  received: true,
  not_received: true,
  active: true,
  moved: true,
  revoked: true,
} satisfies Record<PaymentState['state'], true>

/** Every state that a payment can have, for the options of a command. */
export const paymentStates: readonly string[] = Object.keys(states)
