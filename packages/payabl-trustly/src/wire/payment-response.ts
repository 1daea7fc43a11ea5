import { type Either, isLeft, left, right } from '@railswitch/core/provider'
import * as z from 'zod'
import { type CodeEffect, describeCode } from '../error-codes.ts'
import { byteTextOf, type FormFailure, parseForm } from './form.ts'

/**
 * The response to a payment call, in payabl's names; blank fields are absent. `status` is the result code: `0`, `2000` or an
 * error. `redirect_url` is absolute http(s). The response is not signed: TLS is its only protection.
 * @see https://docs.payabl.com/docs/refund-1 and /reference/pre-authorization-1 (read 2026-11-21)
 */
export interface PaymentResponse {
  status: string
  transactionid: string | undefined
  errormessage: string | undefined
  amount: string | undefined
  currency: string | undefined
  orderid: string | undefined
  payment_method: string | undefined
  user_id: string | undefined
  redirect_url: string | undefined
}

/** A response that cannot be read: whether the call had an effect is unknown. `field` is a field of the schema, or `body`. */
export type PaymentResponseFailure = FormFailure | { readonly kind: 'response'; readonly field: string }

/** Reads a response of payment_preauthorize, _cft, _refund, _capture or _reversal. Unknown fields are ignored. */
export const readPaymentResponse = (body: Uint8Array): Either<PaymentResponseFailure, PaymentResponse> => {
  const form = parseForm(body)
  if (isLeft(form)) return form
  const response = responseSchema.safeParse(form.right)
  if (response.success) return right(response.data)
  return left({ kind: 'response', field: String(response.error.issues[0]?.path[0] ?? 'body') })
}

/** Whether a body can be a response although its HTTP status is not 200: business errors are forms with a `status`. */
export const looksLikeResponse = (body: Uint8Array): boolean =>
  /(?:^|&)status=-?\d/.test(byteTextOf(body.subarray(0, 65_536)))

/**
 * The effect of a response: `in` is a pay-in, `out` a refund or payout. A redirect_url means pending, whatever the status:
 * payabl's MyBank page shows `status=0` with it. @see https://docs.payabl.com/docs/mybank (read 2026-11-21)
 */
export const classifyResponse = (
  { status, errormessage, redirect_url }: Pick<PaymentResponse, 'status' | 'errormessage' | 'redirect_url'>,
  money: 'in' | 'out',
): CodeEffect => {
  const effect = describeCode(status, errormessage).effect[money]
  return effect === 'accepted' && redirect_url !== undefined ? 'pending' : effect
}

const text = z
  .string()
  .optional()
  .transform((value) => value?.trim() || undefined)

const vendorId = text.refine((value) => value === undefined || /^\d{1,50}$/.test(value))

/** The form encoding escapes it once; some responses of payabl have it escaped twice. */
const redirectUrl = text
  .transform((value) => (value && /^https?%3a/i.test(value) ? decodeTwice(value) : value))
  .refine((value) => value === undefined || (URL.canParse(value) && /^https?:\/\//i.test(value)))

const decodeTwice = (value: string): string => {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

const responseSchema = z
  .object({
    status: z.string().regex(/^-?\d{1,9}$/),
    transactionid: vendorId,
    transid: vendorId,
    errormessage: text,
    errmsg: text,
    amount: text,
    price: text,
    currency: text,
    orderid: text,
    payment_method: text,
    user_id: text,
    redirect_url: redirectUrl,
  })
  // transid, errmsg and price are deprecated names of the same fields.
  .transform(({ transid, errmsg, price, ...response }) => ({
    ...response,
    transactionid: response.transactionid ?? transid,
    errormessage: response.errormessage ?? errmsg,
    amount: response.amount ?? price,
  }))
