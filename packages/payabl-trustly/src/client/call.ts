import {
  checkOption,
  type Either,
  either,
  type Issue,
  invalid,
  isLeft,
  left,
  noValidResponse,
  PaymentError,
  pipe,
  type RailOfAccount,
  right,
  type TaskEither,
  type Transport,
  unreachable,
  type WireResponse,
} from '@railswitch/core/provider'
import type { Parameter, ParameterFailure } from '../wire/encode-parameters.ts'
import type { Encoding } from '../wire/encoding.ts'
import { createSigner } from '../wire/signature.ts'

/** One merchant account in one environment, ready to call. */
export interface PayablAccount extends RailOfAccount {
  /** Includes the path prefix, without the action: `https://sandbox.payabl.com/pay/backoffice`. */
  readonly url: string
  readonly merchantId: string
  /** The first signs requests; callbacks are verified by each. */
  readonly secrets: readonly [string, ...string[]]
  readonly encoding: Encoding
  readonly transport: Transport
  /** For one exchange. A query, which reads long lists, can take twice as long. */
  readonly timeoutMs: number
}

export interface PayablRequest {
  /** `payment_preauthorize`, … */
  readonly action: string
  /** Without merchantid and signature. */
  readonly parameters: readonly Parameter[]
  readonly signal?: AbortSignal
}

/** The bytes as received, whatever the HTTP status. */
export type PayablResponse = Pick<WireResponse, 'status' | 'body'>

/**
 * Signs and sends, once: payabl has no idempotency, so no request is ever repeated here. The response is not signed; TLS is its only
 * protection. @see https://docs.payabl.com/docs/signature-calculation (read 2026-11-21)
 */
export const callPayabl =
  (account: PayablAccount, { action, parameters, signal }: PayablRequest): TaskEither<PaymentError, PayablResponse> =>
  async () => {
    const body = await signedBody(account, parameters)
    if (isLeft(body)) return body
    const response = await account.transport({
      url: `${account.url}/${action}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: body.right,
      timeoutMs: queries.has(action) ? 2 * account.timeoutMs : account.timeoutMs,
      ...(signal && { signal }),
    })()
    if (!isLeft(response)) return right(response.right)
    const { sent, reason } = response.left
    if (!sent) return left(unreachable('payabl', reason, account.url))
    return left(queries.has(action) ? queryFailed(reason, account) : responseLost(reason, account))
  }

/** These move no money. */
const queries: ReadonlySet<string> = new Set(['tx_diagnose', 'send_notification'])

/** Loads qs and the transliteration with the first call. */
const signedBody = async (
  { merchantId, secrets, encoding }: PayablAccount,
  parameters: readonly Parameter[],
): Promise<Either<PaymentError, Uint8Array>> => {
  const { toSignedBody } = await import('../wire/encode-parameters.ts')
  return pipe(
    toSignedBody([['merchantid', merchantId], ...parameters], encoding, createSigner(secrets[0])),
    either.mapLeft((failure) => invalid('invalid_input', [toIssue(failure)])),
  )
}

const toIssue = (failure: ParameterFailure): Issue =>
  failure.kind === 'unencodable'
    ? { field: failure.field, rule: failure.rule, fix: failure.fix }
    : { field: `parameter ${failure.position}`, rule: failure.rule, fix: 'correct it in the call' }

/** No response, or one that cannot be read. */
export const responseLost = (reason: string, account: RailOfAccount): PaymentError =>
  noValidResponse({
    message: `payabl gave no valid response (${reason}).`,
    hint: `payabl would process a repeated call twice: look the payment up before sending anything again. If this is so every time, ${checkOption(account, 'url')}`,
  })

/** The same for a query, which moves no money and can be repeated. */
export const queryFailed = (reason: string, account: RailOfAccount): PaymentError =>
  noValidResponse({
    retry: 'same_attempt',
    message: `payabl gave no valid response to a query (${reason}).`,
    hint: `A query moves no money: repeat it. If this is so every time, ${checkOption(account, 'url')}`,
  })

/** tx_diagnose fails for long periods: "In case of 504, reduce the timeframe". */
export const queryTooWide = (): PaymentError =>
  new PaymentError({
    code: 'rejected',
    effect: 'refused',
    retry: 'never',
    message: 'payabl could not list such a long period (HTTP 504).',
    hint: 'Ask for fewer days.',
    vendor: { code: '504', text: '' },
  })
