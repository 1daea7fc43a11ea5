import {
  createHandlers,
  createPipeline,
  createReviews,
  createSettle,
  createTokens,
  type Handlers,
  type NodeHandler,
  nodeHandler,
  type Resolution,
  type Review,
  type Settled,
  type WebHandler,
  webHandler,
} from '@railswitch/callbacks'
import {
  type DepositInput,
  type Either,
  fold,
  foldPayout,
  isLeft,
  type Market,
  type NativeClients,
  type Observation,
  type Operation,
  type Outcome,
  type Payment,
  PaymentError,
  type PaymentRef,
  type Payout,
  type PayoutInput,
  parsePaymentRef,
  paymentRef,
  type RefundInput,
  type Requirements,
  type Started,
  type TaskEither,
  type Thread,
  taskEither,
  type WithdrawalInput,
} from '@railswitch/core'
import { createDecide } from './decide.ts'
import { operate, type Routed } from './operate.ts'
import { type PaymentsConfig, type ReadyConfig, readConfig } from './payments-config.ts'
import { sourceOf } from './payout-source.ts'
import { readDeposit, readPayout, readRefund, readWithdrawal } from './read-input.ts'
import { repeatCall } from './repeat-call.ts'

/** A payment as it stands, with everything that vendors said of it. */
export interface PaymentView extends Payment {
  readonly history: readonly Observation[]
}

/** A payout or a withdrawal as it stands, with everything that vendors said of it. */
export interface PayoutView extends Payout {
  readonly history: readonly Observation[]
}

/** Your own reference, or the ref that the call gave. */
export type Named = { readonly reference: string } | { readonly payment: PaymentRef }

/** The TaskEither face: nothing is sent until the returned function is called. */
export interface PaymentTasks {
  deposit(input: DepositInput): TaskEither<PaymentError, Started & Routed>
  refund(input: RefundInput): TaskEither<PaymentError, Outcome & Routed>
  payout(input: PayoutInput): TaskEither<PaymentError, Outcome & Routed>
  withdrawal(input: WithdrawalInput): TaskEither<PaymentError, Started & Routed>
}

export interface RailRequirements {
  readonly rails: Readonly<Record<string, Requirements>>
  /** The union over the rails. */
  readonly fields: readonly string[]
}

export interface Payments<Tx = unknown> {
  /** Opens a checkout; send the customer to `redirectUrl`. Rejects with PaymentError. */
  deposit(input: DepositInput): Promise<Started & Routed>
  /** Sends money of a deposit back. `accepted` is not "paid"; `unknown` is not an error: repeat the same call. */
  refund(input: RefundInput): Promise<Outcome & Routed>
  /** Pays money out, to the account of an earlier deposit or to bank details. The same is true of its outcome. */
  payout(input: PayoutInput): Promise<Outcome & Routed>
  /** Opens a page on which the customer chooses where the money goes; `withdrawal.requested` asks, `approve` or `deny` decides. */
  withdrawal(input: WithdrawalInput): Promise<Started & Routed>
  /** Lets a requested withdrawal go. Saying it again is harmless. */
  approve(of: { readonly payment: PaymentRef }): Promise<void>
  /** Refuses a requested withdrawal: `payout.failed` follows, with the money to give back. */
  deny(of: { readonly payment: PaymentRef }): Promise<void>
  /** A payout or a withdrawal, by its reference or its payment ref. Rejects with `not_found`. */
  getPayout(of: Named): Promise<PayoutView>
  /** By the deposit's reference, a refund's, or a payment ref. Rejects with `not_found`. */
  get(of: Named): Promise<PaymentView>
  /** Which fields an operation needs, per rail and on all of them together: what a form must ask for to survive a switch. */
  requirements(operation: Operation, market: Market): RailRequirements
  /** Once, with all handlers: callbacks and `settle` end there. */
  on(handlers: Handlers<Tx>): void
  /** From a cron job, every minute or so: handles what no handler has finished with, and finds out what is unknown. */
  settle(options?: { readonly limit?: number }): Promise<Settled>
  /** What waits for a person: contradictory money, outcomes that no call can find out, news of payments not known here. */
  review(): Promise<readonly Review[]>
  /** A person has decided: by name, and with a reason. Rejects with `not_found` for a review that has changed meanwhile. */
  resolve(resolution: Resolution): Promise<void>
  /**
   * The vendor's own calls on a rail, where railswitch's are not enough. What they move is not recorded here. Throws
   * `rail_missing`, or `unsupported` where the rail is another provider's.
   */
  native<P extends keyof NativeClients>(rail: string, use: P): NativeClients[P]
  /** What the vendors call: mount it under `callbacks.url` with the rest of the path kept. */
  readonly callbacks: { readonly web: WebHandler; readonly node: NodeHandler }
  readonly fp: PaymentTasks
}

