import type { Handled } from './api.ts'

/** One request that the twin received, without secrets, signatures or anything about the customer. */
export type PayablRequest = {
  /** ISO 8601, UTC. */
  readonly at: string
  /** The end of the path: `payment_preauthorize`. */
  readonly action: string
  readonly orderid?: string
  readonly transactionid?: string
  /** The `status` of the answer; 404 and 504 where only HTTP tells one. */
  readonly verdict: number
  /** What the vendor would not say: the reason, for a wrong signature the mistake that reproduces it. */
  readonly hint?: string
  /** The connection was cut instead of an answer. */
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
