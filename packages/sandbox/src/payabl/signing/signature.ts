import { createHash } from 'node:crypto'

/** SHA-1 over the decoded values, unknown and empty ones too, in the byte order of their names, and then the secret.
 *  Lower-case hex. Names, values and secret are byte strings.
 *  @see https://docs.payabl.com/docs/signature-calculation */
export const signRequest = (values: ReadonlyMap<string, string>, secret: string): string =>
  hash('sha1', signedParts(values, secret).join(''))

/** The parts of the text that is hashed: the values, and then the secret. */
export const signedParts = (values: ReadonlyMap<string, string>, secret: string): readonly string[] => {
  const names = [...values.keys()].filter((name) => name !== 'signature').sort()
  return [...names.map((name) => values.get(name) ?? ''), secret]
}

/** The fields that a notification's `security` covers. State, amount, currency and order are not covered. */
export interface SecuredFields {
  readonly transactionid: string
  readonly type: string
  readonly errorcode: string
  readonly timestamp: string
}

/** SHA-256 over four fields in this order, and then the secret. Lower-case hex.
 *  @see https://docs.payabl.com/docs/signature-calculation */
export const signNotification = (
  { transactionid, type, errorcode, timestamp }: SecuredFields,
  secret: string,
): string => hash('sha256', transactionid + type + errorcode + timestamp + secret)

const hash = (algorithm: 'sha1' | 'sha256', bytes: string): string =>
  createHash(algorithm).update(bytes, 'latin1').digest('hex')
