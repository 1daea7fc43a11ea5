import { type AnyAnswer, isLeft, type Reply } from '@railswitch/core'
import type { TrustlyAccount } from '../wire/call.ts'
import { acknowledgementBody } from '../wire/envelope.ts'
import type { Notification } from './notification.ts'

/**
 * Trustly's answer: signed, with this delivery's uuid and method, and with HTTP 200 like every deliberate one. A `debit`
 * asks a question: nothing but the application's own yes is OK, so that no debit is approved by silence.
 * @see https://docs.trustly.com/api/notifications-overview (read 2026-11-21)
 */
export const acknowledge =
  ({ method, uuid }: Notification, sign: TrustlyAccount['signSync']) =>
  (answer: AnyAnswer): Reply => {
    const approved = answer === 'ok' ? method !== 'debit' : 'recovered' in answer && answer.recovered
    const data = { status: approved ? 'OK' : 'FAILED' }
    const signature = sign({ method, uuid, data })
    if (isLeft(signature)) return { status: 503, contentType: 'text/plain', body: '' }
    return {
      status: 200,
      contentType: 'application/json; charset=utf-8',
      body: acknowledgementBody(method, uuid, signature.right, data),
    }
  }
