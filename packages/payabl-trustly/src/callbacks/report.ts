import { type ParsedReport, readVendorMoney } from '@railswitch/core/provider'
import type { Notification } from './notification.ts'

/**
 * What is stored of a notification: no personal data. All its content is part of the id, so a forged part is never stored under the
 * id of a genuine notification. A notification that payabl sends again at another time is another report.
 */
export const toReport = (notification: Notification): ParsedReport => {
  const { transactionid, type, errorcode, payment_state, amount, currency, timestamp } = notification
  const money = readVendorMoney(amount, currency)
  const sum = currency === undefined ? (amount ?? '') : `${amount ?? ''} ${currency}`
  return {
    id: [transactionid, type, errorcode, payment_state ?? '', sum, timestamp].join('|'),
    at: new Date(Number(timestamp) * 1000).toISOString(),
    vendorId: transactionid,
    method: type,
    ...(money && { money }),
    members: {
      errorcode,
      timestamp,
      ...(payment_state !== undefined && { payment_state }),
      ...(amount !== undefined && { amount }),
      ...(currency !== undefined && { currency }),
    },
  }
}
