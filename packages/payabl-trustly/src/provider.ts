import {
  dayMs,
  type Either,
  either,
  type Issue,
  onFirstCall,
  type PaymentProvider,
  pipe,
  type Runtime,
  systemRuntime,
  type Transport,
  type VerifiedCallback,
} from '@railswitch/core/provider'
import { acknowledge } from './callbacks/acknowledgement.ts'
import { customerDetails } from './callbacks/customer-details.ts'
import { type Notification, verifyNotification } from './callbacks/notification.ts'
import { toReport } from './callbacks/report.ts'
import { capabilities } from './capabilities.ts'
import type { PayablClient } from './client/client.ts'
import { clientOnFirstCall } from './client-on-first-call.ts'
import { type PayablTrustlyOptions, readConfig } from './config.ts'
import { interpret } from './interpret/interpret.ts'
import { payoutFailureMs } from './interpret/payout.ts'
import { listedBooks } from './listed-books.ts'
import { requirements } from './requirements.ts'

/** Replaceable for an application's own HTTP agent, and for tests. */
export interface ProviderDependencies {
  readonly transport?: Transport | undefined
  readonly runtime?: Runtime | undefined
  /** The configured name of the rail, for errors. */
  readonly rail?: string | undefined
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
  { transport, runtime = systemRuntime, rail }: ProviderDependencies = {},
): Either<readonly Issue[], PayablTrustly> =>
  pipe(
    readConfig(options, { transport, rail }),
    either.map((account) => {
      const calls = onFirstCall(async () => (await import('./vendor-calls.ts')).createVendorCalls(account, runtime.now))
      return {
        id: 'payabl-trustly',
        capabilities: capabilities(options),
        transactions: 'many',
        interpret,
        replays: false,
        callbackUrlLimit: 255,
        questions: { deposit: ['deposit.reversed'] },
        operations: {
          deposit: calls.task((loaded) => loaded.deposit),
          refund: calls.task((loaded) => loaded.refund),
          payout: calls.task((loaded) => loaded.payout),
        },
        requirements,
        lookUp: calls.task((loaded) => loaded.lookUp),
        finalReportMs,
        payoutFailureWindowMs: payoutFailureMs,
        crossCheck: calls.task((loaded) => loaded.crossCheck),
        reconciliation: {
          list: calls.task((loaded) => loaded.reconciliation.list),
          lookUp: calls.task((loaded) => loaded.reconciliation.lookUp),
        },
        ledger: { ...listedBooks, lines: calls.iterable((loaded) => loaded.ledger.lines) },
        native: clientOnFirstCall(calls),
        verifyCallback: ({ body }) => pipe(verifyNotification(body, account), either.map(toCallback)),
      }
    }),
  )

const toCallback = (notification: Notification): VerifiedCallback => {
  const customer = customerDetails(notification)
  return {
    report: toReport(notification),
    merchantReference: notification.orderid ?? null,
    signs: 'identity',
    // A payout that the back office has made can be notified at the address of its deposit.
    ...(notification.type !== 'cft' && { kinds: ['deposit', 'refund'] as const }),
    isQuestion: false,
    ...(customer && { customer }),
    acknowledge,
  }
}
