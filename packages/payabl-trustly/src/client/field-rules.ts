import { languages } from '../wire/markets.ts'

/** What the value of a parameter must be. `mustBe` completes "must be …". */
export interface FieldRule {
  readonly mustBe: string
  readonly fits: (value: string) => boolean
}

const atMost = (most: number): FieldRule => ({
  mustBe: `1 to ${most} characters`,
  fits: (value) => value.length > 0 && value.length <= most,
})
const shape = (pattern: RegExp, mustBe: string): FieldRule => ({ mustBe, fits: (value) => pattern.test(value) })
const address: FieldRule = {
  mustBe: 'an http(s) address of at most 255 characters',
  fits: (value) => value.length <= 255 && /^https?:\/\//i.test(value) && URL.canParse(value),
}
const date = shape(/^\d{2}\.\d{2}\.\d{4}$/, 'a date as dd.mm.yyyy')

/**
 * The documented shape of each request parameter. Where payabl's pages differ (names of 30 or 50 characters), the Trustly page
 * takes precedence. `country` and `currency` have lists of their own.
 * @see https://docs.payabl.com/docs/trustly and /docs/parameters (read 2026-11-21)
 */
export const fieldRules: Readonly<Record<string, FieldRule>> = {
  merchantid: atMost(40),
  orderid: atMost(40),
  external_id: atMost(255),
  amount: shape(/^\d{1,8}(?:\.\d{2})?$/, 'digits with two decimals or none, at most 12345678.90'),
  currency: shape(/^[A-Z]{3}$/, 'three capitals of ISO 4217'),
  payment_method: shape(/^\d{1,4}$/, 'a number, 116 for Trustly'),
  country: shape(/^[A-Z]{3}$/, 'three capitals of ISO 3166-1 alpha-3'),
  language: { mustBe: `one of ${[...languages].join(' ')}`, fits: (value) => languages.has(value) },
  email: {
    mustBe: 'one e-mail address of at most 50 characters',
    fits: (value) => value.length <= 50 && /^[^\s@]+@[^\s@]+$/.test(value),
  },
  firstname: atMost(50),
  lastname: atMost(50),
  url_success: address,
  url_failed: address,
  url_return: address,
  notification_url: address,
  customerip: atMost(39),
  birthday: shape(/^\d{8}$/, 'a date as ddmmyyyy'),
  salutation: atMost(10),
  title: atMost(20),
  gender: shape(/^[MF]$/, 'M or F'),
  street: atMost(100),
  house: atMost(10),
  postbox: atMost(20),
  zip: atMost(10),
  city: atMost(40),
  state: atMost(30),
  phone: shape(/^\d{1,20}$/, 'at most 20 digits'),
  transactionid: shape(/^\d{1,50}(?:,\d{1,50})*$/, 'digits'),
  bankcountry: shape(/^[A-Z]{2}$/, 'two capitals of ISO 3166-1 alpha-2'),
  accountnumber: shape(/^[A-Z0-9]{1,34}$/, 'capitals and digits without spaces'),
  banknumber: shape(/^[A-Z0-9]{1,15}$/, 'capitals and digits without spaces'),
  start_date: date,
  end_date: date,
}