/** Synchronous: throws `invalid_configuration` with every mistake at once, before the first call. */
export const createPayments = <Tx>(options: PaymentsConfig<Tx>): Payments<Tx> => {
  const config = readConfig(options)
  const handlers = createHandlers<Tx>()
  const tokens = createTokens(config.callbacks.secrets)
  const operating = { config, handlers, tokens }
  const pipeline = createPipeline({ ...config, tokens, handlers, handlerTimeoutMs: config.callbacks.handlerTimeoutMs })
  const reviews = createReviews({ ...config, pipeline })
  const decide = createDecide({ ...config, pipeline })
  const isRail = (name: string): boolean => config.rails.has(name)
  const fp: PaymentTasks = {
    deposit: (input) => {
      const read = readDeposit(config.active, input)
      return isLeft(read)
        ? taskEither.left(read.left)
        : operate(operating, 'deposit', read.right.input, read.right.intent)
    },
    refund: (input) => {
      const read = readRefund(input)
      return isLeft(read)
        ? taskEither.left(read.left)
        : operate(operating, 'refund', read.right.input, read.right.intent)
    },
    payout: (input) => async () => {
      const read = readPayout(config.active, input)
      if (isLeft(read)) return read
      const extras = await sourceOf(config, read.right.intent)
      return isLeft(extras) ? extras : operate(operating, 'payout', read.right.input, read.right.intent, extras.right)()
    },
    withdrawal: (input) => {
      const read = readWithdrawal(config.active, input)
      return isLeft(read)
        ? taskEither.left(read.left)
        : operate(operating, 'withdrawal', read.right.input, read.right.intent)
    },
  }
  return {
    fp,
    deposit: async (input) => orThrow(await fp.deposit(input)()),
    refund: async (input) => orThrow(await fp.refund(input)()),
    payout: async (input) => orThrow(await fp.payout(input)()),
    withdrawal: async (input) => orThrow(await fp.withdrawal(input)()),
    approve: ({ payment }) => decide(payment, 'approve'),
    deny: ({ payment }) => decide(payment, 'deny'),
    getPayout: async (of) => {
      const thread = await findThread(config, of)
      const payout = foldPayout(thread)
      if (!payout) throw unknownPayment(of)
      return { ...payout, history: thread.observations }
    },
    get: async (of) => {
      const thread = await findThread(config, of)
      const payment = fold(thread)
      if (!payment) throw unknownPayment(of)
      return { ...payment, history: thread.observations }
    },
    requirements: (operation, market) => {
      const rails = Object.fromEntries(
        [...config.rails].map(([name, provider]) => [
          name,
          provider.requirements?.(operation, market) ?? { fields: [] },
        ]),
      )
      return { rails, fields: [...new Set(Object.values(rails).flatMap(({ fields }) => fields))] }
    },
    native: (rail, use) => nativeOf(config, rail, use),
    on: handlers.register,
    settle: createSettle({ ...config, pipeline, repeat: repeatCall(operating) }),
    review: reviews.list,
    resolve: reviews.resolve,
    callbacks: {
      web: webHandler(pipeline.receive, isRail, config.logger),
      node: nodeHandler(pipeline.receive, isRail, config.logger),
    },
  }
}

const orThrow = <A>(answer: Either<PaymentError, A>): A => {
  if (isLeft(answer)) throw answer.left
  return answer.right
}

const nativeOf = <Tx, P extends keyof NativeClients>(
  { rails }: ReadyConfig<Tx>,
  rail: string,
  use: P,
): NativeClients[P] => {
  const provider = rails.get(rail)
  if (provider?.id === use && provider.native) return provider.native as NativeClients[P]
  throw new PaymentError({
    code: provider ? 'unsupported' : 'rail_missing',
    effect: 'not_sent',
    again: 'never',
    message: provider ? `Rail ${rail} is ${provider.id}, not ${use}.` : `Rail ${rail} is not configured.`,
    hint: 'Name a configured rail and the provider behind it.',
  })
}

/** Rejects with `not_found`. */
const findThread = async <Tx>({ store }: ReadyConfig<Tx>, of: Named): Promise<Thread> => {
  const reference = 'reference' in of ? of.reference : (parsePaymentRef(of.payment)?.reference ?? '')
  const thread = typeof reference === 'string' ? await store.find(reference) : null
  const isNamed = 'reference' in of || thread?.intents.some(({ intent }) => paymentRef(intent) === of.payment)
  if (!thread || !isNamed) throw unknownPayment(of)
  return thread
}

const unknownPayment = (of: Named): PaymentError =>
  new PaymentError({
    code: 'not_found',
    effect: 'not_sent',
    again: 'never',
    message: `No such payment is known under ${String('reference' in of ? of.reference : of.payment).slice(0, 60)}.`,
    hint: 'Use the reference that deposit() or refund() was given, and the same store.',
  })
