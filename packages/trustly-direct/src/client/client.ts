import type { CallbackRequest, Either, PaymentError } from '@railswitch/core/provider'
import type { TrustlyAccount } from './call.ts'
import { type TrustlyNotification, verifyNativeNotification } from './native-notification.ts'
import { createReports, type TrustlyReports } from './statements/statements.ts'
import { createTypedCalls, type TrustlyCalls } from './typed-calls.ts'

/** Trustly's whole API, for what `PaymentProvider` does not cover: every call, the reports, and the notifications of these orders. */
export interface TrustlyClient extends TrustlyCalls {
  readonly reports: TrustlyReports
  /**
   * Verifies the received bytes, then reads them. For orders begun by a native call: their notifications arrive at the
   * NotificationURL of that call, and nothing else acknowledges them. Left: `callback_refused` if it is not Trustly's, or malformed.
   */
  readonly verifyNotification: (delivery: Omit<CallbackRequest, 'headers'>) => Either<PaymentError, TrustlyNotification>
}

export const createTrustlyClient = (account: TrustlyAccount): TrustlyClient => {
  const calls = createTypedCalls(account)
  return {
    ...calls,
    reports: createReports(calls),
    verifyNotification: verifyNativeNotification(account),
  }
}
