import {
  type Either,
  either,
  type Issue,
  invalid,
  isLeft,
  left,
  PaymentError,
  pipe,
  right,
  type TaskEither,
  type Transport,
  type WireAnswer,
} from '@railswitch/core'
import type { Encoding } from '../wire/encoding.ts'
import type { Parameter, ParameterFailure } from '../wire/parameters.ts'
import { createSigner } from '../wire/signature.ts'

/** One merchant account at one environment. */
export interface PayablAccount {
  /** With the path prefix, without the action: `https://sandbox.payabl.com/pay/backoffice`. */
  readonly url: string
  readonly merchantId: string
  /** The first signs requests; callbacks are verified by each. */
  readonly secrets: readonly [string, ...string[]]
  readonly encoding: Encoding
  readonly transport: Transport
  /** For one exchange that goes on to Trustly; a query, which reads long lists, may take twice as long. */
  readonly timeoutMs: number
}

export interface PayablRequest {
  /** `payment_preauthorize`, … */
  readonly action: string
  /** Without merchantid and signature. */
  readonly parameters: readonly Parameter[]
  readonly signal?: AbortSignal
}

/** The bytes as they came, whatever the HTTP status. */
export type PayablReply = Pick<WireAnswer, 'status' | 'body'>

/**
 * Signs and POSTs, once: payabl has no idempotency, so that nothing is ever sent again from here. The answer is not
 * signed; TLS is its only protection. @see https://docs.payabl.com/docs/signature-calculation (read 2026-11-21)
 */
export const callPayabl =
  (account: PayablAccount, { action, parameters, signal }: PayablRequest): TaskEither<PaymentError, PayablReply> =>
  async () => {
    const body = await signedBody(account, parameters)
    if (isLeft(body)) return body
    const answer = await account.transport({
      url: `${account.url}/${action}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: body.right,
      timeoutMs: queries.has(action) ? 2 * account.timeoutMs : account.timeoutMs,
      ...(signal && { signal }),
    })()
    if (!isLeft(answer)) return right(answer.right)
    const { sent, reason } = answer.left
    if (!sent) return left(unreachable(reason))
    return left(queries.has(action) ? queryLost(reason) : answerLost(reason))
  }

/** These move no money. */
const queries: ReadonlySet<string> = new Set(['tx_diagnose', 'send_notification'])

/** qs and the transliteration are imported with the first call. */
const signedBody = async (
  { merchantId, secrets, encoding }: PayablAccount,
  parameters: readonly Parameter[],
): Promise<Either<PaymentError, Uint8Array>> => {
  const { toSignedBody } = await import('../wire/parameters.ts')
  return pipe(
    toSignedBody([['merchantid', merchantId], ...parameters], encoding, createSigner(secrets[0])),
    either.mapLeft((failure) => invalid('invalid_input', [toIssue(failure)])),
  )
}

const toIssue = (failure: ParameterFailure): Issue =>
  failure.kind === 'unencodable'
    ? { field: failure.field, rule: failure.rule, fix: failure.fix }
    : { field: `parameter ${failure.position}`, rule: failure.rule, fix: 'mend it in the call' }

const unreachable = (reason: string): PaymentError =>
  new PaymentError({
    code: 'unreachable',
    effect: 'not_sent',
    again: 'same_attempt',
    message: `payabl could not be reached (${reason}).`,
    hint: 'Nothing was sent: call again with the same attempt.',
  })

/** Also for an answer that came and cannot be read. */
export const answerLost = (reason: string): PaymentError =>
  new PaymentError({
    code: 'answer_lost',
    effect: 'may_have_happened',
    again: 'after_lookup',
    message: `payabl's answer was lost (${reason}).`,
    hint: 'payabl would do the same thing twice: look the payment up before anything is sent again.',
  })

/** For a query, which moves no money and may be asked again. */
export const queryLost = (reason: string): PaymentError =>
  new PaymentError({
    code: 'answer_lost',
    effect: 'may_have_happened',
    again: 'same_attempt',
    message: `payabl's answer to a query was lost (${reason}).`,
    hint: 'A query moves no money: ask again.',
  })

/** tx_diagnose gives up over a long time: "In case of 504, reduce the timeframe". */
export const queryTooWide = (): PaymentError =>
  new PaymentError({
    code: 'rejected',
    effect: 'refused',
    again: 'never',
    message: 'payabl could not list so long a time (HTTP 504).',
    hint: 'Ask for fewer days.',
    vendor: { code: '504', text: '' },
  })
