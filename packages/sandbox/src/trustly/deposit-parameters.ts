import { isIP } from 'node:net'
import { banksByCountry } from '../checkout/banks.ts'
import { isWebAddress } from '../web-address.ts'
import { memberOf } from './envelope.ts'
import type { ErrorName, Refusal } from './error-codes.ts'
import { judgeNotificationUrl } from './merchant-urls.ts'
import { currencies, parseAmount } from './money.ts'
import { hasBoolean, readScalar } from './parameters.ts'
import type { JsonObject } from './raw-json.ts'

/** What a correct Deposit asks for. Amounts are minor units; without an amount the customer chooses one. */
export type DepositTerms = {
  readonly notificationUrl: string
  readonly endUserId: string
  readonly messageId: string
  readonly country: string
  readonly currency: string
  readonly amount: bigint | undefined
  readonly least: bigint | undefined
  readonly most: bigint | undefined
  readonly payee: string
  readonly successUrl: string
  readonly failUrl: string
  readonly urlTarget: string | undefined
  readonly hold: boolean
}

type Rule = {
  readonly name: string
  readonly missing?: ErrorName
  readonly malformed: ErrorName
  readonly accepts: (text: string, attributes: JsonObject) => boolean
}

const filled = (text: string) => text.trim() !== ''
const isAmount = (text: string, attributes: JsonObject) =>
  parseAmount(text, readScalar(attributes, 'Currency').text ?? '') !== undefined
// Length and characters of both ids are undocumented: the twin only refuses what no system can mean.
const isIdentifier = (text: string) => filled(text) && text.length <= 255 && !/\p{Cc}/u.test(text)

const required = (name: string, error: ErrorName, accepts: Rule['accepts']): Rule => ({
  name,
  missing: error,
  malformed: error,
  accepts,
})
const optional = (name: string, error: ErrorName, accepts: Rule['accepts']): Rule => ({
  name,
  malformed: error,
  accepts,
})

const attributeRules: readonly Rule[] = [
  required('Firstname', 'ERROR_INVALID_ORDER_ATTRIBUTE', filled),
  // A company has its name in Firstname and an empty Lastname.
  optional('Lastname', 'ERROR_INVALID_ORDER_ATTRIBUTE', () => true),
  required('ShopperStatement', 'ERROR_INVALID_ORDER_ATTRIBUTE', filled),
  required('Currency', 'ERROR_INVALID_CURRENCY_CODE', (text) => currencies.has(text)),
  optional('Amount', 'ERROR_INVALID_AMOUNT', isAmount),
  optional('SuggestedMinAmount', 'ERROR_INVALID_AMOUNT', isAmount),
  optional('SuggestedMaxAmount', 'ERROR_INVALID_AMOUNT', isAmount),
  required('Country', 'ERROR_INVALID_COUNTRY', (text) => banksByCountry.has(text)),
  required('Locale', 'ERROR_INVALID_LOCALE', (text) => /^[a-z]{2}(?:_[A-Z]{2})?$/.test(text)),
  required('Email', 'ERROR_INVALID_EMAIL', (text) => /^[^\s@]+@[^\s@]+$/.test(text)),
  optional('IP', 'ERROR_INVALID_IP', (text) => isIP(text) !== 0),
  required('SuccessURL', 'ERROR_MALFORMED_SUCCESSURL', isWebAddress),
  required('FailURL', 'ERROR_MALFORMED_FAILURL', isWebAddress),
  optional('TemplateURL', 'ERROR_MALFORMED_TEMPLATEURL', isWebAddress),
  optional('URLTarget', 'ERROR_MALFORMED_URLTARGET', (text) => /^_(?:top|self|parent)$/.test(text)),
  optional('HoldNotifications', 'ERROR_INVALID_ORDER_ATTRIBUTE', (text) => /^[01]$/.test(text)),
]

const dataRules: readonly Rule[] = [
  { ...required('EndUserID', 'ERROR_ENDUSERID_IS_NULL', isIdentifier), malformed: 'ERROR_MALFORMED_ENDUSERID' },
  { ...required('MessageID', 'ERROR_MESSAGEID_IS_NULL', isIdentifier), malformed: 'ERROR_MALFORMED_MESSAGEID' },
]

/** Checks a Deposit's data as far as it can be checked without looking at other orders.
 *  @see https://docs.trustly.com/api/deposit */
export const readDeposit = (data: JsonObject): DepositTerms | Refusal => {
  if (hasBoolean(data)) return { error: 'ERROR_INVALID_PARAMETERS', hint: 'booleans travel as "1" and "0"' }
  const attributes = memberOf(data, 'Attributes')
  if (attributes?.kind !== 'object') {
    return { error: 'ERROR_INVALID_ORDER_ATTRIBUTE', hint: 'Data.Attributes is not an object' }
  }
  return (
    firstBroken(attributes, attributeRules) ??
    brokenBounds(attributes) ??
    judgeNotificationUrl(readScalar(data, 'NotificationURL').text) ??
    firstBroken(data, dataRules) ??
    toTerms(data, attributes)
  )
}

const firstBroken = (holder: JsonObject, rules: readonly Rule[]): Refusal | undefined => {
  for (const { name, missing, malformed, accepts } of rules) {
    const { text, absent } = readScalar(holder, name)
    if (absent && missing) return { error: missing, hint: `${name} is missing` }
    if (!absent && !(text !== undefined && accepts(text, holder)))
      return { error: malformed, hint: `${name} is malformed` }
  }
  return undefined
}

const brokenBounds = (attributes: JsonObject): Refusal | undefined => {
  const given = (name: string) => !readScalar(attributes, name).absent
  if (!given('Amount') || !(given('SuggestedMinAmount') || given('SuggestedMaxAmount'))) return undefined
  return { error: 'ERROR_INVALID_ORDER_ATTRIBUTE', hint: 'Amount excludes SuggestedMinAmount and SuggestedMaxAmount' }
}

const toTerms = (data: JsonObject, attributes: JsonObject): DepositTerms => {
  const text = (name: string) => readScalar(attributes, name).text ?? ''
  const dataText = (name: string) => readScalar(data, name).text ?? ''
  const amount = (name: string) => parseAmount(text(name), text('Currency'))
  return {
    notificationUrl: dataText('NotificationURL'),
    endUserId: dataText('EndUserID'),
    messageId: dataText('MessageID'),
    country: text('Country'),
    currency: text('Currency'),
    amount: amount('Amount'),
    least: amount('SuggestedMinAmount'),
    most: amount('SuggestedMaxAmount'),
    payee: text('ShopperStatement'),
    successUrl: text('SuccessURL'),
    failUrl: text('FailURL'),
    urlTarget: readScalar(attributes, 'URLTarget').text,
    hold: text('HoldNotifications') === '1',
  }
}
