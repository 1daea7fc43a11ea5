import * as z from 'zod'
import { isLeft } from './fp.ts'
import { rule } from './issue.ts'
import { type Money, parseMoney, toMinorUnits } from './money.ts'
import { lastAttempt, referencePattern, referenceRule } from './reference.ts'

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
