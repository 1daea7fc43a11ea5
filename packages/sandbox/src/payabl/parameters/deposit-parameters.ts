import { isIP } from 'node:net'
import { isWebAddress } from '../../platform/web-address.ts'
import type { DepositTerms } from '../state/payment.ts'
import { headerCountries, pageLanguages, payInCountries } from '../wire/countries.ts'
import { type Form, textOf } from '../wire/form.ts'
import type { Refusal } from '../wire/status-codes.ts'
import {
  type FieldRule,
  firstViolation,
  isBirthday,
  isEmail,
  isTrustly,
  moneyOf,
  moneyRules,
  notificationRules,
  optional,
  orderRule,
  required,
  type Terms,
  upTo,
} from './parameter-rules.ts'

const isPageUrl = (text: string) => upTo(255)(text) && isWebAddress(text)
const isNumber = (text: string) => /^\d{1,20}$/.test(text)

/** The rows of the parameter table. */
const rulesOf = (terms: Terms): readonly FieldRule[] => {
  const { payInCountries: source, wrongCountryStatus, wrongMobileStatus, neededFields, longestName } = terms.assumptions
  // The reference marks only the money, the method and the email as required; its list is truncated.
  const listed = neededFields === 'listed' ? required : optional
  const isCountry = (text: string) => payInCountries.has(text) && (source === 'table' || headerCountries.has(text))
  return [
    orderRule(terms),
    ...moneyRules(terms),
    isTrustly,
    // Required in any case: without a country the page has no banks to show.
    required('country', isCountry, { wrong: wrongCountryStatus }),
    listed('language', (text) => pageLanguages.has(text), { wrong: -6109 }),
    required('email', isEmail, { wrong: -6119 }),
    listed('firstname', upTo(longestName), { wrong: -6113 }),
    listed('lastname', upTo(longestName), { wrong: -6105 }),
    listed('url_success', isPageUrl),
    listed('url_failed', isPageUrl),
    listed('url_return', isPageUrl),
    ...notificationRules,
    optional('customerip', (text) => upTo(39)(text) && isIP(text) !== 0),
    optional('birthday', isBirthday, { wrong: -6115 }),
    optional('salutation', upTo(10), { wrong: -6110 }),
    optional('title', upTo(20), { wrong: -6111 }),
    optional('gender', (text) => /^[MF]$/.test(text), { wrong: -6112 }),
    optional('street', upTo(100), { wrong: -6106 }),
    optional('house', upTo(10), { wrong: -6116 }),
    optional('postbox', upTo(20), { wrong: -6117 }),
    optional('zip', upTo(10), { wrong: -6107 }),
    optional('city', upTo(40), { wrong: -6108 }),
    optional('state', upTo(30), { wrong: -6118 }),
    optional('phone', isNumber, { wrong: -6120 }),
    optional('fax', isNumber, { wrong: -6121 }),
    optional('mobile', isNumber, { wrong: wrongMobileStatus }),
  ]
}

/** Checks a preauthorize for Trustly.
 *  @see https://docs.payabl.com/docs/trustly */
export const readDeposit = (form: Form, terms: Terms): DepositTerms | Refusal => {
  const broken = firstViolation(form, rulesOf(terms), terms.assumptions)
  if (broken) return broken
  const text = (name: string) => textOf(form, name) ?? ''
  return {
    ...moneyOf(form, terms.assumptions),
    country: text('country'),
    language: text('language'),
    accountHolder: `${text('firstname')} ${text('lastname')}`.trim(),
    urlSuccess: text('url_success'),
    urlFailed: text('url_failed'),
    urlReturn: text('url_return'),
  }
}
