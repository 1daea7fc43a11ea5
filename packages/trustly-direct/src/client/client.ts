import { type Delivery, type Either, either, type PaymentError, pipe } from '@railswitch/core'
import { parseNotification } from '../callbacks/notification.ts'
import type { TrustlyAccount } from './call.ts'
import { readNative, type TrustlyNotification } from './notification.ts'
import { createReports, type TrustlyReports } from './reports/reports.ts'
import { createCalls, type TrustlyCalls } from './typed-calls.ts'

/** All of Trustly, for what railswitch does not wrap: every call, the reports, and the notifications of such orders. */
export interface TrustlyClient extends TrustlyCalls {
  readonly reports: TrustlyReports
  /**
   * Verifies the received bytes, and reads them. For orders that a native call began: theirs come to the NotificationURL of
   * that call, and nothing else answers them. Left of `callback_refused`: it is not Trustly's, or malformed.
   */
  readonly readNotification: (delivery: Delivery) => Either<PaymentError, TrustlyNotification>
}

export const createTrustlyClient = (account: TrustlyAccount): TrustlyClient => {
  const calls = createCalls(account)
  return {
    ...calls,
    reports: createReports(calls),
    readNotification: ({ body, contentType }) =>
      pipe(parseNotification(body, contentType, account.verify), either.map(readNative(account.signSync))),
  }
}
