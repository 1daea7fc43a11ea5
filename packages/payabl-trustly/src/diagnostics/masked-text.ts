/** One part of the hashed text: a parameter's bytes, one per character. */
export type HashedPart = readonly [name: string, value: string]

/**
 * The hashed text, for people to read: the secret as its name, and `*` for each byte of a value that may be personal or secret.
 * Only parameters that are known to be neither are shown.
 */
export const maskedText = (parts: readonly HashedPart[]): string =>
  `${parts.map(([name, value]) => (shown.has(name) ? printable(value) : '*'.repeat(value.length))).join('')}<secret>`

const printable = (value: string): string => value.replace(/[^\x20-\x7e]/g, '*')

/** Not `notification_url`, which holds a callback token. */
const shown: ReadonlySet<string> = new Set(
  `merchantid orderid external_id transactionid amount currency payment_method country bankcountry language type
  start_date end_date url_success url_failed url_return errorcode timestamp payment_state`.split(/\s+/),
)

/** A parameter's name, if it has the shape of one: a value may be in its place. */
export const shownName = (name: string): string => (/^[a-z][\w.[\]-]{0,39}$/i.test(name) ? name : '(no name)')
