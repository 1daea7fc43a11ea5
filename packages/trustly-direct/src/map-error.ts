import { type Either, left, PaymentError, right } from '@railswitch/core'
import { rejectionReasons, type TrustlyError, trustlyErrors, unnumberedErrors } from './error-table.ts'
import type { JsonValue } from './wire/json-text.ts'

/** An error that Trustly signed. `mayHaveHappened`: an earlier call of the same request may have reached Trustly. */
export const mapError = (code: string, name: string, mayHaveHappened: boolean): PaymentError => {
  const known = trustlyErrors[code] ?? named(unnumberedErrors, name) ?? unpublished(name)
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

/** An answer that is signed and well-formed but says `result: "0"`: nothing was done. */
export const rejection = (method: string, rejected: string | null = null): PaymentError => {
  const reason = rejected === null || rejected === '' ? null : rejected.slice(0, 200)
  const known = reason === null ? undefined : named(rejectionReasons, reason)
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

const named = (errors: readonly TrustlyError[], name: string): TrustlyError | undefined =>
  errors.find((error) => error.name === name)

const unpublished = (name: string): TrustlyError => ({
  name,
  class: 'unknown',
  code: 'vendor_error',
  effect: 'refused',
  again: 'next_attempt',
  hint: 'This code is not in the published table: ask Trustly what it means.',
  afterLostAnswer: 'after_lookup',
})
