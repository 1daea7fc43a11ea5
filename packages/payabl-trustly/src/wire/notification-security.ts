import { hash, timingSafeEqual } from 'node:crypto'
import { type Either, left, right } from '@railswitch/core/provider'

/** The four fields that `security` covers, as received. It does not cover amount, currency, orderid and payment_state. */
export interface SecuredFields {
  readonly transactionid: string
  readonly type: string
  readonly errorcode: string
  readonly timestamp: string
}

/** `malformed` names a field (or `security`) with another shape; `mismatch`: none of the secrets made it. Holds no values. */
export type SecurityFailure =
  | { readonly kind: 'security'; readonly reason: 'malformed'; readonly field: keyof SecuredFields | 'security' }
  | { readonly kind: 'security'; readonly reason: 'mismatch' }

/**
 * The shapes of the covered fields. With them, the hashed text can be cut into fields in one way only: digits, letters, an
 * integer, and exactly ten digits (Unix seconds, 2001 to 2286).
 */
export const securedShapes: Readonly<Record<keyof SecuredFields, RegExp>> = {
  transactionid: /^[0-9]{1,50}$/,
  type: /^[A-Za-z_]{1,40}$/,
  errorcode: /^-?[0-9]{1,9}$/,
  timestamp: /^[1-9][0-9]{9}$/,
}

/**
 * Proves that payabl made the four covered fields: `security` is 64 lower-case hex digits, the SHA-256 over transactionid, type,
 * errorcode, timestamp and the secret, in this order. Any of the secrets is accepted (rotation).
 * @see https://docs.payabl.com/docs/signature-calculation (read 2026-11-21)
 */
export const verifySecurity = (
  received: Readonly<Record<string, string | undefined>>,
  secrets: readonly string[],
): Either<SecurityFailure, SecuredFields> => {
  const { transactionid = '', type = '', errorcode = '', timestamp = '', security = '' } = received
  const fields: SecuredFields = { transactionid, type, errorcode, timestamp }
  const misshapen = fieldNames.find((name) => !securedShapes[name].test(fields[name]))
  if (misshapen !== undefined) return malformed(misshapen)
  if (!/^[0-9a-f]{64}$/.test(security)) return malformed('security')
  const given = Buffer.from(security, 'latin1')
  let genuine = false
  // Every secret is tried, so the time does not reveal which one fits.
  for (const secret of secrets) {
    const same = timingSafeEqual(Buffer.from(securityOf(fields, secret), 'latin1'), given)
    genuine = (same && secret !== '') || genuine
  }
  return genuine ? right(fields) : left({ kind: 'security', reason: 'mismatch' })
}

const fieldNames = ['transactionid', 'type', 'errorcode', 'timestamp'] as const

const malformed = (field: keyof SecuredFields | 'security') =>
  left({ kind: 'security' as const, reason: 'malformed' as const, field })

const securityOf = ({ transactionid, type, errorcode, timestamp }: SecuredFields, secret: string): string =>
  hash('sha256', transactionid + type + errorcode + timestamp + secret, 'hex')
