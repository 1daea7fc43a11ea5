import { isLoopback, isWebAddress } from '../../platform/web-address.ts'
import type { PayablAssumptions } from '../assumptions/assumptions.ts'
import type { Account } from '../state/merchant.ts'
import { type Form, textOf } from '../wire/form.ts'
import { currencies, type Money, parseAmount } from '../wire/money.ts'
import type { Refusal } from '../wire/status-codes.ts'

/** The rule for one parameter. `wrong` is the status for a malformed one, `missing` that for a required one that is
 *  absent: -6000 unless the published list has a code for it. */
export interface FieldRule {
  readonly name: string
  readonly required: boolean
  readonly wrong: number
  readonly missing: number
  readonly accepts: (text: string) => boolean
  readonly hint?: string
}

/** The merchant of a request, and the answers to open questions. */
export interface Terms {
  readonly account: Account
  readonly assumptions: PayablAssumptions
}

interface Codes {
  readonly wrong?: number
  readonly missing?: number
  readonly hint?: string
}

export const required = (name: string, accepts: FieldRule['accepts'], codes: Codes = {}): FieldRule => ({
  wrong: -6000,
  missing: -6000,
  ...codes,
  name,
  required: true,
  accepts,
})

export const optional = (name: string, accepts: FieldRule['accepts'], codes: Codes = {}): FieldRule => ({
  ...required(name, accepts, codes),
  required: false,
})

/** Accepts up to `most` characters. */
export const upTo =
  (most: number) =>
  (text: string): boolean =>
    [...text].length <= most

export const isEmail = (text: string): boolean => upTo(50)(text) && /^[^\s@]+@[^\s@]+$/.test(text)

/** `ddmmyyyy`. */
export const isBirthday = (text: string): boolean => /^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{4}$/.test(text)

export const isTransactionId = (text: string): boolean => /^\d{1,50}$/.test(text)

/** https, or plain http on loopback. */
export const isNotificationUrl = (text: string): boolean =>
  upTo(255)(text) && isWebAddress(text) && (/^https:/i.test(text) || isLoopback(text))

/** `amount` and `currency`. A currency that is not enabled gets -6000, unlike an invalid one. */
export const moneyRules = ({ account, assumptions }: Terms): readonly FieldRule[] => [
  required('amount', (text) => parseAmount(text, assumptions.amountDecimals) !== undefined, {
    wrong: -6102,
    hint: 'amount must have no decimals or two, and be more than 0',
  }),
  required('currency', (text) => /^[A-Z]{3}$/.test(text), { wrong: -6103 }),
  required('currency', (text) => (account.currencies ?? currencies).has(text), { hint: 'the currency is not enabled' }),
]

/** Trustly's number among the payment methods. */
export const isTrustly: FieldRule = required('payment_method', (text) => text === '116', { wrong: -1316 })

export const orderRule = ({ assumptions }: Terms): FieldRule => optional('orderid', upTo(assumptions.longestOrderid))

export const notificationRules: readonly FieldRule[] = [
  optional('notification_url', isNotificationUrl),
  optional('external_id', upTo(255)),
]

/** The refusal for the first rule that a form violates. An empty parameter counts as missing. */
export const firstViolation = (
  form: Form,
  rules: readonly FieldRule[],
  { wrongFieldStatus }: PayablAssumptions,
): Refusal | undefined => {
  for (const { name, required, wrong, missing, accepts, hint } of rules) {
    const text = fieldOf(form, name)
    if (text === undefined && required) return { status: missing, hint: `${name} is missing` }
    if (text === undefined || accepts(text)) continue
    return { status: wrongFieldStatus === 'own' ? wrong : wrongFieldStatus, hint: hint ?? `${name} is malformed` }
  }
  return undefined
}

/** `amount` and `currency` of a valid form. */
export const moneyOf = (form: Form, { amountDecimals }: PayablAssumptions): Money => ({
  amount: parseAmount(fieldOf(form, 'amount') ?? '', amountDecimals) ?? 0n,
  currency: textOf(form, 'currency') ?? '',
})

// `price` is the deprecated name of the amount.
const fieldOf = (form: Form, name: string): string | undefined =>
  textOf(form, name) ?? (name === 'amount' ? textOf(form, 'price') : undefined)
