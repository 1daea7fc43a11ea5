import type { Refusal } from './error-codes.ts'

export const isWebUrl = (text: string): boolean => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)

/** True for an address that cannot leave this machine. */
export const isLoopback = (text: string): boolean => {
  const host = URL.canParse(text) ? new URL(text).hostname : ''
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** https only and without `?`, as the vendor demands; the twin also takes plain http on loopback. */
export const judgeNotificationUrl = (text: string | undefined): Refusal | undefined => {
  if (!text || !isWebUrl(text))
    return { error: 'ERROR_MALFORMED_NOTIFICATIONURL', hint: 'NotificationURL is no web address' }
  if (text.includes('?')) return { error: 'ERROR_MALFORMED_NOTIFICATIONURL', hint: 'NotificationURL contains ?' }
  if (/^https:/i.test(text) || isLoopback(text)) return undefined
  return { error: 'ERROR_NOT_SECURE_NOTIFICATIONURL', hint: 'NotificationURL is neither https nor on loopback' }
}
