import type { Handled } from './api.ts'

/** One request that the sandbox received, without secrets, signatures or customer data. */
export interface PayablRequest {
  /** ISO 8601, UTC. */
  readonly at: string
  /** The last part of the path: `payment_preauthorize`. */
  readonly action: string
  readonly orderid?: string
  readonly transactionid?: string
  /** The `status` in the response; 404 and 504 where there is only an HTTP status. */
  readonly verdict: number
  /** The reason, which the vendor does not disclose; for a wrong signature the mistake that reproduces it. */
  readonly hint?: string
  /** The connection was closed instead of a response. */
  readonly answerDropped: boolean
}

export const toLogEntry = (
  { action, orderid, transactionid, status, hint }: Handled,
  { at, answerDropped }: { readonly at: Date; readonly answerDropped: boolean },
): PayablRequest => ({
  at: at.toISOString(),
  action,
  ...(orderid !== undefined && { orderid }),
  ...(transactionid !== undefined && { transactionid }),
  verdict: status,
  ...(hint !== undefined && { hint }),
  answerDropped,
})
