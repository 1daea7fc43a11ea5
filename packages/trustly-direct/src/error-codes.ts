import type { ErrorCode, PaymentErrorData } from '@railswitch/core/provider'

/** One of Trustly's errors: its name, its class, its effect on the request, and what to do. */
export interface TrustlyError {
  readonly name: string
  /** `config`: the account or its keys; `bug`: in this library or in a native call; `unknown`: Trustly does not say. */
  readonly class: 'config' | 'validation' | 'business' | 'idempotency' | 'bug' | 'unknown'
  readonly code: ErrorCode
  readonly effect: PaymentErrorData['effect']
  readonly retry: PaymentErrorData['retry']
  readonly hint: string
  /**
   * What to do if an earlier call of the same request may have reached Trustly. Given where this error says nothing about that call:
   * Trustly checks for it before it looks a repeated UUID up, or the error may be about the earlier call itself.
   */
  readonly retryIfSentBefore?: PaymentErrorData['retry']
}

const refused = { effect: 'refused', retry: 'next_attempt' } as const
const checkedFirst = { retryIfSentBefore: 'same_attempt' } as const

const config = (name: string, hint: string): TrustlyError => ({
  name,
  class: 'config',
  code: 'misconfigured',
  ...refused,
  hint,
})
const gate = (name: string, hint: string): TrustlyError => ({ ...config(name, hint), ...checkedFirst })
const field = (name: string, hint: string): TrustlyError => ({
  name,
  class: 'validation',
  code: 'rejected',
  ...refused,
  hint,
})
const business = (name: string, hint: string): TrustlyError => ({
  name,
  class: 'business',
  code: 'declined',
  ...refused,
  hint,
})
const bug = (name: string, hint: string): TrustlyError => ({
  ...config(name, hint),
  class: 'bug',
  ...checkedFirst,
})

const orderUnknown =
  'Trustly does not know this order on this account. Check `username` and `environment`: only the account that made an order can use it. A sandbox without `--data` forgets its orders when it stops.'

/**
 * Every published code. Codes are not contiguous, and more exist than are published.
 * @see https://eu.developers.trustly.com/doc/reference/error-messages (read 2026-11-21)
 */
export const trustlyErrors: { readonly [code: string]: TrustlyError } = {
  602: gate('ERROR_FUNCTION_ACCESS_DENIED', 'Ask Trustly to enable this method for the account.'),
  603: business('ERROR_INSUFFICIENT_FUNDS', 'Fund the merchant balance, then use a new attempt.'),
  607: gate('ERROR_HOST_ACCESS_DENIED', 'Ask Trustly to allow the address that this server calls from.'),
  615: field('ERROR_INVALID_AMOUNT', 'The amount must be above zero, with two decimals (HUF: none).'),
  616: gate(
    'ERROR_INVALID_CREDENTIALS',
    'Check username, password and environment: each environment has its own, and they are not those of the back office.',
  ),
  620: {
    name: 'ERROR_UNKNOWN',
    class: 'unknown',
    code: 'vendor_error',
    effect: 'may_have_happened',
    retry: 'after_lookup',
    hint: 'Trustly does not report what happened: check its back office before you try again.',
  },
  621: config('ERROR_NO_SUITABLE_BANK_ACCOUNT_FOUND', 'Make the first settlement in this currency in the back office.'),
  622: field('ERROR_INVALID_CURRENCY_CODE', 'Use a currency that the account is enabled for.'),
  623: field('ERROR_INVALID_PARAMETERS', 'A value or its format is wrong.'),
  624: field('ERROR_INVALID_BANK_ACCOUNT_NUMBER', 'The bank account does not exist or is not known to Trustly.'),
  636: gate(
    'ERROR_UNABLE_TO_VERIFY_RSA_SIGNATURE',
    'Trustly has another public key for this account: compare it with the pair of `privateKey`.',
  ),
  637: {
    name: 'ERROR_DUPLICATE_MESSAGE_ID',
    class: 'idempotency',
    code: 'conflict',
    ...refused,
    hint: 'An order of this account already has this reference. It was begun with another UUID: by another program, another store, or under another rail name. Use a new attempt.',
    // How long Trustly remembers a UUID is not documented: after that, the existing order may be the earlier call's own.
    retryIfSentBefore: 'after_lookup',
  },
  638: business('ERROR_ENDUSER_IS_BLOCKED', 'Trustly has blocked this end user.'),
  639: gate('ERROR_NO_PUBLIC_KEY', 'Send the public key of `privateKey` to Trustly, for this environment.'),
  642: field('ERROR_INVALID_EMAIL', "Check the customer's e-mail address."),
  645: field('ERROR_INVALID_LOCALE', "Check the customer's locale."),
  655: field('ERROR_INVALID_ORDER_ID', orderUnknown),
  688: {
    name: 'ERROR_DUPLICATE_UUID',
    class: 'idempotency',
    code: 'conflict',
    effect: 'may_have_happened',
    retry: 'after_lookup',
    hint: 'An earlier call with this UUID had other content, for example because the password was changed since. Its result is valid: look it up in the back office.',
  },
  696: field('ERROR_ENDUSERID_IS_NULL', 'Pass `customer.id`.'),
  697: field('ERROR_MESSAGEID_IS_NULL', 'Pass `reference`.'),
  698: field('ERROR_INVALID_IP', "Pass the customer's one IP address, not a proxy's list."),
  700: field('ERROR_MALFORMED_SUCCESSURL', 'Pass an http(s) `returnUrl`.'),
  701: field('ERROR_MALFORMED_FAILURL', 'Pass an http(s) `returnUrl`.'),
  702: field('ERROR_MALFORMED_TEMPLATEURL', 'Pass an http(s) template address.'),
  703: field('ERROR_MALFORMED_URLTARGET', 'Use _top, _self or _parent.'),
  704: field('ERROR_MALFORMED_MESSAGEID', 'Use a simpler `reference`.'),
  705: field('ERROR_MALFORMED_NOTIFICATIONURL', 'Use an https `callbacks.url` that is reachable from the internet.'),
  706: field('ERROR_MALFORMED_ENDUSERID', 'Use a simpler `customer.id`.'),
  712: business('ERROR_DIRECT_DEBIT_NOT_ALLOWED', 'This account cannot be debited directly.'),
  717: field('ERROR_INVALID_ORDER_ATTRIBUTE', 'An attribute of the order is wrong.'),
  718: gate('ERROR_DISABLED_USER', 'Trustly has disabled this merchant account.'),
  732: config('ERROR_PAY_AND_PLAY_NOT_ALLOWED', 'Ask Trustly to enable Pay N Play for the account.'),
  734: field('ERROR_NOT_SECURE_NOTIFICATIONURL', 'Use an https `callbacks.url`.'),
  737: field('ERROR_INVALID_COUNTRY', "Check the customer's country."),
}

