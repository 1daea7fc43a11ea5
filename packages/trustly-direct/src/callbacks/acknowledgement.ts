import { type CallbackResponse, type HandlerAnswer, isLeft } from '@railswitch/core/provider'
import { toAmount } from '../wire/amount.ts'
import { acknowledgementBody } from '../wire/envelope.ts'
import type { SignSync } from '../wire/signature.ts'
import { abortOf, type Notification } from './notification.ts'
import type { Status } from './notification-kinds.ts'

/** The signed content of an acknowledgement. */
export interface Acknowledgement {
  readonly status: Status
  readonly limit?: string
  readonly message?: string
}

/**
 * The response to a notification: signed, with the notification's uuid and method, and HTTP 200 whatever the answer.
 * @see https://docs.trustly.com/api/notifications-overview (read 2026-11-21)
 */
export const acknowledge =
  (notification: Notification, sign: SignSync) =>
  (answer: HandlerAnswer): CallbackResponse => {
    const acknowledgement = acknowledgementOf(notification, answer)
    return acknowledgement === null ? none : replyTo(notification, acknowledgement, sign)
  }

/** Trustly delivers the notification again. */
const none: CallbackResponse = { status: 503, contentType: 'text/plain', body: '' }

export const replyTo = (
  { method, uuid }: Notification,
  { status, limit, message }: Acknowledgement,
  sign: SignSync,
): CallbackResponse => {
  const data = { status, ...(limit !== undefined && { limit }), ...(message !== undefined && { message }) }
  const signature = sign({ method, uuid, data })
  if (isLeft(signature)) return none
  return {
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: acknowledgementBody(method, uuid, signature.right, data),
  }
}

/** `debit` and `kyc` are questions. Only the application's own answer is sent: without one, nothing is approved or refused. */
const acknowledgementOf = ({ method, data }: Notification, answer: HandlerAnswer): Acknowledgement | null => {
  if (method === 'debit') return debitAnswer(answer)
  if (method !== 'kyc') return { status: 'OK' }
  if (abortOf(data) !== null) return { status: 'FINISH' }
  if (answer === 'ok' || !('proceed' in answer)) return null
  return answer.proceed
    ? { status: 'CONTINUE', ...(answer.limit && { limit: toAmount(answer.limit) }) }
    : { status: 'FINISH' }
}

const debitAnswer = (answer: HandlerAnswer): Acknowledgement | null => {
  if (answer === 'ok' || 'proceed' in answer) return null
  return { status: ('recovered' in answer ? answer.recovered : answer.reserved) ? 'OK' : 'FAILED' }
}
