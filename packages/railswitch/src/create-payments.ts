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
  depositSchema,
  type Either,
  fold,
  invalid,
  isLeft,
  left,
  type Market,
  type Money,
  type Observation,
  type Operation,
  type Outcome,
  type Payment,
  PaymentError,
  type PaymentRef,
  parseMoney,
  parsePaymentRef,
  paymentRef,
  type RefundInput,
  type Requirements,
  refundSchema,
  right,
  type Started,
  type TaskEither,
  taskEither,
  toIssues,
} from '@railswitch/core'
import type { ZodType } from 'zod'
import { type Asked, operate, type Routed } from './operate.ts'
import { type PaymentsConfig, type ReadyConfig, type RoutingContext, readConfig } from './payments-config.ts'

/** A payment as it stands, with everything that vendors said of it. */
export interface PaymentView extends Payment {
  readonly history: readonly Observation[]
}

/** The TaskEither face: nothing is sent until the returned function is called. */
export interface PaymentTasks {
  deposit(input: DepositInput): TaskEither<PaymentError, Started & Routed>
  refund(input: RefundInput): TaskEither<PaymentError, Outcome & Routed>
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
  /** By the deposit's reference, a refund's, or a payment ref. Rejects with `not_found`. */
  get(of: { readonly reference: string } | { readonly payment: PaymentRef }): Promise<PaymentView>
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
  const isRail = (name: string): boolean => config.rails.has(name)
  const fp: PaymentTasks = {
    deposit: (input) => {
      const read = readDeposit(config, input)
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
  }
  return {
    fp,
    deposit: async (input) => orThrow(await fp.deposit(input)()),
    refund: async (input) => orThrow(await fp.refund(input)()),
    get: async (of) => {
      const reference = 'reference' in of ? of.reference : (parsePaymentRef(of.payment)?.reference ?? '')
      const thread = typeof reference === 'string' ? await config.store.find(reference) : null
      const payment = thread && fold(thread)
      const isNamed = 'reference' in of || thread?.intents.some(({ intent }) => paymentRef(intent) === of.payment)
      if (!payment || !isNamed) throw unknownPayment(String(reference))
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
    on: handlers.register,
    settle: createSettle({ ...config, pipeline, refund: fp.refund }),
    review: reviews.list,
    resolve: reviews.resolve,
    callbacks: {
      web: webHandler(pipeline.receive, isRail, config.logger),
      node: nodeHandler(pipeline.receive, isRail, config.logger),
    },
  }
}

interface Read<I> {
  readonly input: I
  readonly intent: Asked
}

const readDeposit = <Tx>(config: ReadyConfig<Tx>, given: DepositInput): Either<PaymentError, Read<DepositInput>> => {
  const parsed = parseInput(depositSchema, given)
  if (isLeft(parsed)) return parsed
  const { reference, attempt = 1, amount, customer } = parsed.right
  const rail = chooseRail(config.active, { operation: 'deposit', reference, amount, country: customer.country })
  if (isLeft(rail)) return rail
  const input = { ...parsed.right, attempt }
  return right({ input, intent: { kind: 'deposit', rail: rail.right, reference, attempt, expect: amount } })
}

const chooseRail = (active: ReadyConfig<unknown>['active'], context: RoutingContext): Either<PaymentError, string> => {
  try {
    return right(typeof active === 'string' ? active : active(context))
  } catch {
    const issue = {
      field: 'active',
      rule: 'threw instead of naming a rail',
      fix: 'let it return a name for every payment',
    }
    return left(invalid('invalid_configuration', [issue]))
  }
}

/** A refund goes to the rail that its deposit recorded, whatever is active now. */
const readRefund = (given: RefundInput): Either<PaymentError, Read<RefundInput>> => {
  const parsed = parseInput(refundSchema, given)
  if (isLeft(parsed)) return parsed
  const { reference, attempt = 1, amount, payment } = parsed.right
  const rail = parsePaymentRef(payment)?.rail ?? ''
  return right({
    input: { ...parsed.right, attempt },
    intent: { kind: 'refund', rail, reference, attempt, expect: amount, of: payment },
  })
}

const parseInput = <I extends { readonly amount: Money }>(schema: ZodType<I>, given: I): Either<PaymentError, I> => {
  const parsed = schema.safeParse(given)
  if (!parsed.success) return left(invalid('invalid_input', toIssues(parsed.error)))
  const amount = parseMoney(parsed.data.amount)
  return isLeft(amount) ? left(invalid('invalid_input', amount.left)) : right({ ...parsed.data, amount: amount.right })
}

const orThrow = <A>(answer: Either<PaymentError, A>): A => {
  if (isLeft(answer)) throw answer.left
  return answer.right
}

const unknownPayment = (reference: string): PaymentError =>
  new PaymentError({
    code: 'not_found',
    effect: 'not_sent',
    again: 'never',
    message: `No payment is known under ${reference.slice(0, 40)}.`,
    hint: 'Use the reference that deposit() or refund() was given, and the same store.',
  })
