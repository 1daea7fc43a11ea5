import {
  type Checkout,
  type Either,
  type Intent,
  inProgress,
  isLeft,
  left,
  nextAttempt,
  type Operation,
  type OperationInput,
  type OperationOutcome,
  type OperationResult,
  type Outcome,
  PaymentError,
  type PaymentErrorData,
  type PaymentProvider,
  paymentRef,
  right,
  type TaskEither,
} from '@railswitch/core'
import { chargedPayment } from './charged-payment.ts'
import { endedCurrencyError } from './ended-currency.ts'
import { endsUnknown, type IntentDraft, type OperationContext, type RequestExtras } from './operation-context.ts'
import { partialRefundError } from './partial-refund.ts'
import { recordIntent } from './record-intent.ts'
import { recordResult } from './record-result.ts'
import { readyProvider, routeIntent } from './route.ts'
import { type Sending, send } from './send.ts'

/** The rail of a call, and why it was chosen: it is `active`, or it was `recorded` when the payment began. */
export interface RoutingDecision {
  readonly rail: string
  readonly why: 'active' | 'recorded'
}

/** Executes an operation whose input is valid: route, record the intent, send, record the result. */
export const executeOperation =
  <K extends Operation, Tx>(
    context: OperationContext<Tx>,
    operation: K,
    input: OperationInput<K>,
    draft: IntentDraft,
    extras: RequestExtras = {},
  ): TaskEither<PaymentError, OperationResult<K> & RoutingDecision> =>
  () =>
    context.telemetry.operation(
      operation,
      () => execute(context, operation, input, draft, extras).catch(leftOf),
      // Every operation's result has these members. TypeScript cannot infer it from the mapped type.
      (result) => describe(draft, result as Either<PaymentError, Checkout & RoutingDecision>),
    )

/** Before a byte is sent, the store can fail, and so can a provider's own functions. */
const leftOf = (error: unknown): Either<PaymentError, never> => {
  if (error instanceof PaymentError) return left(error)
  throw error
}

const describe = (
  { rail }: IntentDraft,
  result: Either<PaymentError, Pick<Checkout & RoutingDecision, 'payment' | 'rail'>>,
): OperationOutcome => {
  if (isLeft(result)) return { rail, outcome: result.left.code, effect: result.left.effect }
  const { right } = result
  return { rail: right.rail, outcome: statusOf(right), payment: right.payment }
}

const statusOf = (result: object): string => ('status' in result ? String(result.status) : 'started')

const execute = async <K extends Operation, Tx>(
  context: OperationContext<Tx>,
  operation: K,
  input: OperationInput<K>,
  draft: IntentDraft,
  extras: RequestExtras,
): Promise<Either<PaymentError, OperationResult<K> & RoutingDecision>> => {
  const routed = await routeIntent(context, operation, input, draft)
  if (isLeft(routed)) return routed
  const partial = await partialRefundError(context.config, routed.right)
  if (partial) return left(partial)
  const ended = await endedCurrencyError(context.config, routed.right)
  if (ended) return left(ended)
  const begun = await recordIntent(context, operation, input, routed.right, extras)
  if (isLeft(begun)) return begun
  if (begun.right.state === 'refused') return left(new PaymentError(begun.right.error))
  const { state, recorded } = begun.right
  const route = routeOf(recorded.intent, state)
  if (state === 'done') return right({ ...(begun.right.result as OperationResult<K>), ...route })
  const provider = readyProvider(context, operation, input, recorded.intent.rail)
  if (isLeft(provider)) return provider
  const { record } = begun.right
  const source = extras.source ?? (await chargedPayment(context.config, recorded.intent, record))
  const sending = { recorded, record, ...(source && { source }), resumed: state === 'resume' }
  return sendAndRecord(context, provider.right, operation, input, sending, route)
}

