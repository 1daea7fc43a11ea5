import { type ErrorCode, PaymentError, type PaymentErrorData } from '@railswitch/core'

/**
 * `gate`: checked before Trustly looks a repeated UUID up, so that it says nothing of an earlier call of the same request.
 * @see https://eu.developers.trustly.com/doc/reference/error-messages (read 2026-11-21)
 */
interface TrustlyError {
  readonly name: string
  readonly code: ErrorCode
  readonly effect: PaymentErrorData['effect']
  readonly again: PaymentErrorData['again']
  readonly hint: string
  readonly gate?: true
}

const field = (name: string, hint: string): TrustlyError => ({
  name,
  code: 'rejected',
  effect: 'refused',
  again: 'next_attempt',
  hint,
})
const account = (name: string, hint: string, gate?: true): TrustlyError => ({
  name,
  code: 'misconfigured',
  effect: 'refused',
  again: 'next_attempt',
  hint,
  ...(gate && { gate }),
})
const business = (name: string, hint: string): TrustlyError => ({
  name,
  code: 'declined',
  effect: 'refused',
  again: 'next_attempt',
  hint,
})

/** Trustly's codes as data. Codes are not contiguous, and more exist than are published. */
export const trustlyErrors: { readonly [code: string]: TrustlyError } = {
  602: account('ERROR_FUNCTION_ACCESS_DENIED', 'Ask Trustly to enable this method for the account.', true),
  603: business('ERROR_INSUFFICIENT_FUNDS', 'Fund the merchant balance, then use a new attempt.'),
  607: account('ERROR_HOST_ACCESS_DENIED', 'Ask Trustly to allow the address that this server calls from.', true),
  615: field('ERROR_INVALID_AMOUNT', 'The amount must be above zero, with two decimals (HUF: none).'),
  616: account(
    'ERROR_INVALID_CREDENTIALS',
    'Check username, password and environment: each environment has its own.',
    true,
  ),
  620: {
    name: 'ERROR_UNKNOWN',
    code: 'vendor_error',
    effect: 'may_have_happened',
    again: 'after_lookup',
    hint: 'Trustly does not say what happened: look into its back office before trying again.',
  },
  621: account(
    'ERROR_NO_SUITABLE_BANK_ACCOUNT_FOUND',
    'Make the first settlement in this currency in the back office.',
  ),
  622: field('ERROR_INVALID_CURRENCY_CODE', 'Use a currency that the account is enabled for.'),
  623: field('ERROR_INVALID_PARAMETERS', 'A value or its format is wrong.'),
  624: field('ERROR_INVALID_BANK_ACCOUNT_NUMBER', 'The bank account does not exist or is not known to Trustly.'),
  636: account(
    'ERROR_UNABLE_TO_VERIFY_RSA_SIGNATURE',
    'Trustly has another public key for this account: compare it with the pair of `privateKey`.',
    true,
  ),
  637: {
    name: 'ERROR_DUPLICATE_MESSAGE_ID',
    code: 'conflict',
    effect: 'refused',
    again: 'next_attempt',
    hint: 'Another order of this account has this reference, begun by another program or another store: use a new attempt.',
  },
  638: business('ERROR_ENDUSER_IS_BLOCKED', 'Trustly has blocked this end user.'),
  639: account('ERROR_NO_PUBLIC_KEY', 'Send the public key of `privateKey` to Trustly, for this environment.', true),
  642: field('ERROR_INVALID_EMAIL', "Check the customer's e-mail address."),
  645: field('ERROR_INVALID_LOCALE', "Check the customer's locale."),
  655: field('ERROR_INVALID_ORDER_ID', 'Trustly does not know this order on this account.'),
  688: {
    name: 'ERROR_DUPLICATE_UUID',
    code: 'conflict',
    effect: 'may_have_happened',
    again: 'after_lookup',
    hint: 'An earlier call of this request had other content, as after a changed password: look it up in the back office.',
  },
  696: field('ERROR_ENDUSERID_IS_NULL', 'Give `customer.id`.'),
  697: field('ERROR_MESSAGEID_IS_NULL', 'Give `reference`.'),
  698: field('ERROR_INVALID_IP', "Pass the customer's one IP address, not a proxy's list."),
  700: field('ERROR_MALFORMED_SUCCESSURL', 'Give an http(s) `returnUrl`.'),
  701: field('ERROR_MALFORMED_FAILURL', 'Give an http(s) `returnUrl`.'),
  702: field('ERROR_MALFORMED_TEMPLATEURL', 'Give an http(s) template address.'),
  703: field('ERROR_MALFORMED_URLTARGET', 'Use _top, _self or _parent.'),
  704: field('ERROR_MALFORMED_MESSAGEID', 'Use a plainer `reference`.'),
  705: field('ERROR_MALFORMED_NOTIFICATIONURL', 'Give an https `callbacks.url` that the internet can reach.'),
  706: field('ERROR_MALFORMED_ENDUSERID', 'Use a plainer `customer.id`.'),
  712: business('ERROR_DIRECT_DEBIT_NOT_ALLOWED', 'This account cannot be debited directly.'),
  717: field('ERROR_INVALID_ORDER_ATTRIBUTE', 'An attribute of the order is wrong.'),
  718: account('ERROR_DISABLED_USER', 'Trustly has disabled this merchant account.', true),
  732: account('ERROR_PAY_AND_PLAY_NOT_ALLOWED', 'Ask Trustly to enable Pay N Play for the account.'),
  734: field('ERROR_NOT_SECURE_NOTIFICATIONURL', 'Give an https `callbacks.url`.'),
  737: field('ERROR_INVALID_COUNTRY', "Check the customer's country."),
}

