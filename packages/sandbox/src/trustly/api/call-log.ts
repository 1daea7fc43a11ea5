import { masked, type RecordedCall, type SignedText } from '../../calls/recorded-call.ts'
import { plainParts } from '../signing/signature.ts'
import { readCall, readJson } from '../wire/envelope.ts'
import { errorCodes } from '../wire/error-codes.ts'
import { readScalar } from '../wire/fields.ts'
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
  readonly outcome: 'answered' | 'replayed' | 'refused'
  readonly error?: { readonly code: number; readonly name: string }
  /** The reason, which the vendor does not disclose; for a wrong signature the mistake that reproduces it. */
  readonly hint?: string
  /** The connection was closed instead of a response. */
  readonly answerDropped: boolean
}

interface Received {
  readonly at: Date
  readonly answerDropped: boolean
  readonly path: string
  readonly body: Uint8Array
}

/** The record of a call, with its entry for the log. */
export const recordCall = (
  handled: Handled,
  received: Received,
): Omit<RecordedCall<TrustlyRequest>, 'id' | 'response'> => {
  const { at, path, body } = received
  const { orderId, call, outcome } = handled
  const messageId = call ? readScalar(call.data, 'MessageID').text : undefined
  const wrongly = typeof outcome === 'string' ? undefined : outcome.signed
  return {
    at,
    path,
    body,
    entry: toLogEntry(handled, received),
    names: [...new Set([orderId, messageId].filter((name) => typeof name === 'string' && name !== ''))] as string[],
    wrongly,
  }
}

/** The text that a call's signature covers; undefined for a body without a call. It is read again rather than stored: its
 *  parts take more memory than its text. */
export const readSignedText = ({ body, wrongly }: RecordedCall<TrustlyRequest>): SignedText | undefined => {
  const node = readJson(body)
  const call = 'fault' in node ? node : readCall(node)
  if ('fault' in call) return undefined
  const password = readScalar(call.data, 'Password').text
  const mask = (parts: readonly string[]) => parts.map((part) => (part === password ? masked : part))
  return { right: mask(plainParts(call)), wrongly: wrongly && mask(wrongly) }
}

const toLogEntry = (
  { method, uuid, orderId, outcome, warning }: Handled,
  { at, answerDropped }: Pick<Received, 'at' | 'answerDropped'>,
): TrustlyRequest => {
  const entry = { at: at.toISOString(), method, uuid, orderId, answerDropped }
  const noted = { ...(warning !== undefined && { hint: warning }) }
  if (typeof outcome === 'string') return { ...entry, ...noted, outcome }
  const error = { code: errorCodes[outcome.error], name: outcome.error }
  return { ...entry, outcome: 'refused', error, ...(outcome.hint !== undefined && { hint: outcome.hint }) }
}
