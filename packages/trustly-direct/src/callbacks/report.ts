import { type ParsedReport, readVendorMoney } from '@railswitch/core/provider'
import { abortOf, type Notification } from './notification.ts'

/** What is stored of a notification: no personal data. With `members.timestamp`, `at` is Trustly's own time; otherwise it is ours. */
export const toReport = ({ method, uuid, data }: Notification, now: () => Date): ParsedReport => {
  const money = readVendorMoney(data.amount, data.currency)
  const at = data.at ?? null
  const abort = abortOf(data)
  const mandate = data.attributes?.directdebitmandate
  const reason = data.attributes?.reason
  const members = {
    ...(at !== null && { timestamp: 'vendor' }),
    ...(data.accountid !== undefined && { accountid: data.accountid }),
    ...((mandate === '0' || mandate === '1') && { mandate }),
    ...(typeof reason === 'string' && /^[A-Z_]{1,40}$/.test(reason) && { reason }),
    // The refund of a direct debit has a message id of its own.
    ...(data.refund === '1' && { refund: '1', ...(data.messageid !== undefined && { messageid: data.messageid }) }),
    ...(abort !== null && { abort }),
  }
  return {
    id: data.notificationid ?? uuid,
    at: at ?? now().toISOString(),
    vendorId: data.orderid ?? uuid,
    method,
    ...(money && { money }),
    members,
  }
}
