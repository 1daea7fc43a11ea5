import {
  dayMs,
  type Either,
  either,
  type Issue,
  onFirstCall,
  type PaymentProvider,
  pipe,
  type Runtime,
  type Transport,
  type VerifiedCallback,
} from '@railswitch/core/provider'
import { acknowledge } from './callbacks/acknowledgement.ts'
import { customerDetails } from './callbacks/customer-details.ts'
import { abortOf, type Notification, verifyNotification } from './callbacks/notification.ts'
import { toReport } from './callbacks/report.ts'
import { capabilities } from './capabilities.ts'
import type { TrustlyAccount } from './client/call.ts'
import type { TrustlyClient } from './client/client.ts'
import { clientOnFirstCall } from './client-on-first-call.ts'
import { readConfig, type TrustlyDirectOptions } from './config.ts'
import { usesMandate } from './direct-debit/managed-charge.ts'
import { interpret } from './interpret/interpret.ts'
import { depositQuestions, requirements } from './requirements.ts'
import type { Signed } from './wire/signature.ts'

/** Replaceable for an application's own HTTP agent, and for tests. */
export interface ProviderDependencies {
  readonly transport?: Transport | undefined
  readonly runtime?: Runtime | undefined
  /** Decides instead of the keys whether Trustly signed a message. For tests. */
  readonly verify?: ((message: Signed, signature: string) => boolean) | undefined
  /** The configured name of the rail, for errors. */
  readonly rail?: string | undefined
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

/** Trustly cancels a deposit whose money never comes; after which time is not published. After three weeks a person should look. */
const finalReportMs = 21 * dayMs

/** Creates the provider of Trustly Europe's JSON-RPC API. Left: every mistake in the options. */
export const createTrustlyDirect = (
  options: TrustlyDirectOptions,
  dependencies: ProviderDependencies = {},
): Either<readonly Issue[], TrustlyDirect> =>
  pipe(
    readConfig(options, dependencies),
    either.map((account) => {
      const { now } = account.runtime
      const calls = onFirstCall(async () => (await import('./vendor-calls.ts')).createVendorCalls(account))
      return {
        id: 'trustly-direct',
        capabilities: capabilities(),
        transactions: 'one',
        interpret,
        replays: true,
        questions: { deposit: depositQuestions, charge: ['deposit.reversed'], withdrawal: ['withdrawal.requested'] },
        operations: {
          deposit: calls.task((loaded) => loaded.deposit),
          refund: calls.task((loaded) => loaded.refund),
          payout: calls.task((loaded) => loaded.payout),
          withdrawal: calls.task((loaded) => loaded.withdrawal),
          account: calls.task((loaded) => loaded.account),
          charge: calls.task((loaded) => loaded.charge),
          mandate: calls.task((loaded) => loaded.mandate),
          importMandate: calls.task((loaded) => loaded.importMandate),
        },
        decideWithdrawal: calls.task((loaded) => loaded.decideWithdrawal),
        cancelCharge: calls.task((loaded) => loaded.cancelCharge),
        cancelMandate: calls.task((loaded) => loaded.cancelMandate),
        requirements,
        lookUp: calls.task((loaded) => loaded.lookUp),
        ledger: {
          notReported: [],
          lines: calls.iterable((loaded) => loaded.ledger.lines),
          settled: calls.iterable((loaded) => loaded.ledger.settled),
          balances: calls.iterable((loaded) => loaded.ledger.balances),
        },
        finalReportMs,
        native: clientOnFirstCall(account, calls),
        verifyCallback: (delivery) =>
          pipe(
            verifyNotification(delivery, account),
            either.map((notification) => toCallback(notification, account, now)),
          ),
      }
    }),
  )

const toCallback = (notification: Notification, account: TrustlyAccount, now: () => Date): VerifiedCallback => {
  const { method, data } = notification
  const customer = customerDetails(notification)
  return {
    report: toReport(notification, now),
    merchantReference: data.messageid ?? null,
    signs: 'everything',
    // The end of a direct credit is also a `debit`.
    isStatementOf: (intent) => method === 'debit' && intent.kind === 'payout' && usesMandate(intent),
    isQuestion: (method === 'debit' && data.refund !== '1') || (method === 'kyc' && abortOf(data) === null),
    ...(customer && { customer }),
    acknowledge: acknowledge(notification, account.signReply),
  }
}