const routeOf = ({ rail, of, account }: Intent, state: 'new' | 'resume' | 'done'): RoutingDecision => ({
  rail,
  why: state === 'new' && !of && !account ? 'active' : 'recorded',
})

const sendAndRecord = async <K extends Operation, Tx>(
  { config }: OperationContext<Tx>,
  provider: PaymentProvider,
  operation: K,
  input: OperationInput<K>,
  sending: Sending,
  route: RoutingDecision,
): Promise<Either<PaymentError, OperationResult<K> & RoutingDecision>> => {
  const { resumed } = sending
  const { intent, conclusion } = sending.recorded
  if (resumed && !provider.replays)
    return conclusion?.state === 'unknown'
      ? right({ ...explained(conclusion.result, intent), ...route } as OperationResult<K> & RoutingDecision)
      : unanswered<K>(intent, route, provider, { now: config.now })
  const response = await send({ ...config, provider }, operation, input, sending)
  await recordResult(config, provider, intent, response, resumed)
  if (!isLeft(response)) return right({ ...explained(response.right.result, intent), ...route })
  const { effect } = response.left
  // An earlier call may have moved money, whatever the result of this one.
  const mayMove = effect === 'may_have_happened' || (resumed && effect === 'not_sent')
  return mayMove && endsUnknown(intent)
    ? unanswered<K>(intent, route, provider, { now: config.now, error: response.left.toJSON() })
    : left(namingNextAttempt(response.left, intent))
}

/** The refusal is recorded, so the same call would return it again. */
const namingNextAttempt = (error: PaymentError, { attempt }: Intent): PaymentError =>
  error.effect === 'refused'
    ? new PaymentError({ ...error.toJSON(), hint: [error.hint, ...nextAttempt(error, attempt)].join(' ') })
    : error

/** An outcome that is unknown, with what to do about it. The provider may have said why, and an earlier release has recorded no reason. */
const explained = <R extends Checkout | Outcome>(result: R, intent: Intent): R => {
  if (!('status' in result) || result.status !== 'unknown') return result
  const hint = [result.error?.hint, findOut[result.resolveBy]].filter(Boolean).join(' ')
  return { ...result, error: { ...(result.error ?? noResponse(intent)), effect: 'may_have_happened', hint } }
}

const noResponse = ({ reference, attempt }: Intent): Omit<PaymentErrorData, 'hint'> => ({
  code: 'in_progress',
  effect: 'may_have_happened',
  retry: 'after_lookup',
  message: `No response to an earlier call of ${reference}, attempt ${attempt}, is recorded.`,
})

const findOut: Readonly<Record<Extract<Outcome, { status: 'unknown' }>['resolveBy'], string>> = {
  replay: 'Repeat exactly the same call, or let sync() do it: the vendor recognises it and does not pay twice.',
  lookup:
    'sync() looks up what happened from `notBefore` on; if the vendor does not show it, it needs review. Until then the same call sends nothing, and another attempt or reference could pay twice.',
  operator:
    "Look into the vendor's back office, and resolve the review that sync() opens: another attempt or reference could pay twice.",
}

/** No response is known. Money out becomes `unknown`; a deposit's customer has no checkout, so it is an error. */
const unanswered = <K extends Operation>(
  intent: Intent,
  route: RoutingDecision,
  { replays, lookUp }: PaymentProvider,
  { now, error }: { readonly now: () => Date; readonly error?: PaymentErrorData },
): Either<PaymentError, OperationResult<K> & RoutingDecision> => {
  if (endsUnknown(intent)) {
    const unknown = explained<Outcome>(
      {
        status: 'unknown',
        payment: paymentRef(intent),
        resolveBy: replays ? 'replay' : lookUp ? 'lookup' : 'operator',
        notBefore: now().toISOString(),
        ...(error && { error }),
      },
      intent,
    )
    return right({ ...unknown, ...route } as OperationResult<K> & RoutingDecision)
  }
  return left(inProgress(intent))
}
