import { hash } from 'node:crypto'
import { type Either, either, isLeft, pipe } from '@railswitch/core'
import { type SecurityFailure, verifySecurity } from '../callbacks/security.ts'
import { type FormFailure, type FormRecord, parseForm } from '../wire/form.ts'
import { bytesOf } from './bytes-of.ts'
import { maskedText, shownName } from './masked-text.ts'

/** What a notification's body says of itself. */
export interface CallbackExplanation {
  /** The four fields that `security` covers, in the order in which they are hashed. */
  readonly names: readonly string[]
  /** The text that is hashed, with the secret masked. */
  readonly masked: string
  /** A secret of these makes its `security`. */
  readonly genuine: boolean
  /** What is wrong with it, for a person; null when it is genuine. */
  readonly mistake: string | null
  /** Fields that came and that `security` does not cover: anybody on the way may have changed them. */
  readonly uncovered: readonly string[]
}

/** Whether a notification is payabl's, what that proves and what it leaves open. Left: the body is no form. Pure.
 *  @see https://docs.payabl.com/docs/signature-calculation (read 2026-11-21) */
export const explainCallback = (
  body: string | Uint8Array,
  secrets: readonly string[],
): Either<FormFailure, CallbackExplanation> =>
  pipe(
    parseForm(bytesOf(body)),
    either.map((form) => {
      const proven = verifySecurity(form, secrets)
      return {
        names: covered,
        masked: maskedText(covered.map((name) => [name, form[name] ?? ''])),
        genuine: !isLeft(proven),
        mistake: isLeft(proven) ? mistakeOf(proven.left, form, secrets) : null,
        uncovered: Object.keys(form)
          .filter((name) => name !== 'security' && !covered.includes(name))
          .map(shownName),
      }
    }),
  )

const covered: readonly string[] = ['transactionid', 'type', 'errorcode', 'timestamp']

const mistakeOf = (failure: SecurityFailure, form: FormRecord, secrets: readonly string[]): string => {
  const { security = '' } = form
  const known = secrets
    .flatMap((secret) => mistakesWith(form, secret))
    .find(([, made]) => made === security.toLowerCase())
  if (known) return known[0]
  if (failure.reason === 'mismatch') return 'No secret of these makes this security.'
  return form[failure.field] === undefined
    ? `There is no ${failure.field}.`
    : `${failure.field} is not as payabl sends it.`
}

/** What a notification is taken for when it is confused with something else. */
const mistakesWith = (form: FormRecord, secret: string): readonly (readonly [string, string])[] => {
  const { security: _, signature: __, ...rest } = form
  const sorted = Object.keys(rest)
    .sort()
    .map((name) => rest[name])
    .join('')
  const four = covered.map((name) => form[name] ?? '').join('')
  return [
    ['It is signed as requests are: SHA-1 over all values.', hash('sha1', sorted + secret)],
    ['All values are hashed, not the four.', hash('sha256', sorted + secret)],
    ['It is a SHA-1: notifications carry a SHA-256.', hash('sha1', four + secret)],
    ['The secret stands in front of the values, not behind them.', hash('sha256', secret + four)],
    ['The secret is left out: anybody can make that.', hash('sha256', four)],
    ['It is in upper case.', hash('sha256', four + secret)],
  ]
}
