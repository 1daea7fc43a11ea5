import type { HttpAnswer } from '../http-server.ts'
import { encodeForm } from './form.ts'
import { formatAmount } from './money.ts'
import { statusText } from './status-codes.ts'

/** What every answer to a payment action tells; `orderid` is a byte string. */
type Told = {
  readonly status: number
  readonly transactionid?: string
  readonly amount?: bigint
  readonly currency?: string
  readonly orderid?: string
}

/** An answer as `key=value` text, old and new spellings side by side; `more` comes after the common fields. */
export const formAnswer = (
  { status, transactionid = '', amount, currency = '', orderid = '' }: Told,
  more: ReadonlyArray<readonly [string, string]> = [],
): HttpAnswer => {
  const message = statusText(status)
  const money = amount === undefined ? '' : formatAmount(amount)
  return {
    status: 200,
    // The vendor's own content type is not published.
    headers: { 'Content-Type': 'text/plain; charset=ISO-8859-1' },
    body: encodeForm([
      ['transactionid', transactionid],
      ['transid', transactionid],
      ['status', String(status)],
      ['errormessage', message],
      ['errmsg', message],
      ['amount', money],
      ['price', money],
      ['currency', currency],
      ['orderid', orderid],
      ...more,
    ]),
  }
}
