import {
  callbackRefused,
  checkSecretOption,
  type Either,
  either,
  isLeft,
  left,
  type PaymentError,
  pipe,
  type RailOfAccount,
  right,
} from '@railswitch/core/provider'
import * as z from 'zod'
import type { PayablAccount } from '../client/call.ts'
import { type FormFailure, type FormRecord, parseForm } from '../wire/form.ts'
import { type SecurityFailure, securedShapes, verifySecurity } from '../wire/notification-security.ts'

/**
 * A notification in payabl's names; blank fields are absent, other fields are dropped. Only transactionid, type, errorcode and
 * timestamp (Unix seconds) are proven. The account's fields are sent on request to payabl's support; they and errormessage are
 * personal data, and must not be logged. @see https://docs.payabl.com/docs/trustly (read 2026-11-21)
 */
export type Notification = z.infer<typeof notificationSchema>

/** Why a delivery is refused. Names fields, never values. */
type NotificationFailure = FormFailure | SecurityFailure | { readonly kind: 'notification'; readonly field: string }

/**
 * Verifies the received bytes, then reads them: the form, then `security`, then the shapes of the rest. Pure.
 * @see verifySecurity
 */
export const verifyNotification = (
  body: Uint8Array,
  account: Pick<PayablAccount, 'secrets' | keyof RailOfAccount>,
): Either<PaymentError, Notification> => {
  const form = parseForm(body)
  if (isLeft(form)) return left(refused(form.left, account))
  const proven = verifySecurity(form.right, account.secrets)
  if (isLeft(proven)) return left(refused(proven.left, account))
  return pipe(
    readNotificationFields(form.right),
    either.mapLeft((failure) => refused(failure, account)),
  )
}

/**
 * Reads the fields without verifying who sent them. payabl's support configures per merchant which fields are sent, so all but
 * the proven four can be missing; none can have another shape. @see https://docs.payabl.com/docs/help
 */
export const readNotificationFields = (
  record: FormRecord,
): Either<Extract<NotificationFailure, { readonly kind: 'notification' }>, Notification> => {
  const parsed = notificationSchema.safeParse(withoutBlanks(record))
  if (parsed.success) return right(parsed.data)
  return left({ kind: 'notification', field: String(parsed.error.issues[0]?.path[0] ?? 'body') })
}

/** payabl sends what it does not know as an empty field. */
const withoutBlanks = (record: FormRecord): FormRecord => {
  const present: Record<string, string> = {}
  for (const name of knownNames) {
    const value = record[name]
    if (value) present[name] = value
  }
  return present
}

const text = z.string().optional()

const notificationSchema = z.object({
  transactionid: z.string().regex(securedShapes.transactionid),
  type: z.string().regex(securedShapes.type),
  errorcode: z.string().regex(securedShapes.errorcode),
  timestamp: z.string().regex(securedShapes.timestamp),
  security: z.string().regex(/^[0-9a-f]{64}$/),
  // A state that payabl adds later is stored, not refused.
  payment_state: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .optional(),
  amount: z
    .string()
    .regex(/^\d{1,12}(?:\.\d{1,2})?$/)
    .optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  orderid: z
    .string()
    .regex(/^\P{Cc}{1,255}$/u)
    .optional(),
  payment_method: text,
  errormessage: text,
  bank_country: text,
  bic: text,
  bank_name: text,
  account_number: text,
  bank_number: text,
  account_holder: text,
})

const knownNames = Object.keys(notificationSchema.shape)

const refused = (failure: NotificationFailure, account: RailOfAccount): PaymentError =>
  failure.kind === 'security' && failure.reason === 'mismatch'
    ? callbackRefused({
        message: 'The notification is refused: its security was not made with `secret`.',
        hint: `${checkSecretOption(account, 'secret')} ${onlyPayabl}`,
      })
    : callbackRefused({
        message: `The notification is refused: its ${failure.kind}${'field' in failure ? ` (${failure.field})` : ''} is wrong.`,
        hint: onlyPayabl,
      })

const onlyPayabl = 'Only payabl and you know the secret. Nothing was changed.'
