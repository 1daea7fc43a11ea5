import { PaymentError, type PaymentErrorData, type RailOfAccount, sandboxHint } from '@railswitch/core/provider'
import { type DescribedCode, describeCode } from '../error-codes.ts'
import type { PaymentResponse } from '../wire/payment-response.ts'
import { withoutPersonal } from '../wire/redact-error-text.ts'
import type { PayablParameters } from './parameter-types.ts'

interface MappingContext {
  readonly sent?: PayablParameters
  readonly account?: RailOfAccount
}

/**
 * The error for a response that is not a success. `effect`: as `classifyResponse` decides it. `sent`: the request's parameters,
 * which must not be repeated in an error.
 */
export const mapError = (
  { status, errormessage = '' }: Pick<PaymentResponse, 'status' | 'errormessage'>,
  effect: Exclude<PaymentErrorData['effect'], 'not_sent'>,
  { sent = {}, account = {} }: MappingContext = {},
): PaymentError => {
  const vendorText = withoutPersonal(errormessage, sent)
  const entry = describeCode(status, errormessage)
  const parameter = entry.parameter === undefined ? '' : ` (parameter ${entry.parameter})`
  return new PaymentError({
    code: entry.errorCode,
    effect,
    retry: retryAfter(effect, entry),
    message: `payabl responded with ${status} ${entry.listed ? entry.text : vendorText}${parameter}.`,
    hint: [...(entry.class === 'config' ? sandboxHint(account) : []), entry.hint].join(' '),
    vendor: { code: status, text: vendorText },
  })
}

/** A refused call needs no look-up, even if its code is not listed. */
const retryAfter = (effect: PaymentErrorData['effect'], { retry }: DescribedCode): PaymentErrorData['retry'] => {
  if (effect === 'may_have_happened') return 'after_lookup'
  return retry === 'after_lookup' ? 'next_attempt' : retry
}
