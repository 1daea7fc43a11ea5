import type { Payments } from 'railswitch'

/** `app/callbacks/[...path]/route.ts`: `export const { POST, runtime } = nextRoute(payments)`. */
export const nextRoute = (payments: Payments) => ({
  POST: payments.callbacks.web,
  /** Signatures need node:crypto, which the edge runtime lacks. */
  runtime: 'nodejs',
})
