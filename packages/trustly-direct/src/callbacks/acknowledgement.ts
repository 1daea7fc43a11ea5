import { type AnyAnswer, isLeft, type Reply } from '@railswitch/core'
import type { TrustlyAccount } from '../client/call.ts'
import { acknowledgementBody } from '../wire/envelope.ts'
import { abortOf, type Notification } from './notification.ts'
import type { Status } from './notification-kinds.ts'

/** What Trustly is told; all of it is signed. */
export interface Acknowledgement {
  readonly status: Status
  readonly limit?: string
  readonly message?: string
}

/**
 * Trustly's answer: signed, with this delivery's uuid and method, and with HTTP 200 like every deliberate one.
 * @see https://docs.trustly.com/api/notifications-overview (read 2026-11-21)
 */
export const acknowledge =
  (notification: Notification, sign: TrustlyAccount['signSync']) =>
  (answer: AnyAnswer): Reply => {
    const acknowledgement = acknowledgementOf(notification, answer)
    return acknowledgement === null ? none : replyTo(notification, acknowledgement, sign)
  }

/** Trustly delivers again. */
const none: Reply = { status: 503, contentType: 'text/plain', body: '' }

export const replyTo = (
  { method, uuid }: Notification,
  { status, limit, message }: Acknowledgement,
  sign: TrustlyAccount['signSync'],
): Reply => {
  const data = { status, ...(limit !== undefined && { limit }), ...(message !== undefined && { message }) }
  const signature = sign({ method, uuid, data })
  if (isLeft(signature)) return none
  return {
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: acknowledgementBody(method, uuid, signature.right, data),
  }
}

/** `debit` and `kyc` ask: nothing but the application's own answer is one, so that silence neither approves nor refuses. */
const acknowledgementOf = ({ method, data }: Notification, answer: AnyAnswer): Acknowledgement | null => {
  if (method === 'debit') return debitAnswer(answer)
  if (method !== 'kyc') return { status: 'OK' }
  if (abortOf(data) !== null) return { status: 'FINISH' }
  if (answer === 'ok' || !('proceed' in answer)) return null
  return answer.proceed
    ? { status: 'CONTINUE', ...(answer.limit && { limit: answer.limit.value }) }
    : { status: 'FINISH' }
}

const debitAnswer = (answer: AnyAnswer): Acknowledgement | null => {
  if (answer === 'ok' || 'proceed' in answer) return null
  return { status: ('recovered' in answer ? answer.recovered : answer.reserved) ? 'OK' : 'FAILED' }
}
