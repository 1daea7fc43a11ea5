import { hash } from 'node:crypto'
import { type Either, either, isLeft, pipe } from '@railswitch/core/provider'
import { bytesOf, type FormFailure, type FormRecord, parseForm } from '../wire/form.ts'
import { type SecurityFailure, verifySecurity } from '../wire/notification-security.ts'
import { maskedText, shownName } from './masked-text.ts'

/** Whether a notification is genuine, and if not, why. */
export interface CallbackDiagnostics {
  /** The four fields that `security` covers, in the order in which they are hashed. */
  readonly names: readonly string[]
  /** The hashed text, with the secret masked. */
  readonly masked: string
  /** One of the secrets makes its `security`. */
  readonly genuine: boolean
  /** What is wrong with it, for people to read; null if it is genuine. */
  readonly mistake: string | null
  /** Received fields that `security` does not cover: a third party can have changed them. */
  readonly uncovered: readonly string[]
}

/**
 * Finds out whether a notification is genuine, and if not, which known mistake makes its `security`. Left: the body is not a
 * form. Pure.
 * @see https://docs.payabl.com/docs/signature-calculation (read 2026-11-21)
 */
export const diagnoseCallback = (
  body: string | Uint8Array,
  secrets: readonly string[],
): Either<FormFailure, CallbackDiagnostics> =>
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
  if (failure.reason === 'mismatch') return 'None of the secrets makes this security.'
  return form[failure.field] === undefined
    ? `${failure.field} is missing.`
    : `${failure.field} does not have the form that payabl sends.`
}

/** Common mistakes, each with the `security` that it makes. */
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
    ['The secret is in front of the values, not behind them.', hash('sha256', secret + four)],
    ['The secret is left out: anybody can make such a hash.', hash('sha256', four)],
    ['It is in upper case.', hash('sha256', four + secret)],
  ]
}
