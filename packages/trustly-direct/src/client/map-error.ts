import { type Either, left, PaymentError, right } from '@railswitch/core'
import { publishedError, rejectionReasons } from '../error-codes.ts'
import type { JsonValue } from '../wire/json-text.ts'
import { isHarmless, type SentRequest, unpublishedError } from './unpublished-error.ts'

/** An error as Trustly signed it. */
interface VendorError {
  readonly code: string
  readonly name: string
}

/** What an error means for the request that it responds to. `mayHaveHappened`: an earlier call of the same request may have reached Trustly. */
export const mapError = (vendor: VendorError, request: SentRequest, mayHaveHappened: boolean): PaymentError => {
  const code = vendor.code.slice(0, longestText)
  const name = vendor.name.slice(0, longestText)
  const known = publishedError(vendor) ?? unpublishedError(name, isHarmless(request))
  const unproven = mayHaveHappened ? known.afterLostAnswer : undefined
  return new PaymentError({
    code: known.code,
    effect: unproven ? 'may_have_happened' : known.effect,
    again: unproven ?? known.again,
    message: `Trustly answered ${name}.`,
    hint: known.hint,
    vendor: { code, text: name },
  })
}

const longestText = 200

/**
 * What `result` and `rejected` of a signed answer say: `"1"` was accepted, `"0"` was not, and a third word is neither.
 * An accepted call has `rejected` as null, as `""` or not at all, so that `result` alone decides.
 * @see https://docs.trustly.com/api/charge (read 2026-11-21)
 */
export const readResult = (
  method: string,
  answer: { readonly result: JsonValue; readonly rejected?: JsonValue | undefined },
): Either<PaymentError, 'accepted'> => {
  const { result, rejected } = answer
  if (result === '1' || result === true) return right('accepted')
  if (result !== '0' && result !== false) return left(unreadable(method))
  return left(rejection(method, typeof rejected === 'string' ? rejected : null))
}

/**
 * An answer that is signed and well-formed but says `result: "0"`. That this means "not accepted" is documented, so that nothing
 * was done whatever the reason beside it is, a published one or not.
 */
export const rejection = (method: string, rejected: string | null = null): PaymentError => {
  const reason = rejected === null || rejected === '' ? null : rejected.slice(0, longestText)
  const known = rejectionReasons.find(({ name }) => name === reason)
  return new PaymentError({
    code: known?.code ?? 'declined',
    effect: 'refused',
    again: 'next_attempt',
    message: `Trustly did not accept the ${method}${reason === null ? '' : `: ${reason}`}.`,
    hint: known?.hint ?? 'Trustly gives no more than this: the back office may know the reason.',
    ...(reason !== null && { vendor: { code: '0', text: reason } }),
  })
}

/** A signed answer whose content is not what its method promises: what was done is unknown. */
export const unreadable = (method: string): PaymentError =>
  new PaymentError({
    code: 'answer_lost',
    effect: 'may_have_happened',
    again: 'after_lookup',
    message: `Trustly's signed answer to ${method} has another form than is documented.`,
    hint: 'Look into the back office before trying again.',
  })
