import {
  accountFields,
  chargeFields,
  dayMs,
  type Either,
  either,
  type FieldRequirements,
  type Issue,
  type Market,
  type Operation,
  type PaymentProvider,
  pipe,
  type Runtime,
  refundFields,
  systemRuntime,
  type Transport,
  type VerifiedCallback,
  withdrawalFields,
} from '@railswitch/core/provider'
import { acknowledge } from './callbacks/acknowledgement.ts'
import { customerDetails } from './callbacks/customer-details.ts'
import { type Notification, verifyNotification } from './callbacks/notification.ts'
import { toReport } from './callbacks/report.ts'
import { capabilities, noAccount, noDirectDebit, noWithdrawal } from './capabilities.ts'
import { createPayablClient, type PayablClient } from './client/client.ts'
import { type PayablTrustlyOptions, readConfig } from './config.ts'
import { interpret } from './interpret/interpret.ts'
import { payoutFailureMs } from './interpret/payout.ts'
import { reconciliation } from './look-up/bookings.ts'
import { crossCheck } from './look-up/cross-check.ts'
import { lookUp } from './look-up/look-up.ts'
import { depositRequirements, startDeposit } from './operations/deposit.ts'
import { payoutRequirements, startPayout } from './operations/payout.ts'
import { startRefund } from './operations/refund.ts'

/** Replaceable for an application's own HTTP agent, and for tests. */
export interface ProviderDependencies {
  readonly transport?: Transport | undefined
  readonly runtime?: Runtime | undefined
}

/** The provider, with the typed client of payabl's API. */
export interface PayablTrustly extends PaymentProvider {
  readonly native: PayablClient
}

declare module '@railswitch/core/provider' {
  interface NativeClients {
    'payabl-trustly': PayablClient
  }
}

/** payabl fails a deposit that has no money after 15 days. Two days more, and its notification must have arrived. */
const finalReportMs = 17 * dayMs

/** Creates the provider of Trustly through payabl. Left: every mistake in the options. */
export const createPayablTrustly = (
  options: PayablTrustlyOptions,
  { transport, runtime = systemRuntime }: ProviderDependencies = {},
): Either<readonly Issue[], PayablTrustly> =>
  pipe(
    readConfig(options, transport),
    either.map((account) => {
      const { now } = runtime
      const native = createPayablClient(account)
      return {
        id: 'payabl-trustly',
        capabilities: capabilities(options),
        transactions: 'many',
        interpret,
        replays: false,
        callbackUrlLimit: 255,
        questions: { deposit: ['deposit.reversed'] },
        operations: {
          deposit: startDeposit(native, account.encoding),
          refund: startRefund(native, now),
          payout: startPayout({ client: native, encoding: account.encoding, now }),
        },
        requirements,
        lookUp: lookUp(native, now),
        finalReportMs,
        payoutFailureWindowMs: payoutFailureMs,
        crossCheck: crossCheck(native, now),
        reconciliation: reconciliation(native, now),
        native,
        verifyCallback: ({ body }) => pipe(verifyNotification(body, account.secrets), either.map(toCallback)),
      }
    }),
  )

const requirements = (operation: Operation, market: Market): FieldRequirements => {
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

const toCallback = (notification: Notification): VerifiedCallback => {
  const customer = customerDetails(notification)
  return {
    report: toReport(notification),
    merchantReference: notification.orderid ?? null,
    signs: 'identity',
    isQuestion: false,
    ...(customer && { customer }),
    acknowledge,
  }
}
