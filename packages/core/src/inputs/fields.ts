import * as z from 'zod'
import { rule } from '../errors/issue.ts'
import { isLeft } from '../fp.ts'
import { type Money, parseMoney, toMinorUnits } from '../values/money.ts'
import { type PaymentRef, parsePaymentRef } from '../values/payment-ref.ts'
import { lastAttempt, referencePattern, referenceRule } from '../values/reference.ts'

/** Text that reaches a vendor: trimmed, of at least one and at most `most` characters, without control characters. */
export const text = (most: number) =>
  z
    .string()
    .refine(
      (value) => value.trim() === value && value.length > 0 && value.length <= most && !/\p{Cc}/u.test(value),
      rule(
        `must be 1 to ${most} characters without white space around them and without control characters`,
        'trim and shorten it',
      ),
    )

/** What a person wrote for the record, in lines if need be: not empty, and nothing that a database refuses in text. */
export const isNote = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 200 && !/[\0\p{Cs}]/u.test(value)

/** The key of an intent. */
export const referenceFields = {
  reference: z.string().refine((value) => referencePattern.test(value), referenceRule),
  attempt: z
    .number()
    .refine(
      (value) => Number.isInteger(value) && value >= 1 && value <= lastAttempt,
      rule(`must be a whole number from 1 to ${lastAttempt}`, 'leave it out for the first attempt'),
    )
    .optional(),
}

/** Canonical or canonicalisable money above zero. Checks only: `parseMoney` makes the canonical form afterwards. */
export const positiveMoney: z.ZodType<Money> = z.custom<Money>().superRefine((given, context) => {
  const parsed = parseMoney(given)
  const issues = isLeft(parsed)
    ? parsed.left
    : toMinorUnits(parsed.right) === 0n
      ? [{ field: 'value', rule: 'must be above zero', fix: 'leave the call out when there is nothing to move' }]
      : []
  for (const { field, rule: message, fix } of issues)
    context.addIssue({ code: 'custom', path: [field], message, params: { fix } })
})

export const day = z
  .string()
  .refine(
    (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)),
    rule('must be a date of ISO 8601', "write it such as '1979-01-31'"),
  )

/** A payment of which the vendor may have reported the customer's account. */
export const paymentWithAccount = z.custom<PaymentRef>(
  (value) => {
    const kind = typeof value === 'string' ? parsePaymentRef(value)?.kind : undefined
    return kind === 'deposit' || kind === 'account'
  },
  rule("must be a deposit's or an account's payment ref", 'pass the `payment` that deposit() or account() gave'),
)
