import { isLeft, type ReadReport, readVendorMoney } from '@railswitch/core'
import { toIsoTime } from '../wire/timestamp.ts'
import { abortOf, type Notification } from './notification.ts'

/** What is stored of a notification: no personal data. `members.timestamp`: Trustly told the time, and `at` is not merely ours. */
export const toReport = ({ method, uuid, data }: Notification, now: () => Date): ReadReport => {
  const money = readVendorMoney(data.amount, data.currency)
  const told = data.timestamp === undefined ? null : toIsoTime(data.timestamp)
  const at = told === null || isLeft(told) ? null : told.right
  const abort = abortOf(data)
  const mandate = data.attributes?.directdebitmandate
  const members = {
    ...(at !== null && { timestamp: 'vendor' }),
    ...(data.accountid !== undefined && { accountid: data.accountid }),
    ...((mandate === '0' || mandate === '1') && { mandate }),
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
