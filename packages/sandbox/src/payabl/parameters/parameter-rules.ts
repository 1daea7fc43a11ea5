import { isLoopback, isWebAddress } from '../../platform/web-address.ts'
import type { PayablAssumptions } from '../assumptions/assumptions.ts'
import type { Account } from '../state/merchant.ts'
import { type Form, textOf } from '../wire/form.ts'
import { currencies, parseAmount } from '../wire/money.ts'
import type { Refusal } from '../wire/status-codes.ts'

/** What a parameter must be. `wrong` is the status of a malformed one, `missing` that of a needed one that is not
 *  there: -6000 unless the published list has a code for it. */
export type FieldRule = {
  readonly name: string
  readonly needed: boolean
  readonly wrong: number
  readonly missing: number
  readonly accepts: (text: string) => boolean
  readonly hint?: string
}

/** Whose request it is, and what is assumed of the vendor. */
export type Terms = { readonly account: Account; readonly assumptions: PayablAssumptions }

type Codes = { readonly wrong?: number; readonly missing?: number; readonly hint?: string }

export const needed = (name: string, accepts: FieldRule['accepts'], codes: Codes = {}): FieldRule => ({
  wrong: -6000,
  missing: -6000,
  ...codes,
  name,
  needed: true,
  accepts,
})

export const optional = (name: string, accepts: FieldRule['accepts'], codes: Codes = {}): FieldRule => ({
  ...needed(name, accepts, codes),
  needed: false,
})

/** Up to that many characters. */
export const upTo =
  (most: number) =>
  (text: string): boolean =>
    [...text].length <= most

export const isEmail = (text: string): boolean => upTo(50)(text) && /^[^\s@]+@[^\s@]+$/.test(text)

/** `ddmmyyyy`. */
export const isBirthday = (text: string): boolean => /^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{4}$/.test(text)

export const isTransactionId = (text: string): boolean => /^\d{1,50}$/.test(text)

/** https, and plain http on loopback. */
export const isNotificationUrl = (text: string): boolean =>
  upTo(255)(text) && isWebAddress(text) && (/^https:/i.test(text) || isLoopback(text))

/** `amount` and `currency`. A currency that is not enabled gets -6000, unlike one that is none. */
export const moneyRules = ({ account, assumptions }: Terms): readonly FieldRule[] => [
  needed('amount', (text) => parseAmount(text, assumptions.amountDecimals) !== undefined, {
    wrong: -6102,
    hint: 'amount has neither no decimals nor two, or is not more than 0',
  }),
  needed('currency', (text) => /^[A-Z]{3}$/.test(text), { wrong: -6103 }),
  needed('currency', (text) => (account.currencies ?? currencies).has(text), { hint: 'the currency is not enabled' }),
]

/** Trustly's number among the payment methods. */
export const isTrustly: FieldRule = needed('payment_method', (text) => text === '116', { wrong: -1316 })

export const orderRule = ({ assumptions }: Terms): FieldRule => optional('orderid', upTo(assumptions.longestOrderid))

export const notificationRules: readonly FieldRule[] = [
  optional('notification_url', isNotificationUrl),
  optional('external_id', upTo(255)),
]

/** The first rule that a form breaks. An empty parameter counts as missing. */
export const firstBroken = (
  form: Form,
  rules: readonly FieldRule[],
  { wrongFieldStatus }: PayablAssumptions,
): Refusal | undefined => {
  for (const { name, needed, wrong, missing, accepts, hint } of rules) {
    const text = fieldOf(form, name)
    if (text === undefined && needed) return { status: missing, hint: `${name} is missing` }
    if (text === undefined || accepts(text)) continue
    return { status: wrongFieldStatus === 'own' ? wrong : wrongFieldStatus, hint: hint ?? `${name} is malformed` }
  }
  return undefined
}

export type Money = { readonly amount: bigint; readonly currency: string }

/** `amount` and `currency` of a form that keeps to their rules. */
export const moneyOf = (form: Form, { amountDecimals }: PayablAssumptions): Money => ({
  amount: parseAmount(fieldOf(form, 'amount') ?? '', amountDecimals) ?? 0n,
  currency: textOf(form, 'currency') ?? '',
})

// `price` is the deprecated name of the amount.
const fieldOf = (form: Form, name: string): string | undefined =>
  textOf(form, name) ?? (name === 'amount' ? textOf(form, 'price') : undefined)
