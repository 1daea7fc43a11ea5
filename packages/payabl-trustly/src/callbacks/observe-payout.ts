import type { RecordedIntent } from '@railswitch/core'
import type { Notification } from './notification.ts'
import { claimed, isError, type News, type Told, unrecognised } from './told.ts'

/**
 * Only failures are told, at once (the balance was short) or days later (the bank returned it); under which type is not
 * documented. A code that is no error says no more than that the payout is on its way.
 * @see https://docs.payabl.com/docs/trustly (read 2026-11-21)
 */
export const payoutNews = (told: Told, payout: RecordedIntent): News => {
  const { notification, money, bound } = told
  if (notPayouts.has(notification.type)) return unrecognised(told)
  const trust = !bound && isKnown(payout, notification) ? ('signed' as const) : claimed(told)
  if (!isError(notification.errorcode)) return { fact: { type: 'payout.accepted' }, trust }
  const amount = (bound ? money : null) ?? payout.intent.expect
  return { fact: { type: 'payout.failed', amount }, trust }
}

const notPayouts: ReadonlySet<string> = new Set(['refund', 'chb', 'retrieval_request'])

/** `security` covers the transaction's id and its code. */
const isKnown = ({ vendorIds }: RecordedIntent, { transactionid }: Notification): boolean =>
  vendorIds.includes(transactionid)
