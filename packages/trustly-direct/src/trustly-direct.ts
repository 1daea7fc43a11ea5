import {
  type Either,
  either,
  type Issue,
  type PaymentProvider,
  pipe,
  refundFields,
  type Transport,
} from '@railswitch/core'
import { acknowledge } from './callbacks/acknowledge.ts'
import { parseNotification } from './callbacks/notification.ts'
import { observe } from './callbacks/observe.ts'
import { capabilities } from './capabilities.ts'
import { createTrustlyClient, type TrustlyClient } from './native.ts'
import { depositRequirements, startDeposit } from './operations/deposit.ts'
import { startRefund } from './operations/refund.ts'
import { readTrustlyConfig, type TrustlyDirectOptions } from './trustly-direct-config.ts'

/** What an adapter is given from outside: for an application's own agent, and for tests. */
export interface TrustlySurroundings {
  readonly transport?: Transport
  readonly now?: () => Date
}

export interface TrustlyDirect extends PaymentProvider {
  readonly native: TrustlyClient
}

declare module '@railswitch/core' {
  interface NativeClients {
    'trustly-direct': TrustlyClient
  }
}

/** Trustly Europe's JSON-RPC API as a PaymentProvider. Left: every mistake of the options, before the first call. */
export const createTrustlyDirect = (
  options: TrustlyDirectOptions,
  { transport, now = () => new Date() }: TrustlySurroundings = {},
): Either<readonly Issue[], TrustlyDirect> =>
  pipe(
    readTrustlyConfig(options, transport),
    either.map((account) => {
      const native = createTrustlyClient(account)
      return {
        id: 'trustly-direct',
        capabilities,
        replays: true,
        asks: { deposit: ['deposit.reversed'] },
        operations: { deposit: startDeposit(native), refund: startRefund(native) },
        requirements: (operation, market) =>
          operation === 'deposit' ? depositRequirements(market) : { fields: refundFields },
        native,
        receive: ({ body, contentType }) =>
          pipe(
            parseNotification(body, contentType, account.verify),
            either.map((notification) => ({
              id: notification.data.notificationid,
              vendorIds: [notification.data.orderid],
              merchantReference: notification.data.messageid,
              proves: 'everything' as const,
              observe: observe(notification, now),
              acknowledge: acknowledge(notification, account.signSync),
            })),
          ),
      }
    }),
  )
