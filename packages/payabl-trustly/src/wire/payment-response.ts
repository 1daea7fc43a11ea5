import { type Either, isLeft, left, right } from '@railswitch/core'
import * as z from 'zod'
import { describeCode, type Verdict } from '../describe-code.ts'
import { byteTextOf, type FormFailure, parseForm } from './form.ts'

/** What a payment call answered, in payabl's names; blank is absent. `status` is the result code: `0`, `2000` or an
 *  error. `redirect_url` is absolute http(s). Nothing signs it: TLS is its only protection.
 *  @see https://docs.payabl.com/docs/refund-1 and /reference/pre-authorization-1 (read 2026-11-21) */
export type Answer = z.infer<typeof answerSchema>

/** An answer that cannot be read: whether the call took effect is unknown. `field` is one of ours, or `body`. */
export type AnswerFailure = FormFailure | { readonly kind: 'answer'; readonly field: string }

/** Reads an answer of payment_preauthorize, _cft, _refund, _capture or _reversal; unknown fields are let pass. */
export const parseAnswer = (body: Uint8Array): Either<AnswerFailure, Answer> => {
  const form = parseForm(body)
  if (isLeft(form)) return form
  const answer = answerSchema.safeParse(form.right)
  if (answer.success) return right(answer.data)
  return left({ kind: 'answer', field: String(answer.error.issues[0]?.path[0] ?? 'body') })
}

/** Whether a body is worth parsing though its HTTP status is not 200: business errors are forms with a `status`. */
export const looksLikeAnswer = (body: Uint8Array): boolean =>
  /(?:^|&)status=-?\d/.test(byteTextOf(body.subarray(0, 65_536)))

/** `in` is a pay-in, `out` a refund or payout. A redirect_url means pending, whatever the status: payabl's MyBank page
 *  prints `status=0` with it. @see https://docs.payabl.com/docs/mybank (read 2026-11-21) */
export const classifyAnswer = (
  { status, errormessage, redirect_url }: Pick<Answer, 'status' | 'errormessage' | 'redirect_url'>,
  money: 'in' | 'out',
): Verdict => {
  const verdict = describeCode(status, errormessage).effect[money]
  return verdict === 'accepted' && redirect_url !== undefined ? 'pending' : verdict
}

const text = z
  .string()
  .optional()
  .transform((value) => value?.trim() || undefined)

const vendorId = text.refine((value) => value === undefined || /^\d{1,50}$/.test(value))

/** The form encoding escapes it once; some of payabl's answers have been read with it escaped twice. */
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

const answerSchema = z
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
  // transid, errmsg and price repeat their namesakes and are deprecated.
  .transform(({ transid, errmsg, price, ...answer }) => ({
    ...answer,
    transactionid: answer.transactionid ?? transid,
    errormessage: answer.errormessage ?? errmsg,
    amount: answer.amount ?? price,
  }))
