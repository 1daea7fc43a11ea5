import {
  type Either,
  either,
  type Issue,
  PaymentError,
  type PaymentProvider,
  pipe,
  refundFields,
  type Transport,
} from '@railswitch/core'
import { acknowledge } from './callbacks/acknowledge.ts'
import { type NotificationFailure, receiveNotification } from './callbacks/notification.ts'
import { deliveryId, observe } from './callbacks/observe.ts'
import { capabilities } from './capabilities.ts'
import { createPayablClient, type PayablClient } from './native.ts'
import { crossCheck } from './operations/cross-check.ts'
import { depositRequirements, startDeposit } from './operations/deposit.ts'
import { lookUp } from './operations/lookup.ts'
import { startRefund } from './operations/refund.ts'
import { type PayablTrustlyOptions, readPayablConfig } from './payabl-trustly-config.ts'

/** What an adapter is given from outside: for an application's own agent, and for tests. */
export interface PayablSurroundings {
  readonly transport?: Transport
  readonly now?: () => Date
}

export interface PayablTrustly extends PaymentProvider {
  readonly native: PayablClient
}

declare module '@railswitch/core' {
  interface NativeClients {
    'payabl-trustly': PayablClient
  }
}

/** payabl itself fails a deposit that got no money for 15 days; two more until its notification must have come. */
const finalWordMs = 17 * 86_400_000

/** Trustly through payabl. as a PaymentProvider. Left: every mistake of the options, before the first call. */
export const createPayablTrustly = (
  options: PayablTrustlyOptions,
  { transport, now = () => new Date() }: PayablSurroundings = {},
): Either<readonly Issue[], PayablTrustly> =>
  pipe(
    readPayablConfig(options, transport),
    either.map((account) => {
      const native = createPayablClient(account)
      return {
        id: 'payabl-trustly',
        capabilities,
        replays: false,
        callbackUrlLimit: 255,
        asks: { deposit: ['deposit.reversed'] },
        operations: { deposit: startDeposit(native, account.encoding), refund: startRefund(native, now) },
        requirements: (operation, market) =>
          operation === 'deposit' ? depositRequirements(market) : { fields: refundFields },
        lookup: lookUp(native, now),
        finalWordMs,
        crossCheck: crossCheck(native, now),
        native,
        receive: ({ body }) =>
          pipe(
            receiveNotification(body, account.secrets),
            either.mapLeft(refused),
            either.map((notification) => ({
              id: deliveryId(notification),
              vendorIds: [notification.transactionid],
              merchantReference: notification.orderid ?? null,
              proves: 'identity' as const,
              observe: observe(notification),
              acknowledge,
            })),
          ),
      }
    }),
  )

const refused = (failure: NotificationFailure): PaymentError =>
  new PaymentError({
    code: 'callback_refused',
    effect: 'refused',
    again: 'never',
    message: `The notification is refused: its ${failure.kind}${'field' in failure ? ` (${failure.field})` : ''} is wrong.`,
    hint: 'Only payabl and you know the secret; nothing was changed.',
  })
