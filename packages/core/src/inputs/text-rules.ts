import { validationRule } from '../errors/issue.ts'

/** For `refine`: text that is sent to a vendor is trimmed, 1 to `max` characters, without control characters. */
export const trimmedTextRule = (max: number): [(value: string) => boolean, ReturnType<typeof validationRule>] => [
  (value) => value.trim() === value && value.length > 0 && value.length <= max && !/\p{Cc}/u.test(value),
  validationRule(
    `must be 1 to ${max} characters without white space around them and without control characters`,
    'trim and shorten it',
  ),
]

/** A note that a person wrote. It may have several lines. Characters that a database refuses in text are refused here. */
export const isAuditNote = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 200 && !/[\0\p{Cs}]/u.test(value)
