import * as z from 'zod'
import { validationRule } from '../errors/issue.ts'
import { isLeft } from '../fp.ts'
import { isCountry } from '../values/country-and-locale.ts'
import { type Money, parseMoney, toMinorUnits } from '../values/money.ts'
import { type PaymentRef, parsePaymentRef } from '../values/payment-ref.ts'
import { lastAttempt, referencePattern, referenceRule } from '../values/reference.ts'
import type { ProviderOptions } from './provider-options.ts'
import { trimmedTextRule } from './text-rules.ts'

/** Text that is sent to a vendor. */
export const trimmedText = (max: number) => z.string().refine(...trimmedTextRule(max))

/** The key of an intent. */
export const referenceFields = {
  reference: z
    .string()
    .describe('your own id of it, such as an order number')
    .refine((value) => referencePattern.test(value), referenceRule),
  attempt: z
    .number()
    .refine(
      (value) => Number.isInteger(value) && value >= 1 && value <= lastAttempt,
      validationRule(`must be a whole number from 1 to ${lastAttempt}`, 'leave it out for the first attempt'),
    )
    .optional(),
}

/** Money above zero that `parseMoney` accepts. This only checks it; the canonical form is made by `parseMoney` afterwards. */
export const positiveMoney: z.ZodType<Money> = z.custom<Money>().superRefine((value, context) => {
  const parsed = parseMoney(value)
  if (typeof value !== 'object' || value === null) {
    const message = value === undefined ? 'is required' : 'must be money: { value, currency }'
    context.addIssue({
      code: 'custom',
      path: [],
      message,
      params: { fix: "pass the amount as text and its currency, such as { value: '10.00', currency: 'EUR' }" },
    })
    return
  }
  const issues = isLeft(parsed)
    ? parsed.left
    : toMinorUnits(parsed.right) === 0n
      ? [{ field: 'value', rule: 'must be above zero', fix: 'make no call if there is no money to move' }]
      : []
  for (const { field, rule: message, fix } of issues)
    context.addIssue({ code: 'custom', path: [field], message, params: { fix } })
})

export const day = z
  .string()
  .describe("a date such as '1979-01-31'")
  .refine(
    (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)),
    validationRule('must be a date of ISO 8601', "write it such as '1979-01-31'"),
  )

/** A payment with which the vendor may have reported the customer's account. */
export const paymentWithAccount = z.custom<PaymentRef>(
  (value) => {
    const kind = typeof value === 'string' ? parsePaymentRef(value)?.kind : undefined
    return kind === 'deposit' || kind === 'account' || kind === 'mandate'
  },
  validationRule(
    'must be the payment ref of a deposit, an account or a mandate',
    'pass the `payment` that deposit(), account() or mandate() returned',
  ),
)

export const customerId = trimmedText(100)

export const personName = trimmedText(50)

export const emailAddress = z
  .string()
  .describe('an e-mail address')
  .refine(
    (value) => value.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value),
    validationRule('must be one e-mail address', "write it such as 'name@shop.example'"),
  )

export const country = z
  .string()
  .describe("two capitals, such as 'SE' or 'GB'")
  .refine(
    isCountry,
    validationRule('is not a country of ISO 3166-1 alpha-2', "write two capitals, such as 'SE' or 'GB'"),
  )

/** They are part of the request that is compared when a call is repeated, so they must be JSON. */
const isJsonObject = (value: unknown): boolean => {
  try {
    return typeof value === 'object' && value !== null && JSON.stringify(value) !== undefined
  } catch {
    return false
  }
}

export const providerOptions = z
  .custom<ProviderOptions>(
    isJsonObject,
    validationRule('must be an object of JSON values', "pass { 'payabl-trustly': { … } } or leave it out"),
  )
  .optional()
