import { isLoopback, isWebAddress } from '../web-address.ts'
import { type Form, textOf } from './form.ts'
import type { Account } from './merchant.ts'
import { currencies, parseAmount } from './money.ts'
import type { Refusal } from './status-codes.ts'

/** What a parameter must be. `wrong` is the status of a malformed one; a missing one is always -6000. */
export type FieldRule = {
  readonly name: string
  readonly needed: boolean
  readonly wrong: number
  readonly accepts: (text: string) => boolean
}

export const needed = (name: string, accepts: FieldRule['accepts'], wrong = -6000): FieldRule => ({
  name,
  needed: true,
  wrong,
  accepts,
})

export const optional = (name: string, accepts: FieldRule['accepts'], wrong = -6000): FieldRule => ({
  name,
  needed: false,
  wrong,
  accepts,
})

/** Up to that many characters. */
export const upTo =
  (most: number) =>
  (text: string): boolean =>
    [...text].length <= most

export const isEmail = (text: string): boolean => upTo(50)(text) && /^[^\s@]+@[^\s@]+$/.test(text)

/** `ddmmyyyy`. */
export const isBirthday = (text: string): boolean => /^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{4}$/.test(text)

/** https, and plain http on loopback. */
export const isNotificationUrl = (text: string): boolean =>
  upTo(255)(text) && isWebAddress(text) && (/^https:/i.test(text) || isLoopback(text))

/** The first rule that a form breaks. An empty parameter counts as missing. */
export const firstBroken = (form: Form, rules: readonly FieldRule[]): Refusal | undefined => {
  for (const { name, needed, wrong, accepts } of rules) {
    const text = textOf(form, name)
    if (text === undefined && needed) return { status: -6000, hint: `${name} is missing` }
    if (text !== undefined && !accepts(text)) return { status: wrong, hint: `${name} is malformed` }
  }
  return undefined
}

export type Money = { readonly amount: bigint; readonly currency: string }

/** Reads `amount` and `currency`. A currency that is not enabled gets -6000, unlike one that is none. */
export const readMoney = (form: Form, account: Account): Money | Refusal => {
  // `price` is the deprecated name.
  const text = textOf(form, 'amount') ?? textOf(form, 'price')
  if (text === undefined) return { status: -6000, hint: 'amount is missing' }
  const amount = parseAmount(text)
  if (amount === undefined)
    return { status: -6102, hint: 'amount has neither no decimals nor two, or is not more than 0' }
  const currency = textOf(form, 'currency')
  if (currency === undefined) return { status: -6000, hint: 'currency is missing' }
  if (!/^[A-Z]{3}$/.test(currency)) return { status: -6103, hint: 'currency is malformed' }
  if (!(account.currencies ?? currencies).has(currency)) return { status: -6000, hint: 'the currency is not enabled' }
  return { amount, currency }
}

/** Trustly's number among the payment methods. */
export const isTrustly: FieldRule = needed('payment_method', (text) => text === '116', -1316)
