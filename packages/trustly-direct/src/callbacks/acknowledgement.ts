import {
  type CallbackResponse,
  type Either,
  type HandlerAnswer,
  isLeft,
  left,
  type PaymentError,
  right,
} from '@railswitch/core/provider'
import { type SignReply, signingError } from '../message-signer.ts'
import { acknowledgementBody } from '../wire/envelope.ts'
import { toAmount } from '../wire/request-data.ts'
import { abortOf, type Notification } from './notification.ts'
import type { Status } from './notification-kinds.ts'

/** The signed content of an acknowledgement. */
export interface Acknowledgement {
  readonly status: Status
  readonly limit?: string
  readonly message?: string
}

/**
 * The response to a notification: signed, with the notification's uuid and method, and HTTP 200 whatever the answer. Throws or rejects if
 * it cannot be signed.
 * @see https://docs.trustly.com/api/notifications-overview (read 2026-11-21)
 */
export const acknowledge =
  (notification: Notification, sign: SignReply) =>
  (answer: HandlerAnswer): CallbackResponse | Promise<CallbackResponse> => {
    const acknowledgement = acknowledgementOf(notification, answer)
    if (acknowledgement === null) return none
    const reply = replyTo(notification, acknowledgement, sign)
    return reply instanceof Promise ? reply.then(orThrow) : orThrow(reply)
  }

/** Trustly delivers the notification again. */
const none: CallbackResponse = { status: 503, contentType: 'text/plain', body: '' }

type Reply = Either<PaymentError, CallbackResponse>

export const replyTo = (
  { method, uuid }: Notification,
  { status, limit, message }: Acknowledgement,
  sign: SignReply,
): Reply | Promise<Reply> => {
  const data = { status, ...(limit !== undefined && { limit }), ...(message !== undefined && { message }) }
  const signature = sign({ method, uuid, data })
  return signature instanceof Promise ? signature.then(toReply) : toReply(signature)

  function toReply(signed: Awaited<ReturnType<SignReply>>): Reply {
    if (isLeft(signed)) return left(signingError(signed.left, false))
    const body = acknowledgementBody(method, uuid, signed.right, data)
    return right({ status: 200, contentType: 'application/json; charset=utf-8', body })
  }
}

const orThrow = (reply: Reply): CallbackResponse => {
  if (isLeft(reply)) throw reply.left
  return reply.right
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
  // The end of a direct credit asks nothing: its event has been handled.
  if (answer === 'ok') return { status: 'OK' }
  if ('proceed' in answer) return null
  return { status: ('recovered' in answer ? answer.recovered : answer.reserved) ? 'OK' : 'FAILED' }
}
