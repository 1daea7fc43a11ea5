import {
  accountFields,
  chargeFields,
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
  type Transport,
  type VerifiedCallback,
} from '@railswitch/core/provider'
import { acknowledge } from './callbacks/acknowledgement.ts'
import { customerDetails } from './callbacks/customer-details.ts'
import { abortOf, type Notification, verifyNotification } from './callbacks/notification.ts'
import { toReport } from './callbacks/report.ts'
import { capabilities } from './capabilities.ts'
import type { TrustlyAccount } from './client/call.ts'
import { createTrustlyClient, type TrustlyClient } from './client/client.ts'
import { readConfig, type TrustlyDirectOptions } from './config.ts'
import { interpret } from './interpret/interpret.ts'
import { lookUp } from './look-up/look-up.ts'
import { startAccount } from './operations/account.ts'
import { cancelCharge, startCharge } from './operations/charge.ts'
import { depositQuestions, depositRequirements, startDeposit } from './operations/deposit.ts'
import { payoutRequirements, startPayout } from './operations/payout.ts'
import { startRefund } from './operations/refund.ts'
import { decideWithdrawal, startWithdrawal } from './operations/withdrawal.ts'
import type { Signed } from './wire/signature.ts'

/** Replaceable for an application's own HTTP agent, and for tests. */
export interface ProviderDependencies {
  readonly transport?: Transport | undefined
  readonly runtime?: Runtime | undefined
  /** Decides instead of the keys whether Trustly signed a message. For tests. */
  readonly verify?: ((message: Signed, signature: string) => boolean) | undefined
}

/** The provider, with the typed client of Trustly's whole API. */
export interface TrustlyDirect extends PaymentProvider {
  readonly native: TrustlyClient
}

declare module '@railswitch/core/provider' {
  interface NativeClients {
    'trustly-direct': TrustlyClient
  }
}

/** Creates the provider of Trustly Europe's JSON-RPC API. Left: every mistake in the options. */
export const createTrustlyDirect = (
  options: TrustlyDirectOptions,
  dependencies: ProviderDependencies = {},
): Either<readonly Issue[], TrustlyDirect> =>
  pipe(
    readConfig(options, dependencies),
    either.map((account) => {
      const { now } = account.runtime
      const native = createTrustlyClient(account)
      return {
        id: 'trustly-direct',
        capabilities: capabilities(),
        transactions: 'one',
        interpret,
        replays: true,
        questions: { deposit: depositQuestions, charge: ['deposit.reversed'], withdrawal: ['withdrawal.requested'] },
        operations: {
          deposit: startDeposit(native),
          refund: startRefund(native, now),
          payout: startPayout({ client: native, now }),
          withdrawal: startWithdrawal(native),
          account: startAccount(native),
          charge: startCharge(native, now),
        },
        decideWithdrawal: decideWithdrawal(native),
        cancelCharge: cancelCharge(native),
        requirements,
        lookUp: lookUp(native, now),
        native,
        verifyCallback: ({ body, contentType }) =>
          pipe(
            verifyNotification(body, contentType, account.verify),
            either.map((notification) => toCallback(notification, account, now)),
          ),
      }
    }),
  )

const requirements = (operation: Operation, market: Market): FieldRequirements => {
  switch (operation) {
    case 'deposit':
    case 'withdrawal':
      return depositRequirements(market)
    case 'payout':
      return payoutRequirements(market)
    case 'refund':
      return { fields: refundFields }
    case 'account':
      return { fields: accountFields }
    case 'charge':
      return { fields: [...chargeFields, 'statement'] }
    default:
      return operation satisfies never
  }
}

const toCallback = (notification: Notification, account: TrustlyAccount, now: () => Date): VerifiedCallback => {
  const { method, data } = notification
  const customer = customerDetails(notification)
  return {
    report: toReport(notification, now),
    merchantReference: data.messageid ?? null,
    signs: 'everything',
    isQuestion: method === 'debit' || (method === 'kyc' && abortOf(data) === null),
    ...(customer && { customer }),
    acknowledge: acknowledge(notification, account.signReply),
  }
}
