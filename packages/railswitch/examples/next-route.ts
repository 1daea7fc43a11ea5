import type { Payments } from 'railswitch'

/**
 * `app/callbacks/[...path]/route.ts`. Next.js reads `runtime` in the file itself, so that it is written there; signatures need
 * node:crypto, which the edge runtime lacks:
 *
 *     export const runtime = 'nodejs'
 *     export const POST = nextRoute(payments)
 */
export const nextRoute = (payments: Payments) => payments.callbacks.web
