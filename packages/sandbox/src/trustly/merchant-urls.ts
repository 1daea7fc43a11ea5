import { isLoopback, isWebAddress } from '../web-address.ts'
import type { Refusal } from './error-codes.ts'

/** https only and without `?`, as the vendor demands; the twin also takes plain http on loopback. */
export const judgeNotificationUrl = (text: string | undefined): Refusal | undefined => {
  if (!text || !isWebAddress(text))
    return { error: 'ERROR_MALFORMED_NOTIFICATIONURL', hint: 'NotificationURL is no web address' }
  if (text.includes('?')) return { error: 'ERROR_MALFORMED_NOTIFICATIONURL', hint: 'NotificationURL contains ?' }
  if (/^https:/i.test(text) || isLoopback(text)) return undefined
  return { error: 'ERROR_NOT_SECURE_NOTIFICATIONURL', hint: 'NotificationURL is neither https nor on loopback' }
}
