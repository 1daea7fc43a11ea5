import { errorName, framesOf } from './foreign-error.ts'
import type { Issue } from './issue.ts'

/**
 * - `invalid_input`, `invalid_configuration`: `issues` names each field, its rule and the fix
 * - `unsupported`: the rail cannot do this; `hint` says why
 * - `conflict`: the key (reference, attempt) is already used by another request, or the payment's state does not allow this one
 * - `not_found`: no payment under this reference or ref
 * - `exceeds_refundable`: the refunds would exceed the money that is credited and not reversed
 * - `rail_missing`: the payment belongs to a rail that is no longer configured
 * - `handler_missing`: the operation can lead to a question that no handler answers
 * - `in_progress`: an earlier call of this attempt has no response yet, and this rail must not receive the request twice
 * - `store_failed`: the store failed; `cause` is its error. Nothing was sent, unless `effect` says so
 * - `reconciliation_required`: money out waits until a restored store has been reconciled; nothing was sent
 * - `closed`: `close()` was called; nothing was sent
 * - `unreachable`: no connection, or no signature from the `signer`; nothing was sent
 * - `no_valid_response`: sent, and no response came back that can be trusted
 * - `rejected`: the vendor refused the request's content
 * - `declined`: the vendor refused for a business reason: the end user is blocked, the balance is too low
 * - `misconfigured`: the vendor refused the account: credentials, key, IP address, method not enabled
 * - `vendor_error`: the vendor responded with an error that fits none of the above
 * - `callback_refused`: the callback was not sent by the vendor, or it is malformed
 */
export type ErrorCode =
  | 'invalid_input'
  | 'invalid_configuration'
  | 'unsupported'
  | 'conflict'
  | 'not_found'
  | 'exceeds_refundable'
  | 'rail_missing'
  | 'handler_missing'
  | 'in_progress'
  | 'store_failed'
  | 'reconciliation_required'
  | 'closed'
  | 'unreachable'
  | 'no_valid_response'
  | 'rejected'
  | 'declined'
  | 'misconfigured'
  | 'vendor_error'
  | 'callback_refused'

/** The plain JSON of a PaymentError, as stores write it. */
export interface PaymentErrorData {
  readonly code: ErrorCode
  /** What happened to the request: it was `not_sent`, it was `refused` by the vendor, or it `may_have_happened`. */
  readonly effect: 'not_sent' | 'refused' | 'may_have_happened'
  /** What you may do next: the same call again, a new `attempt`, a look-up first, or nothing. */
  readonly retry: 'same_attempt' | 'next_attempt' | 'after_lookup' | 'never'
  readonly message: string
  readonly hint: string
  readonly issues?: readonly Issue[]
  /** The vendor's own code and text, verbatim; not for end users. */
  readonly vendor?: { readonly code: string; readonly text: string }
}

/** The only error of this library. Contains no key, password, secret, signature, account number or request body. */
export class PaymentError extends Error implements PaymentErrorData {
  override readonly name = 'PaymentError'
  readonly code: ErrorCode
  readonly effect: PaymentErrorData['effect']
  readonly retry: PaymentErrorData['retry']
  readonly hint: string
  readonly issues: readonly Issue[]
  declare readonly vendor?: { readonly code: string; readonly text: string }

  /** `cause`: an error of the application, such as that of its database driver. It is never stored. */
  constructor(data: PaymentErrorData, options?: { readonly cause: unknown }) {
    super(data.message, options)
    this.code = data.code
    this.effect = data.effect
    this.retry = data.retry
    this.hint = data.hint
    this.issues = data.issues ?? []
    if (data.vendor) this.vendor = data.vendor
  }

  toJSON(): PaymentErrorData {
    const { code, effect, retry, message, hint, issues, vendor } = this
    return { code, effect, retry, message, hint, ...(issues.length > 0 && { issues }), ...(vendor && { vendor }) }
  }
}

/** An error whose message lists every issue on a line of its own. */
export const invalid = (
  code: 'invalid_input' | 'invalid_configuration',
  issues: readonly Issue[],
  options?: { readonly cause: unknown },
): PaymentError =>
  new PaymentError(
    {
      code,
      effect: 'not_sent',
      retry: 'same_attempt',
      message: [
        code === 'invalid_input' ? 'The request is not valid.' : 'The configuration is not valid.',
        ...issues.map(({ field, rule, fix }) => `  ${field}: ${rule}. ${fix.charAt(0).toUpperCase()}${fix.slice(1)}.`),
      ].join('\n'),
      hint: 'Correct each field that the message names; nothing was sent.',
      issues,
    },
    options,
  )

