import type { HttpResponse } from '../../platform/http-server.ts'
import type { PayablAssumptions } from '../assumptions/assumptions.ts'
import { encodeForm } from './form.ts'
import { formatAmount } from './money.ts'
import { statusText } from './status-codes.ts'

/** What every answer to a payment action tells; `orderid` is a byte string. */
type ResponseFields = {
  readonly status: number
  readonly transactionid?: string
  readonly amount?: bigint
  readonly currency?: string
  readonly orderid?: string
  /** Fields that come after the common ones. */
  readonly more?: ReadonlyArray<readonly [string, string]>
}

/** An answer as `key=value` text, old and new spellings side by side. */
export const formAnswer = (
  { status, transactionid = '', amount, currency = '', orderid = '', more = [] }: ResponseFields,
  { answerContentType, echo }: PayablAssumptions,
): HttpResponse => {
  // MyBank's page prints 0 for what has to wait for the customer, with this very text.
  const isPending = status === 2000 || more.some(([name]) => name === 'redirect_url')
  const message = statusText(isPending ? 2000 : status)
  const money = amount === undefined ? '' : formatAmount(amount)
  return {
    status: 200,
    ...(answerContentType !== '' && { headers: { 'Content-Type': answerContentType } }),
    body: encodeForm([
      ['transactionid', transactionid],
      ['transid', transactionid],
      ['status', String(status)],
      ['errormessage', message],
      ['errmsg', message],
      ['amount', money],
      ['price', money],
      ['currency', echo === 'filled' ? currency : ''],
      ['orderid', echo === 'filled' ? orderid : ''],
      ...more,
    ]),
  }
}
