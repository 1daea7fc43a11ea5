import { noValidResponse, PaymentError } from '@railswitch/core/provider'
import { errorCodes, existsAlready } from '../error-codes.ts'

/** A refusal in a response that Meridian signed. */
export interface SignedError {
  readonly status: number
  readonly code: string
  /** No request with this idempotency key has been or will be executed. */
  readonly final: boolean
}

/**
 * Refused: Meridian certainly executed nothing. An error that is not final proves nothing about an earlier call (`resumed`), and a server
 * error nothing at all.
 */
export const mapError = ({ status, code, final }: SignedError, resumed: boolean): PaymentError => {
  const vendor = { code, text: '' }
  const message = `Meridian refused the request (${code}).`
  if (existsAlready.has(code))
    return new PaymentError({
      code: 'no_valid_response',
      effect: 'may_have_happened',
      retry: 'never',
      message: `Meridian has an order with this reference that differs from this call (${code}).`,
      hint: 'Compare it in the back office of Meridian: an earlier call or another system made it.',
      vendor,
    })
  if (status >= 500 || (resumed && !final))
    return noValidResponse({
      retry: 'same_attempt',
      message,
      hint: 'What happened to the call is not known: repeat it, or wait for sync().',
    })
  const { code: ours, hint } = errorCodes[code] ?? { code: 'vendor_error', hint: 'Ask Meridian what this code means.' }
  return new PaymentError({ code: ours, effect: 'refused', retry: 'next_attempt', message, hint, vendor })
}
