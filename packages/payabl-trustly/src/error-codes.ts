/** What a `status` or `errorcode` calls for: `config` mend the set-up, `permission` ask payabl, `field` mend the
 *  parameter, `cancelled` the customer did not finish, `declined` final, `later` try again in time, `unknown` money
 *  may have moved: look before doing anything. */
export type CodeClass =
  | 'ok'
  | 'pending'
  | 'config'
  | 'permission'
  | 'field'
  | 'cancelled'
  | 'declined'
  | 'later'
  | 'unknown'

/** `text` is payabl's. `parameter` is the name to mend. `unsureForMoneyOut`: a refusal of a pay-in, but a refund or
 *  payout that got it may have happened. */
export type CodeEntry = {
  readonly text: string
  readonly class: CodeClass
  readonly parameter?: string
  readonly hint: string
  readonly unsureForMoneyOut?: true
}

const wrongField = (parameter: string): CodeEntry => ({
  text: `Wrong ${parameter}`,
  class: 'field',
  parameter,
  hint: `Check the format and the length of ${parameter}.`,
})
const fieldEntry = (text: string, parameter: string): CodeEntry => ({ ...wrongField(parameter), text })
const declined = (text: string, hint = 'Final: offer another way to pay.'): CodeEntry => ({
  text,
  class: 'declined',
  hint,
})
const later = (text: string, hint: string): CodeEntry => ({ text, class: 'later', hint })
const config = (text: string, hint: string): CodeEntry => ({ text, class: 'config', hint })
const unsure = (text: string): CodeEntry => ({
  text,
  class: 'unknown',
  hint: 'Whether it happened is unknown: look it up with tx_diagnose before anything else.',
})
const forbidden = (text: string): CodeEntry => ({
  text,
  class: 'permission',
  hint: 'The account may not do this: ask payabl support to allow it.',
})

/** Every code that payabl publishes or its clients have seen.
 *  @see https://docs.payabl.com/docs/response-codes-detailed (read 2026-11-21)
 *  @see https://docs.payabl.com/docs/error-codes (read 2026-11-21) */
export const codes: Readonly<Record<string, CodeEntry>> = {
  '0': {
    text: 'Approved or completed successfully',
    class: 'ok',
    hint: 'Accepted. Only payment_state credited is money.',
  },
  '2000': { text: 'Pending', class: 'pending', hint: 'Received and sent to processing: not a success yet.' },
  '-999': {
    text: 'Unknown error',
    class: 'config',
    hint: 'Check merchant id and secret, live against sandbox address, and the signature.',
    unsureForMoneyOut: true,
  },
  '-998': unsure('Unknown error'),
  '-997': unsure(''),
  '-125': unsure(''),
  '-121': unsure(''),
  '-117': unsure(''),
  '-6000': config(
    'Found wrong or missing fields',
    'Check that the currency is enabled, the signature, and the format of the mandatory fields.',
  ),
  '-6001': config('', 'Undocumented, seen beside -6000: check the mandatory fields.'),
  '-1': config('Unknown config setting', 'Ask payabl support to check the account.'),
  '-104': forbidden('Illegal command'),
  '-119': forbidden('No permission'),
  '-1311': fieldEntry('Account name wrong or missing', 'accountname'),
  '-1313': fieldEntry('Bank number wrong or missing', 'banknumber'),
  '-1314': fieldEntry('Bank country wrong or missing', 'bankcountry'),
  '-1315': {
    text: 'Response failed',
    class: 'cancelled',
    hint: 'Timed out, or the customer gave up: let the customer start a new attempt.',
    unsureForMoneyOut: true,
  },
  '-1316': {
    ...config('Merchant payment method wrong or missing', 'Ask payabl to enable Trustly (116) for this account.'),
    parameter: 'payment_method',
  },
  '-1318': fieldEntry('Iban number wrong or missing', 'accountnumber'),
  '-1319': fieldEntry('Bic number wrong or missing', 'bic'),
  '-2400': later('Too much retries', 'Wait a minute.'),
  '-2402': later('Blocked temporarily after successful payment', 'Wait a minute.'),
  '-2404': later('Blocked temporarily after failed payment', 'Wait a minute.'),
  '-2405': declined('Blocked: previous fraud'),
  '-2406': declined('Blocked: previous chargeback'),
  '-2407': later(
    'Blocked due to a currently active transaction',
    'An earlier one may be alive: look it up, then wait.',
  ),
  '-2454': declined('Reattempt not permitted'),
  '-2455': declined('Decline limit exceeded for ccn'),
  '-5000': unsure('Internal error'),
  '-5002': declined('Payment failed'),
  '-5003': { text: 'Payment aborted by customer', class: 'cancelled', hint: 'Let the customer start a new attempt.' },
  '-5004': declined('Payment was canceled due riskmanagement-checks'),
  '-5007': declined('Refund aborted', 'Final for this refund: read the reason in the payabl portal.'),
  '-5008': declined('CFT aborted', 'Final for this payout: check the merchant balance and the account.'),
  '-5010': declined('3DS downgraded'),
  '-5011': declined('Invalid attempt'),
  '-5012': declined('Incorrect eci'),
  '-6005': config('Preauthorization action is disabled', 'Ask payabl support to enable it for this account.'),
  '-6102': fieldEntry('Wrong price', 'amount'),
  '-6103': wrongField('currency'),
  '-6105': wrongField('lastname'),
  '-6106': wrongField('street'),
  '-6107': wrongField('zip'),
  '-6108': wrongField('city'),
  '-6109': wrongField('language'),
  '-6110': wrongField('salutation'),
  '-6111': wrongField('title'),
  '-6112': wrongField('gender'),
  '-6113': wrongField('firstname'),
  '-6114': wrongField('company'),
  '-6115': wrongField('birthday'),
  '-6116': wrongField('house'),
  '-6117': wrongField('postbox'),
  '-6118': wrongField('state'),
  '-6119': wrongField('email'),
  '-6120': wrongField('phone'),
  '-6121': wrongField('fax'),
  '-6122': wrongField('mobile'),
}

/** Texts that payabl lists without their codes, in lower case. */
export const codelessTexts: Readonly<Record<string, CodeEntry>> = {
  'routing error': config('Routing error', 'Ask payabl support to check the routing of this account.'),
  'wrong paymentmethod': fieldEntry('Wrong paymentmethod', 'payment_method'),
  'wrong country code': fieldEntry('Wrong country code', 'country'),
  'mid is near to negative balance': later('MID is near to negative balance', 'Fund the merchant account, then retry.'),
  'mid balance service request timeout': unsure('MID balance service request timeout'),
  'mid balance service internal error': unsure('MID balance service internal error'),
}
