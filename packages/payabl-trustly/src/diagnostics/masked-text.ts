/** One part of the text that is hashed: a parameter's bytes, one character each. */
export type HashedPart = readonly [name: string, value: string]

/** The text that is hashed, for a person to read: the secret by its name, and `*` for each byte of whatever may be
 *  personal or grant access. Every name is hidden that is not known to be neither. */
export const maskedText = (parts: readonly HashedPart[]): string =>
  `${parts.map(([name, value]) => (shown.has(name) ? printable(value) : '*'.repeat(value.length))).join('')}<secret>`

const printable = (value: string): string => value.replace(/[^\x20-\x7e]/g, '*')

/** Not `notification_url`: it holds a callback token. */
const shown: ReadonlySet<string> = new Set(
  `merchantid orderid external_id transactionid amount currency payment_method country bankcountry language type
  start_date end_date url_success url_failed url_return errorcode timestamp payment_state`.split(/\s+/),
)

/** A name, where it is one: what was put in its place may be anything. */
export const shownName = (name: string): string => (/^[a-z][\w.[\]-]{0,39}$/i.test(name) ? name : '(no name)')