/** Errors of which only the name is published: they can come with any code. */
export const unnumberedErrors: readonly TrustlyError[] = [
  bug('ERROR_INVALID_FUNCTION', 'Trustly does not know this method: check its spelling.'),
  bug(
    'ERROR_MALFORMED_JSON',
    'Trustly could not read the request: something between this server and Trustly changes it.',
  ),
  field('ERROR_NOT_FOUND', orderUnknown),
  business('ERROR_ACCOUNT_NOT_FOUND', 'Trustly does not know this bank account.'),
  field('ERROR_MERCHANT_REFERENCE_ALREADY_EXISTS', 'Another mandate has this merchant reference: use another one.'),
]

/**
 * The published error with this code and name, or none. A published code with another name is an unpublished error. An unnumbered
 * error can have any code that is not another error's.
 */
export const publishedError = ({ code, name }: { readonly code: string; readonly name: string }) => {
  const numbered = Object.hasOwn(trustlyErrors, code) ? trustlyErrors[code] : undefined
  return numbered ? (numbered.name === name ? numbered : undefined) : unnumberedErrors.find((one) => one.name === name)
}

/**
 * The reasons in `rejected` beside `result: "0"`: nothing was done. CancelCharge writes free text there.
 * @see https://docs.trustly.com/api/charge and https://eu.developers.trustly.com/doc/docs/mdd (read 2026-11-21)
 */
export const rejectionReasons: readonly TrustlyError[] = [
  business('ERROR_MANDATE_NOT_FOUND', 'There is no active mandate on this account: ask the customer for a new one.'),
  business('ERROR_DIRECT_DEBIT_NOT_ALLOWED', 'This account cannot be debited directly.'),
  business('ERROR_ACCOUNT_NOT_FOUND', 'Trustly does not know this bank account.'),
  config('ERROR_IMPORT_MANDATE_NOT_ALLOWED', 'Ask Trustly to enable the import of mandates.'),
  business('BANK_ACCOUNT_NUMBER_BLOCKED', 'Trustly has blocked this bank account.'),
  field('ERROR_INVALID_ACCOUNT_NUMBER', 'Check the bank account.'),
  field('ERROR_PAYMENT_DATE_FAILURE', 'Give a later PaymentDate, on a banking day.'),
  field('ERROR_AMOUNT_FAILURE', "Check the amount: for a refund, it exceeds the debit's."),
  field('ERROR_CURRENCY_FAILURE', "Use the currency of the mandate's or the debit's scheme."),
  field('ERROR_COLLECTION_TYPE_FAILURE', 'Use the CollectionType that follows the last one of this mandate.'),
  field('ERROR_CHARGE_NOT_FOUND', 'Trustly does not know this debit on this account.'),
  business('ERROR_CHARGE_ALREADY_PROCESSED', 'The debit is on its way and cannot be cancelled any more: refund it.'),
  business('ERROR_CHARGE_NOT_REFUNDABLE', 'A debit is refunded once at most, and not after its mandate is long gone.'),
  field('ERROR_UNABLE_TO_READ_BATCH_FILE', 'Check the format of the batch file.'),
  field('ERROR_MISSING_BATCH_FILE', 'Upload the batch file first.'),
  field('ERROR_INVALID_CHECKSUM', 'The batch file is not the one that Checksum was made of.'),
]
