import { createHash } from 'node:crypto'
import { validationRule } from '../errors/issue.ts'

/** What a merchant may use as a reference. UUIDs and hashes fit. */
export const referencePattern = /^[A-Za-z0-9_-]{1,200}$/
export const referenceRule = validationRule(
  'must be 1 to 200 of A-Z a-z 0-9 _ -',
  'use your own order id without spaces',
)

/** An attempt has at most two digits, so that a reference with its attempt fits payabl's 30 characters. */
export const lastAttempt = 99

/**
 * The reference as it is sent to a vendor: unchanged up to 27 characters; a longer one as `h-` and 25 characters of its SHA-256
 * (base64url, 150 bits). The store contains the merchant's own reference.
 */
export const wireReference = (reference: string): string =>
  reference.length <= 27 ? reference : `h-${createHash('sha256').update(reference).digest('base64url').slice(0, 25)}`

/**
 * The id that a vendor receives, at most 30 characters of `[A-Za-z0-9_-]`: the reference for a first attempt, with `_n` appended for
 * the nth. If a reference itself ends like that, its first attempt gets `_1`, so that no two keys share an id.
 */
export const merchantReference = ({ reference, attempt }: { reference: string; attempt: number }): string => {
  const wire = wireReference(reference)
  return attempt === 1 && !/_\d{1,2}$/.test(wire) ? wire : `${wire}_${attempt}`
}
