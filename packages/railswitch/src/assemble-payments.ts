import {
  createHandlers,
  createPipeline,
  fastifyHandler,
  nodeHandler,
  type Tokens,
  webHandler,
} from '@railswitch/callbacks'
import { closed, type Either, isLeft, type PaymentError, type Runtime } from '@railswitch/core'
import { cancelCharge } from './commands/cancel-charge.ts'
import { cancelMandate } from './commands/cancel-mandate.ts'
import { createDecide } from './commands/decide-withdrawal.ts'
import { erasePersonalData } from './commands/erase-personal-data.ts'
import { importPayment } from './commands/import-payment.ts'
import type { PaymentsConfig } from './config/payments-config.ts'
import { readConfig } from './config/read-config.ts'
import { withStackAtCall } from './config/stack-at-call.ts'
import { createStartWarnings } from './config/start-warnings.ts'
import { createGracefulShutdown } from './graceful-shutdown.ts'
import { createTasks } from './operations/payment-tasks.ts'
import { resendIntent } from './operations/repeat-call.ts'
import type { Payments } from './payments.ts'
import { paymentIn } from './queries/arguments.ts'
import { nativeClient } from './queries/native-client.ts'
import { getAccount, getDeposit, getMandate, getPayout } from './queries/payment-views.ts'
import { requirementsOf } from './queries/requirements.ts'
import { createReconcile } from './reconcile/reconcile.ts'
import { createReviews } from './reviews/reviews.ts'
import { createSync } from './sync/sync.ts'
import { createTelemetry } from './telemetry/telemetry.ts'

/** What a simulation replaces: time, timers, randomness and callback tokens. */
export interface Ports {
  readonly runtime: Runtime
  /** Receives the secrets of the configuration, the newest first. */
  readonly createTokens: (secrets: readonly [string, ...string[]]) => Tokens
}

/** The payments object on these ports. Throws `invalid_configuration` with all mistakes at once. */
export const assemblePayments = <Tx>(options: PaymentsConfig<Tx>, { runtime, createTokens }: Ports): Payments<Tx> => {
  const config = readConfig(options, runtime)
  const { handlerTimeoutMs } = config.callbacks
  const handlers = createHandlers<Tx>(config)
  const tokens = createTokens(config.callbacks.secrets)
  const telemetry = createTelemetry(config.now)
  const closing = createGracefulShutdown()
  const context = { config, telemetry, handlers, tokens }
  const pipeline = createPipeline({ ...config, telemetry, tokens, handlers, handlerTimeoutMs })
  const reviews = createReviews({ ...config, pipeline })
  const decide = createDecide({ ...config, pipeline })
  const sync = createSync({
    ...config,
    telemetry,
    pipeline,
    isClosed: closing.isClosed,
    repeat: resendIntent(context),
  })
  const reconcile = createReconcile({ ...config, telemetry, pipeline, isClosed: closing.isClosed })
  const warnings = createStartWarnings(options, config)
  const fp = createTasks(context, closing, warnings.beforeDeposit)
  const isRail = (name: string): boolean => config.rails.has(name)
  const receive: typeof pipeline.receive = async (...delivery) =>
    closing.run(() => pipeline.receive(...delivery)) ?? deliverAgain
  const unlessClosed = async <A>(work: () => Promise<A>): Promise<A> => {
    const result = closing.run(work)
    if (result === null) throw closed()
    return result
  }
  const on: Payments<Tx>['on'] = (given) =>
    withStackAtCall(on, () => {
      handlers.register(given)
      warnings.registered(given)
    })
  const node = nodeHandler(receive, isRail, config)
  return {
    fp,
    deposit: async (input) => orThrow(await fp.deposit(input)()),
    refund: async (input) => orThrow(await fp.refund(input)()),
    payout: async (input) => orThrow(await fp.payout(input)()),
    withdrawal: async (input) => orThrow(await fp.withdrawal(input)()),
    account: async (input) => orThrow(await fp.account(input)()),
    charge: async (input) => orThrow(await fp.charge(input)()),
    mandate: async (input) => orThrow(await fp.mandate(input)()),
    importMandate: async (input) => orThrow(await fp.importMandate(input)()),
    cancelMandate: async (of) => unlessClosed(() => cancelMandate({ ...config, pipeline }, paymentIn(of))),
    getMandate: (of) => getMandate(config, of),
    approve: async (of) => unlessClosed(() => decide(paymentIn(of), 'approve')),
    deny: async (of) => unlessClosed(() => decide(paymentIn(of), 'deny')),
    getDeposit: (of) => getDeposit(config, of),
    cancelCharge: async (of) => unlessClosed(() => cancelCharge(config, paymentIn(of))),
    getAccount: (of) => getAccount(config, of),
    getPayout: (of) => getPayout(config, of),
    importPayment: (input) => unlessClosed(() => importPayment(config, pipeline, input)),
    erasePersonalData: (of) => unlessClosed(() => erasePersonalData(config, of)),
    requirements: (operation, market) => requirementsOf(config, operation, market),
    native: (rail, use) => nativeClient(config, rail, use),
    on,
    sync: (options) => unlessClosed(() => sync(options)),
    reconcile: (input) => unlessClosed(() => reconcile(input)),
    listReviews: reviews.list,
    resolveReview: (resolution) => unlessClosed(() => reviews.resolve(resolution)),
    callbacks: {
      web: webHandler(receive, isRail, config),
      node,
      express: node,
      fastify: fastifyHandler(receive, isRail, config),
    },
    close: closing.close,
  }
}

/** The reply to callbacks after `close()`: the vendor delivers again, and another process handles it. */
const deliverAgain = { status: 503, contentType: 'text/plain', body: '' }

const orThrow = <A>(result: Either<PaymentError, A>): A => {
  if (isLeft(result)) throw result.left
  return result.right
}
