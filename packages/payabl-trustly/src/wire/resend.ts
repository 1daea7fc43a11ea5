import { type Either, isLeft, left, right } from '@railswitch/core/provider'
import * as z from 'zod'
import { elementCode, elementId, elementOf, elementText, numberedElements, queryResult } from './query-elements.ts'
import type { QueryResult } from './query-result.ts'
import { parseXml, type XmlFailure } from './xml.ts'

/** The result of send_notification for each transaction. `sent` only if payabl states it. */
export interface Resent extends QueryResult {
  readonly notifications: readonly ResentNotification[]
}

export interface ResentNotification {
  transaction_id: string
  error_code: string
  error_message: string | undefined
  sent: boolean
}

/** A response that cannot be read. `element` is an element name of the schema. */
export type ResendFailure = XmlFailure | { readonly kind: 'resend'; readonly element: string }

/**
 * Reads a response of send_notification, which sends a transaction's last state again.
 * @see https://docs.payabl.com/docs/resend-notification (read 2026-11-21)
 */
export const readResent = async (body: Uint8Array, maxBytes = 262_144): Promise<Either<ResendFailure, Resent>> => {
  const xml = await parseXml(body, maxBytes)
  if (isLeft(xml)) return xml
  const parsed = resent.safeParse(xml.right)
  if (!parsed.success) return left({ kind: 'resend', element: elementOf(parsed.error) })
  const { process, transaction } = parsed.data.response
  return right({ ...process, notifications: transaction.flatMap((one) => one.notification_status) })
}

const resentNotification = z
  .object({
    transaction_id: elementId,
    error_code: elementCode,
    error_message: elementText,
    notification_sent: elementText,
  })
  // The documentation's own example has the double L.
  .transform(({ notification_sent = '', ...rest }) => ({ ...rest, sent: /^successful{1,2}$/i.test(notification_sent) }))

const notificationStatus = z.preprocess(
  (status) => numberedElements(status, 'transaction_id_').map(({ element }) => element),
  z.array(resentNotification),
)

const resent = z.object({
  response: z.object({
    process: queryResult,
    transaction: z
      .array(
        z.union([
          z.object({ notification_status: notificationStatus }),
          z.literal('').transform(() => ({ notification_status: [] })),
        ]),
      )
      .default([]),
  }),
})
