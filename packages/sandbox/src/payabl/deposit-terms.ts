import { isIP } from 'node:net'
import { isWebAddress } from '../web-address.ts'
import { pageLanguages, payInCountries } from './countries.ts'
import {
  type FieldRule,
  firstBroken,
  isBirthday,
  isEmail,
  isNotificationUrl,
  isTrustly,
  type Money,
  needed,
  optional,
  readMoney,
  upTo,
} from './field-rules.ts'
import { type Form, textOf } from './form.ts'
import type { Account } from './merchant.ts'
import type { Refusal } from './status-codes.ts'

/** What a correct preauthorize asks for. */
export type DepositTerms = Money & {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly accountHolder: string
  readonly urlSuccess: string
  readonly urlFailed: string
  readonly urlReturn: string
}

const isPageUrl = (text: string) => upTo(255)(text) && isWebAddress(text)

// Which of these the vendor really demands is not stated row by row: all that its Trustly page lists, but orderid.
const rules: readonly FieldRule[] = [
  isTrustly,
  // 40 on the Trustly page, 30 elsewhere.
  optional('orderid', upTo(40)),
  needed('country', (text) => payInCountries.has(text)),
  needed('language', (text) => pageLanguages.has(text), -6109),
  needed('email', isEmail, -6119),
  needed('firstname', upTo(50), -6113),
  needed('lastname', upTo(50), -6105),
  needed('url_success', isPageUrl),
  needed('url_failed', isPageUrl),
  needed('url_return', isPageUrl),
  optional('notification_url', isNotificationUrl),
  optional('external_id', upTo(255)),
  optional('customerip', (text) => upTo(39)(text) && isIP(text) !== 0),
  optional('birthday', isBirthday, -6115),
  optional('salutation', upTo(10), -6110),
  optional('title', upTo(20), -6111),
  optional('gender', (text) => /^[MF]$/.test(text), -6112),
  optional('street', upTo(100), -6106),
  optional('house', upTo(10), -6116),
  optional('postbox', upTo(20), -6117),
  optional('zip', upTo(10), -6107),
  optional('city', upTo(40), -6108),
  optional('state', upTo(30), -6118),
  optional('phone', (text) => /^\d{1,20}$/.test(text), -6120),
]

/** Checks a preauthorize for Trustly.
 *  @see https://docs.payabl.com/docs/trustly */
export const readDeposit = (form: Form, account: Account): DepositTerms | Refusal => {
  const money = readMoney(form, account)
  if ('status' in money) return money
  const broken = firstBroken(form, rules)
  if (broken) return broken
  const text = (name: string) => textOf(form, name) ?? ''
  return {
    ...money,
    country: payInCountries.get(text('country')) ?? '',
    accountHolder: `${text('firstname')} ${text('lastname')}`,
    urlSuccess: text('url_success'),
    urlFailed: text('url_failed'),
    urlReturn: text('url_return'),
  }
}
