import { type AnyAnswer, isLeft, type Reply } from '@railswitch/core'
import type { TrustlyAccount } from '../wire/call.ts'
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
  (answer: AnyAnswer): Reply =>
    replyTo(notification, acknowledgementOf(notification, answer), sign)

export const replyTo = (
  { method, uuid }: Notification,
  { status, limit, message }: Acknowledgement,
  sign: TrustlyAccount['signSync'],
): Reply => {
  const data = { status, ...(limit !== undefined && { limit }), ...(message !== undefined && { message }) }
  const signature = sign({ method, uuid, data })
  if (isLeft(signature)) return { status: 503, contentType: 'text/plain', body: '' }
  return {
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: acknowledgementBody(method, uuid, signature.right, data),
  }
}

/** `debit` and `kyc` ask: nothing but the application's own yes is one, so that nothing is approved by silence. */
const acknowledgementOf = ({ method, data }: Notification, answer: AnyAnswer): Acknowledgement => {
  if (method === 'debit') return { status: isApproved(answer) ? 'OK' : 'FAILED' }
  if (method !== 'kyc') return { status: 'OK' }
  if (abortOf(data) !== null || answer === 'ok' || !('proceed' in answer) || !answer.proceed)
    return { status: 'FINISH' }
  return { status: 'CONTINUE', ...(answer.limit && { limit: answer.limit.value }) }
}

const isApproved = (answer: AnyAnswer): boolean => {
  if (answer === 'ok' || 'proceed' in answer) return false
  return 'recovered' in answer ? answer.recovered : answer.reserved
}
