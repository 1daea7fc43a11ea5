import { errorCodes } from '../wire/error-codes.ts'
import type { Handled } from './api.ts'

/** One call that the sandbox received, without data, password or signature. */
export interface TrustlyRequest {
  /** ISO 8601, UTC. */
  readonly at: string
  /** Null, like the UUID, when the body held no readable call. */
  readonly method: string | null
  readonly uuid: string | null
  /** The order that the call created or named. */
  readonly orderId: string | null
  readonly verdict: 'answered' | 'replayed' | 'refused'
  readonly error?: { readonly code: number; readonly name: string }
  /** The reason, which the vendor does not disclose; for a wrong signature the mistake that reproduces it. */
  readonly hint?: string
  /** The connection was closed instead of a response. */
  readonly answerDropped: boolean
}

export const toLogEntry = (
  { method, uuid, orderId, verdict, warning }: Handled,
  { at, answerDropped }: { readonly at: Date; readonly answerDropped: boolean },
): TrustlyRequest => {
  const entry = { at: at.toISOString(), method, uuid, orderId, answerDropped }
  const noted = { ...(warning !== undefined && { hint: warning }) }
  if (typeof verdict === 'string') return { ...entry, ...noted, verdict }
  const error = { code: errorCodes[verdict.error], name: verdict.error }
  return { ...entry, verdict: 'refused', error, ...(verdict.hint !== undefined && { hint: verdict.hint }) }
}
