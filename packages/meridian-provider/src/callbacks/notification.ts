import {
  type CallbackRequest,
  callbackRefused,
  type Either,
  isLeft,
  left,
  type PaymentError,
  right,
} from '@railswitch/core/provider'
import type * as z from 'zod'
import { readJson } from '../wire/json.ts'
import { callbackSchema, type Payin, type Payout, payinSchema, payoutSchema } from '../wire/objects.ts'
import { isCallbackSigned } from '../wire/signature.ts'

/** A callback whose signature was verified. */
export type Notification =
  | { readonly type: 'payin.updated'; readonly payin: Payin }
  | { readonly type: 'payout.updated'; readonly payout: Payout }
  | {
      readonly type: 'other'
      /** Meridian's name of it. */
      readonly name: string
      readonly id: string
      readonly createdAt: string | null
      readonly data: Readonly<Record<string, unknown>>
    }

/** Verifies the signature on the received bytes, then reads them. */
export const verifyNotification = (
  { body, headers }: CallbackRequest,
  secrets: readonly string[],
): Either<PaymentError, Notification> => {
  const signature = headers['meridian-signature'] ?? ''
  const time = headers['meridian-time'] ?? ''
  if (!isCallbackSigned(secrets, { signature, time, body })) return left(wrongSignature())
  const json = readJson(body)
  const parsed = isLeft(json) ? null : callbackSchema.safeParse(json.right)
  if (!parsed?.success) return left(otherForm())
  const { type, id, createdAt = null, data } = parsed.data
  if (type === 'payin.updated') return read(payinSchema, data, (payin) => ({ type, payin }))
  if (type === 'payout.updated') return read(payoutSchema, data, (payout) => ({ type, payout }))
  return right({ type: 'other', name: type, id, createdAt, data })
}

const read = <A>(
  schema: z.ZodType<A>,
  data: unknown,
  toNotification: (object: A) => Notification,
): Either<PaymentError, Notification> => {
  const parsed = schema.safeParse(data)
  return parsed.success ? right(toNotification(parsed.data)) : left(otherForm())
}

const wrongSignature = (): PaymentError =>
  callbackRefused({
    message: 'The callback has no signature of Meridian for this account.',
    hint: 'Check that the secret of this rail is that of the account, and that nothing changes the body before railswitch reads it.',
  })

const otherForm = (): PaymentError =>
  callbackRefused({
    message: 'The callback is signed by Meridian and has another form than documented.',
    hint: 'Report it to the author of this provider. Meridian delivers it again.',
  })
