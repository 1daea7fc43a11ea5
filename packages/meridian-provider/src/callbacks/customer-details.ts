import type { CustomerDetails } from '@railswitch/core/provider'
import type { Notification } from './notification.ts'

/** Who paid, for the handler only. */
export const customerDetails = (notification: Notification): CustomerDetails | null => {
  if (notification.type !== 'payin.updated') return null
  const { holder, iban } = notification.payin.payer ?? {}
  if (!holder && !iban) return null
  return { ...(holder && { accountHolder: holder }), ...(iban && { accountNumber: iban }) }
}
