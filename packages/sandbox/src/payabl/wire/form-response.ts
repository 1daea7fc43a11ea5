import type { HttpResponse } from '../../platform/routes.ts'
import type { PayablAssumptions } from '../assumptions/assumptions.ts'
import { encodeForm } from './form.ts'
import { formatAmount } from './money.ts'
import { statusText } from './status-codes.ts'

/** The fields of every response to a payment action; `orderid` is a byte string. */
interface ResponseFields {
  readonly status: number
  readonly transactionid?: string
  readonly amount?: bigint
  readonly currency?: string
  readonly orderid?: string
  /** Fields after the common ones. */
  readonly more?: ReadonlyArray<readonly [string, string]>
}

/** A response as `key=value` text, with both the old and the new field names. */
export const formResponse = (
  { status, transactionid = '', amount, currency = '', orderid = '', more = [] }: ResponseFields,
  { answerContentType, echo }: PayablAssumptions,
): HttpResponse => {
  // MyBank's page prints status 0 with the text of 2000 for a payment that waits for the customer.
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
