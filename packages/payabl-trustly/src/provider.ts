import {
  accountFields,
  chargeFields,
  type Either,
  either,
  type Issue,
  type Market,
  type Operation,
  PaymentError,
  type PaymentProvider,
  pipe,
  type Requirements,
  refundFields,
  type Transport,
  withdrawalFields,
} from '@railswitch/core'
import { acknowledge } from './callbacks/acknowledgement.ts'
import { customerDetails } from './callbacks/customer-details.ts'
import { type Notification, type NotificationFailure, receiveNotification } from './callbacks/notification.ts'
import { toReport } from './callbacks/report.ts'
import { capabilitiesOf, noAccount, noDirectDebit, noWithdrawal } from './capabilities.ts'
import { createPayablClient, type PayablClient } from './client/client.ts'
import { type PayablTrustlyOptions, readPayablConfig } from './config.ts'
import { interpret } from './interpret/interpret.ts'
import { crossCheck } from './operations/cross-check.ts'
import { depositRequirements, startDeposit } from './operations/deposit.ts'
import { lookUp } from './operations/look-up.ts'
import { payoutRequirements, startPayout } from './operations/payout.ts'
import { payoutFailureMs } from './operations/payout-failure.ts'
import { startRefund } from './operations/refund.ts'

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
        capabilities: capabilitiesOf(options.business ?? 'other'),
        transactions: 'many',
        interpret,
        replays: false,
        callbackUrlLimit: 255,
        asks: { deposit: ['deposit.reversed'] },
        operations: {
          deposit: startDeposit(native, account.encoding),
          refund: startRefund(native, now),
          payout: startPayout({ client: native, encoding: account.encoding, now }),
        },
        requirements: requirementsOf,
        lookup: lookUp(native, now),
        finalWordMs,
        payoutFailureMs,
        crossCheck: crossCheck(native, now),
        native,
        receive: ({ body }) =>
          pipe(
            receiveNotification(body, account.secrets),
            either.mapLeft(refused),
            either.map((notification) => ({
              report: toReport(notification),
              merchantReference: notification.orderid ?? null,
              signs: 'identity' as const,
              isQuestion: false,
              ...customerOf(notification),
              acknowledge,
            })),
          ),
      }
    }),
  )

const requirementsOf = (operation: Operation, market: Market): Requirements => {
  switch (operation) {
    case 'deposit':
      return depositRequirements(market)
    case 'payout':
      return payoutRequirements(market)
    case 'refund':
      return { fields: refundFields }
    case 'withdrawal':
      return { fields: withdrawalFields, refused: noWithdrawal }
    case 'account':
      return { fields: accountFields, refused: noAccount }
    case 'charge':
      return { fields: chargeFields, refused: noDirectDebit }
    default:
      return operation satisfies never
  }
}

const customerOf = (notification: Notification) => {
  const customer = customerDetails(notification)
  return customer && { customer }
}

const refused = (failure: NotificationFailure): PaymentError =>
  new PaymentError({
    code: 'callback_refused',
    effect: 'refused',
    again: 'never',
    message: `The notification is refused: its ${failure.kind}${'field' in failure ? ` (${failure.field})` : ''} is wrong.`,
    hint: 'Only payabl and you know the secret; nothing was changed.',
  })
