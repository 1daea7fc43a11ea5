import { type Either, left, noValidResponse, PaymentError, right } from '@railswitch/core/provider'
import { publishedError, rejectionReasons, type TrustlyError } from '../error-codes.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../wire/json-text.ts'

/** An error as Trustly signed it. */
interface VendorError {
  readonly code: string
  readonly name: string
}

/** The part of a request that tells whether it can move money. */
interface SentRequest {
  readonly method: string
  readonly data: JsonObject
}

/** What an error means for the request that it responds to. `mayHaveHappened`: an earlier call of the same request may have reached Trustly. */
export const mapError = (vendor: VendorError, request: SentRequest, mayHaveHappened: boolean): PaymentError => {
  const code = vendor.code.slice(0, longestText)
  const name = vendor.name.slice(0, longestText)
  const known = publishedError(vendor) ?? unpublishedError(name, isHarmless(request))
  const unproven = mayHaveHappened ? known.retryIfSentBefore : undefined
  return new PaymentError({
    code: known.code,
    effect: unproven ? 'may_have_happened' : known.effect,
    retry: unproven ?? known.retry,
    message: `Trustly responded with ${name}.`,
    hint: known.hint,
    vendor: { code, text: name },
  })
}

const longestText = 200

/** An error that Trustly does not publish does not say that nothing was done: if the request can move money, its outcome is unknown. */
const unpublishedError = (name: string, isHarmlessRequest: boolean): TrustlyError => ({
  name,
  class: 'unknown',
  code: 'vendor_error',
  effect: isHarmlessRequest ? 'refused' : 'may_have_happened',
  retry: isHarmlessRequest ? 'next_attempt' : 'after_lookup',
  hint: isHarmlessRequest
    ? 'This error is not in the published table: ask Trustly what it means.'
    : 'This error is not in the published table, so it does not prove that nothing was done: look into the back office before trying again, and ask Trustly what it means.',
  retryIfSentBefore: 'after_lookup',
})

/** Whether this request alone cannot move money. A one-click deposit charges a stored account, perhaps without the page. */
const isHarmless = ({ method, data: { Attributes = null } }: SentRequest): boolean =>
  harmless.has(method) && !(isJsonObject(Attributes) && Object.hasOwn(Attributes, 'ChargeAccountID'))

/** These change nothing. */
const reading = ['AccountLedger', 'Balance', 'GetWithdrawals', 'ViewAutomaticSettlementDetailsCSV']

/**
 * These create an order that does nothing until the customer opens the `url` of the response. An error has no `url`: if the order
 * exists nevertheless, nobody can open it, and Trustly cancels it after a while. So a new attempt is safe. A withdrawal's money is
 * moved only after a `debit` notification and ApproveWithdrawal.
 */
const openingPage = ['Deposit', 'Withdraw', 'SelectAccount', 'DirectDebitMandate']

const harmless: ReadonlySet<string> = new Set([...reading, ...openingPage])

/**
 * Reads `result` and `rejected` of a signed response: `"1"` was accepted, `"0"` was not, and anything else is unreadable. An accepted
 * call has `rejected` as null, as `""` or not at all, so only `result` decides.
 * @see https://docs.trustly.com/api/charge (read 2026-11-21)
 */
export const readResult = (
  method: string,
  response: { readonly result: JsonValue; readonly rejected?: JsonValue | undefined },
): Either<PaymentError, 'accepted'> => {
  const { result, rejected } = response
  if (result === '1' || result === true) return right('accepted')
  if (result !== '0' && result !== false) return left(unreadable(method))
  return left(rejection(method, typeof rejected === 'string' ? rejected : null))
}

/** A signed `result: "0"`. It is documented as "not accepted": nothing was done, whether its reason is a published one or not. */
export const rejection = (method: string, rejected: string | null = null): PaymentError => {
  const reason = rejected === null || rejected === '' ? null : rejected.slice(0, longestText)
  const known = rejectionReasons.find(({ name }) => name === reason)
  return new PaymentError({
    code: known?.code ?? 'declined',
    effect: 'refused',
    retry: 'next_attempt',
    message: `Trustly did not accept the ${method}${reason === null ? '' : `: ${reason}`}.`,
    hint: known?.hint ?? 'Trustly gives no more than this: the back office may know the reason.',
    ...(reason !== null && { vendor: { code: '0', text: reason } }),
  })
}

/** A signed response whose content is not what its method promises: its outcome is unknown. */
export const unreadable = (method: string): PaymentError =>
  noValidResponse({
    message: `Trustly's signed response to ${method} does not have the documented form.`,
    hint: 'Look into the back office before trying again.',
  })
