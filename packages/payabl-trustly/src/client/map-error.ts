import { type ErrorCode, PaymentError, type PaymentErrorData } from '@railswitch/core'
import { type DescribedCode, describeCode } from '../describe-code.ts'
import type { CodeClass } from '../error-codes.ts'
import type { Answer } from '../wire/payment-response.ts'
import { withoutPersonal } from '../wire/vendor-text.ts'
import type { PayablParameters } from './parameters.ts'

const codeOf: Readonly<Record<CodeClass, ErrorCode>> = {
  ok: 'vendor_error',
  pending: 'vendor_error',
  config: 'misconfigured',
  permission: 'misconfigured',
  field: 'rejected',
  cancelled: 'declined',
  declined: 'declined',
  later: 'declined',
  unknown: 'vendor_error',
}

/** An answer that is no success. `effect`: whether its code leaves open that it happened is `classifyAnswer`'s to say.
 *  `sent`: what it answers, none of which it may repeat in an error. */
export const mapError = (
  { status, errormessage = '' }: Pick<Answer, 'status' | 'errormessage'>,
  effect: Exclude<PaymentErrorData['effect'], 'not_sent'>,
  sent: PayablParameters = {},
): PaymentError => {
  const told = withoutPersonal(errormessage, sent)
  const entry = describeCode(status, errormessage)
  const parameter = entry.parameter === undefined ? '' : ` (parameter ${entry.parameter})`
  return new PaymentError({
    code: codeOf[entry.class],
    effect,
    again: againAfter(effect, entry),
    message: `payabl answered ${status} ${entry.listed ? entry.text : told}${parameter}.`,
    hint: entry.hint,
    vendor: { code: status, text: told },
  })
}

/** Refused is refused: even where the code is not known, nothing is left to be looked up. */
const againAfter = (effect: PaymentErrorData['effect'], { again }: DescribedCode): PaymentErrorData['again'] => {
  if (effect === 'may_have_happened') return 'after_lookup'
  return again === 'after_lookup' ? 'next_attempt' : again
}