/** What went wrong, and how to fix it. */
export interface ErrorText {
  readonly message: string
  readonly hint: string
  /** If it differs from the factory's default. */
  readonly retry?: PaymentErrorData['retry']
}

const notSent =
  (code: ErrorCode, retry: PaymentErrorData['retry']) =>
  (explained: ErrorText, options?: { readonly cause: unknown }): PaymentError =>
    new PaymentError({ code, effect: 'not_sent', retry, ...explained }, options)

export const conflict = notSent('conflict', 'never')
export const notFound = notSent('not_found', 'never')
export const unsupported = notSent('unsupported', 'same_attempt')
export const handlerMissing = notSent('handler_missing', 'same_attempt')
/** `cause`: what the store threw. */
export const storeFailed = notSent('store_failed', 'same_attempt')

/** `hint`: if no payment depends on the rail. */
export const railMissing = (
  rail: string,
  hint = `Configure rail ${rail} again (\`providers.${rail}\` or RAILSWITCH_RAILS): payments depend on it.`,
): PaymentError =>
  notSent(
    'rail_missing',
    'same_attempt',
  )({
    message: `Rail ${rail} is not configured.`,
    hint,
  })

export const reconciliationRequired = (): PaymentError =>
  notSent(
    'reconciliation_required',
    'same_attempt',
  )({
    message:
      'The store was restored and is not reconciled: it does not contain this refund or payout, so nothing was sent.',
    hint: 'Compare it with what the vendors of all rails list since the backup, import what is missing with importPayment(), then remove `reconciled: false`.',
  })

export const closed = (): PaymentError =>
  notSent(
    'closed',
    'same_attempt',
  )({
    message: 'payments.close() was called.',
    hint: 'Nothing was sent: repeat the call in another process.',
  })

/** An earlier call has no response, and this vendor must not be called twice. */
export const inProgress = ({
  reference,
  attempt,
}: {
  readonly reference: string
  readonly attempt: number
}): PaymentError =>
  new PaymentError({
    code: 'in_progress',
    effect: 'may_have_happened',
    retry: 'next_attempt',
    message: `An earlier call of ${reference}, attempt ${attempt}, has no response yet.`,
    hint: 'Use a new attempt, and send the customer only to the checkout that it returns.',
  })

/** The vendor could not be reached at its address: nothing was sent. `reason`: the transport's. */
export const unreachable = (vendor: string, reason: string, url: string): PaymentError =>
  notSent(
    'unreachable',
    'same_attempt',
  )({
    message: `${vendor} could not be reached at ${addressOf(url)} (${reason}).`,
    hint: 'Nothing was sent. Check the address (if it is a sandbox, that it runs), then call again with the same attempt.',
  })

/** An address for messages, without a user, a password and a query. */
export const addressOf = (url: string): string => {
  if (!URL.canParse(url)) return url
  const { origin, pathname } = new URL(url)
  return origin + pathname
}

/** The request was sent, and no response came back that can be trusted. */
export const noValidResponse = ({ retry = 'after_lookup', ...explained }: ErrorText): PaymentError =>
  new PaymentError({ code: 'no_valid_response', effect: 'may_have_happened', retry, ...explained })

/**
 * A provider threw an error, which breaks its contract, before or after the request was sent. The error is no cause, because its message
 * may contain the request; its name is in the message, and its stack is that of this error.
 */
export const providerFailed = (
  provider: string,
  thrown?: unknown,
  { effect = 'may_have_happened', retry = 'after_lookup' }: Partial<Pick<PaymentErrorData, 'effect' | 'retry'>> = {},
): PaymentError => {
  const error = new PaymentError({
    code: 'vendor_error',
    effect,
    retry,
    message: `The provider ${provider} failed${thrown === undefined ? '' : ` (${errorName(thrown)})`}.`,
    hint: 'This is a fault of the provider: report it.',
  })
  const frames = framesOf(thrown)
  if (frames !== '') error.stack = `${error.name}: ${error.message}\n${frames}`
  return error
}

export const callbackRefused = (explained: ErrorText): PaymentError =>
  new PaymentError({ code: 'callback_refused', effect: 'refused', retry: 'never', ...explained })
