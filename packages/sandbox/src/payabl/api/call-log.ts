import { masked, type RecordedCall, type SignedText } from '../../calls/recorded-call.ts'
import type { HttpResponse } from '../../platform/routes.ts'
import { signedParts } from '../signing/signature.ts'
import type { Account } from '../state/merchant.ts'
import { parseForm, textOf, toText } from '../wire/form.ts'
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
  readonly status: number
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

/** The record of a request, with its entry for the log. */
export const recordCall = (
  handled: Handled,
  received: Received,
): Omit<RecordedCall<PayablRequest>, 'id' | 'response'> => {
  const { at, path, body } = received
  const names = [handled.orderid, handled.transactionid, transactionIn(handled.answer)]
  return {
    at,
    path,
    body,
    entry: toLogEntry(handled, received),
    names: [...new Set(names.filter((name) => name !== undefined))],
    wrongly: handled.signed,
  }
}

/** The id of the transaction that a response names. */
const transactionIn = (answer: HttpResponse): string | undefined => {
  const body = answer !== 'hang up' && 'body' in answer ? answer.body : undefined
  return typeof body === 'string' && !body.startsWith('<')
    ? new URLSearchParams(body).get('transactionid') || undefined
    : undefined
}

/** The text that a request's signature covers; undefined where the merchant is unknown. */
export const readSignedText = (
  { body, wrongly }: RecordedCall<PayablRequest>,
  secretOf: (merchantId: string) => Account['secret'] | undefined,
): SignedText | undefined => {
  const form = parseForm(body)
  const secret = secretOf(textOf(form, 'merchantid') ?? '')
  if (secret === undefined) return undefined
  const toParts = (parts: readonly string[]) => parts.map((part) => (part === secret ? masked : toText(part)))
  return { right: toParts(signedParts(form.values, secret)), wrongly: wrongly && toParts(wrongly) }
}

const toLogEntry = (
  { action, orderid, transactionid, status, hint }: Handled,
  { at, answerDropped }: Pick<Received, 'at' | 'answerDropped'>,
): PayablRequest => ({
  at: at.toISOString(),
  action,
  ...(orderid !== undefined && { orderid }),
  ...(transactionid !== undefined && { transactionid }),
  status,
  ...(hint !== undefined && { hint }),
  answerDropped,
})
