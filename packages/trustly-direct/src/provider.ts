import {
  accountFields,
  chargeFields,
  type Either,
  either,
  type Issue,
  type Market,
  type Operation,
  type PaymentProvider,
  pipe,
  type Requirements,
  refundFields,
  type Transport,
  type VerifiedCallback,
} from '@railswitch/core'
import { acknowledge } from './callbacks/acknowledgement.ts'
import { customerDetailsOf } from './callbacks/customer-details.ts'
import { abortOf, type Notification, parseNotification } from './callbacks/notification.ts'
import { toReport } from './callbacks/report.ts'
import { capabilities } from './capabilities.ts'
import type { TrustlyAccount } from './client/call.ts'
import { createTrustlyClient, type TrustlyClient } from './client/client.ts'
import { readTrustlyConfig, type TrustlyDirectOptions } from './config.ts'
import { interpret } from './interpret/interpret.ts'
import { startAccount } from './operations/account.ts'
import { cancelCharge, startCharge } from './operations/charge.ts'
import { checkoutRequirements, depositQuestions, startDeposit } from './operations/deposit.ts'
import { createLookup } from './operations/look-up.ts'
import { payoutRequirements, startPayout } from './operations/payout.ts'
import { startRefund } from './operations/refund.ts'
import { decideWithdrawal, startWithdrawal } from './operations/withdrawal.ts'

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
        transactions: 'one',
        interpret,
        replays: true,
        asks: { deposit: depositQuestions, charge: ['deposit.reversed'], withdrawal: ['withdrawal.requested'] },
        operations: {
          deposit: startDeposit(native),
          refund: startRefund(native, now),
          payout: startPayout({ client: native, now }),
          withdrawal: startWithdrawal(native),
          account: startAccount(native),
          charge: startCharge(native, now),
        },
        decide: decideWithdrawal(native),
        cancelCharge: cancelCharge(native),
        requirements,
        lookup: createLookup(native, now),
        native,
        receive: ({ body, contentType }) =>
          pipe(
            parseNotification(body, contentType, account.verify),
            either.map((notification) => toCallback(notification, account, now)),
          ),
      }
    }),
  )

const requirements = (operation: Operation, market: Market): Requirements => {
  switch (operation) {
    case 'deposit':
    case 'withdrawal':
      return checkoutRequirements(market)
    case 'payout':
      return payoutRequirements(market)
    case 'refund':
      return { fields: refundFields }
    case 'account':
      return { fields: accountFields }
    case 'charge':
      return { fields: [...chargeFields, 'statement'] }
  }
}

const toCallback = (notification: Notification, account: TrustlyAccount, now: () => Date): VerifiedCallback => {
  const { method, data } = notification
  const customer = customerDetailsOf(notification)
  return {
    report: toReport(notification, now),
    merchantReference: data.messageid ?? null,
    signs: 'everything',
    isQuestion: method === 'debit' || (method === 'kyc' && abortOf(data) === null),
    ...(customer && { customer }),
    acknowledge: acknowledge(notification, account.signSync),
  }
}
