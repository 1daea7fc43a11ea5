import type { CustomerDetails } from '@railswitch/core/provider'
import type { Notification } from './notification.ts'

/**
 * The customer's account, which payabl reports on request to its support: for the handler only, never stored. `security` does not
 * cover it. Null if nothing of it was sent. @see https://docs.payabl.com/docs/trustly (read 2026-11-21)
 */
export const customerDetails = (notification: Notification): CustomerDetails | null => {
  const { account_holder, account_number, bank_number, bic, bank_name, bank_country } = notification
  const details = {
    ...(account_holder && { accountHolder: account_holder }),
    ...(account_number && { accountNumber: account_number }),
    ...(bank_number && { bankNumber: bank_number }),
    ...(bic && { bic }),
    ...(bank_name && { bankName: bank_name }),
    ...(bank_country && { bankCountry: bank_country }),
  }
  return Object.keys(details).length === 0 ? null : details
}