/** Of some errors only the name is published. */
const unnumbered: { readonly [name: string]: TrustlyError } = {
  ERROR_INVALID_FUNCTION: account('ERROR_INVALID_FUNCTION', 'Trustly does not know this method.', true),
  ERROR_NOT_FOUND: field('ERROR_NOT_FOUND', 'Trustly does not know this order on this account.'),
  ERROR_ACCOUNT_NOT_FOUND: business('ERROR_ACCOUNT_NOT_FOUND', 'Trustly does not know this bank account.'),
  ERROR_MERCHANT_REFERENCE_ALREADY_EXISTS: field('ERROR_MERCHANT_REFERENCE_ALREADY_EXISTS', 'Use another reference.'),
}

/** An error that Trustly signed. `mayHaveHappened`: an earlier call of the same request may have reached Trustly. */
export const mapError = (code: string, name: string, mayHaveHappened: boolean): PaymentError => {
  const known = trustlyErrors[code] ?? unnumbered[name]
  const vendor = { code, text: name }
  if (!known)
    return new PaymentError({
      code: 'vendor_error',
      effect: mayHaveHappened ? 'may_have_happened' : 'refused',
      again: mayHaveHappened ? 'after_lookup' : 'next_attempt',
      message: `Trustly answered ${name}.`,
      hint: 'This code is not in the published table: ask Trustly what it means.',
      vendor,
    })
  const unproven = mayHaveHappened && known.gate === true
  return new PaymentError({
    code: known.code,
    effect: unproven ? 'may_have_happened' : known.effect,
    again: unproven ? 'same_attempt' : known.again,
    message: `Trustly answered ${name}.`,
    hint: known.hint,
    vendor,
  })
}

/** An answer that is signed and well-formed but says `result: "0"`: nothing was done. */
export const rejection = (method: string): PaymentError =>
  new PaymentError({
    code: 'declined',
    effect: 'refused',
    again: 'next_attempt',
    message: `Trustly did not accept the ${method}.`,
    hint: 'The answer says result 0 without a reason: the back office may know more.',
  })
