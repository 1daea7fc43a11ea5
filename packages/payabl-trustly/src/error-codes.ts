import type { ErrorCode, FactOf } from '@railswitch/core/provider'

/**
 * What to do about a code: `config` fix the set-up, `permission` ask payabl, `field` fix the parameter, `cancelled` the customer
 * did not finish, `declined` final, `later` try again later, `unknown` money may have moved: look it up first.
 */
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

/**
 * `text` is payabl's. `parameter` is the parameter to fix. `unsureForMoneyOut`: the code refuses a pay-in, but a refund or payout
 * with it may have happened. `reason`, `retry`: where it is not that of the class.
 */
interface CodeEntry {
  readonly text: string
  readonly class: CodeClass
  readonly parameter?: string
  readonly hint: string
  readonly unsureForMoneyOut?: true
  readonly reason?: EndReason
  readonly retry?: ClassMeaning['retry']
}

/** Why a deposit ended without money. */
type EndReason = FactOf<'deposit.not_credited'>['reason']

/** The effect of a response on its call. `accepted` is never "paid". */
export type CodeEffect = 'accepted' | 'pending' | 'refused' | 'unknown-outcome'

interface ClassMeaning {
  readonly effect: CodeEffect
  /** Of the error that a call gets. */
  readonly errorCode: ErrorCode
  /** What may be done next with the same business intent. */
  readonly retry: 'next_attempt' | 'after_lookup' | 'never'
  /** Of a deposit whose notification or diagnosis has the code. */
  readonly reason: EndReason
}

const meaningOf: Readonly<Record<CodeClass, ClassMeaning>> = {
  ok: { effect: 'accepted', errorCode: 'vendor_error', retry: 'never', reason: 'failed' },
  pending: { effect: 'pending', errorCode: 'vendor_error', retry: 'never', reason: 'failed' },
  config: { effect: 'refused', errorCode: 'misconfigured', retry: 'next_attempt', reason: 'failed' },
  permission: { effect: 'refused', errorCode: 'misconfigured', retry: 'next_attempt', reason: 'failed' },
  field: { effect: 'refused', errorCode: 'rejected', retry: 'next_attempt', reason: 'failed' },
  cancelled: { effect: 'refused', errorCode: 'declined', retry: 'next_attempt', reason: 'abandoned' },
  declined: { effect: 'refused', errorCode: 'declined', retry: 'never', reason: 'declined' },
  later: { effect: 'refused', errorCode: 'declined', retry: 'next_attempt', reason: 'failed' },
  unknown: { effect: 'unknown-outcome', errorCode: 'vendor_error', retry: 'after_lookup', reason: 'failed' },
}

/**
 * A code with everything that follows from it. `effect`: on a pay-in, and on a refund or payout. `listed: false`: payabl does not
 * list the code.
 */
export interface DescribedCode
  extends Omit<CodeEntry, 'unsureForMoneyOut' | 'reason' | 'retry'>,
    Omit<ClassMeaning, 'effect'> {
  readonly code: string
  readonly effect: { readonly in: CodeEffect; readonly out: CodeEffect }
  readonly listed: boolean
}

/**
 * The meaning of a code. If payabl does not list the code, its text decides. If the text is not known either, the code refuses a
 * pay-in, but a refund or payout may have moved money. payabl's list is not complete: "the most common codes, additional messages
 * can be returned".
 */
export const describeCode = (code: string, text = ''): DescribedCode => {
  const entry = ownEntry(codes, code) ?? ownEntry(codelessTexts, text.trim().toLowerCase())
  if (!entry) {
    const { effect: out, ...meaning } = meaningOf.unknown
    const hint = 'payabl does not list this code: ask its support, with the code.'
    return { code, text, class: 'unknown', hint, ...meaning, effect: { in: 'refused', out }, listed: false }
  }
  const { unsureForMoneyOut, ...rest } = entry
  const { effect, ...meaning } = meaningOf[entry.class]
  const out = unsureForMoneyOut ? meaningOf.unknown.effect : effect
  return { code, ...meaning, ...rest, effect: { in: effect, out }, listed: true }
}

/** Every listed code, described. */
export const describedCodes = (): readonly DescribedCode[] => Object.keys(codes).map((code) => describeCode(code))

/** Why a deposit with this code ended without money. */
export const reasonOf = (errorcode: string): EndReason => describeCode(errorcode).reason

const ownEntry = (table: Readonly<Record<string, CodeEntry>>, key: string): CodeEntry | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

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
  hint: 'It is not known whether it happened: first look it up with tx_diagnose.',
})
const forbidden = (text: string): CodeEntry => ({
  text,
  class: 'permission',
  hint: 'The account is not allowed to do this: ask payabl support to enable it.',
})

/**
 * Every code that payabl publishes or that its clients have received.
 * @see https://docs.payabl.com/docs/response-codes-detailed (read 2026-11-21)
 * @see https://docs.payabl.com/docs/error-codes (read 2026-11-21)
 */
export const codes: Readonly<Record<string, CodeEntry>> = {
  '0': {
    text: 'Approved or completed successfully',
    class: 'ok',
    hint: 'Accepted. Only payment_state credited means that the money has arrived.',
  },
  '2000': { text: 'Pending', class: 'pending', hint: 'Received and being processed: not a success yet.' },
  '-999': {
    text: 'Unknown error',
    class: 'config',
    hint: 'Check merchant id, secret and signature, and whether the address is that of live or sandbox.',
    unsureForMoneyOut: true,
  },
  '-998': unsure('Unknown error'),
  '-997': unsure(''),
  '-125': unsure(''),
  '-121': unsure(''),
  '-117': unsure(''),
  '-6000': config(
    'Found wrong or missing fields',
    'Check the signature, the format of the mandatory fields, and that the currency is enabled.',
  ),
  '-6001': config('', 'Not documented, seen together with -6000: check the mandatory fields.'),
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
    reason: 'expired',
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
    'An earlier transaction may be active: look it up, then wait.',
  ),
  '-2454': declined('Reattempt not permitted'),
  '-2455': declined('Decline limit exceeded for ccn'),
  '-5000': unsure('Internal error'),
  '-5002': declined('Payment failed'),
  '-5003': { text: 'Payment aborted by customer', class: 'cancelled', hint: 'Let the customer start a new attempt.' },
  '-5004': declined('Payment was canceled due riskmanagement-checks'),
  '-5007': {
    ...declined('Refund aborted', "Read the reason in payabl's back office, then use a new attempt."),
    reason: 'failed',
    retry: 'next_attempt',
  },
  '-5008': {
    ...declined('CFT aborted', 'Check the merchant balance and the account, then use a new attempt.'),
    reason: 'failed',
    retry: 'next_attempt',
  },
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

/** Texts that payabl lists without a code, in lower case. */
export const codelessTexts: Readonly<Record<string, CodeEntry>> = {
  'routing error': config('Routing error', 'Ask payabl support to check the routing of this account.'),
  'wrong paymentmethod': fieldEntry('Wrong paymentmethod', 'payment_method'),
  'wrong country code': fieldEntry('Wrong country code', 'country'),
  'mid is near to negative balance': later('MID is near to negative balance', 'Fund the merchant account, then retry.'),
  'mid balance service request timeout': unsure('MID balance service request timeout'),
  'mid balance service internal error': unsure('MID balance service internal error'),
}
