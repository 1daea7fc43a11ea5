import type { HandlerRegistry } from '@railswitch/callbacks'
import {
  type Capability,
  type Either,
  handlerMissing,
  isLeft,
  left,
  type Operation,
  type OperationInput,
  type PaymentError,
  type PaymentProvider,
  providerFailed,
  type Question,
  railMissing,
  reconciliationRequired,
  right,
  supportOf,
  unsupported,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { railFix } from '../config/rail-issues.ts'
import { type IntentDraft, movesMoneyOut, type OperationContext } from './operation-context.ts'

/**
 * Chooses the rail of a call. A call that was recorded before uses its recorded rail, even if the active rail does not support it. After
 * a restored backup (`reconciled: false`), money out that is not in the store is refused.
 */
export const routeIntent = async <K extends Operation, Tx>(
  context: OperationContext<Tx>,
  operation: K,
  input: OperationInput<K>,
  draft: IntentDraft,
): Promise<Either<PaymentError, IntentDraft>> => {
  const { config } = context
  const active = readyProvider(context, operation, input, draft.rail)
  const mayBeLost = movesMoneyOut(draft) && !config.reconciled
  if (!isLeft(active) && !mayBeLost) return right(draft)
  const recorded = await recordedRail(config, draft)
  if (isLeft(active)) {
    const rail = recorded ?? draft.rail
    const ready = rail === draft.rail ? active : readyProvider(context, operation, input, rail)
    const isChosen = recorded === null && draft.of === undefined && draft.account === undefined
    if (isLeft(ready)) return isChosen && !config.rails.has(rail) ? left(notChosen(config, rail)) : ready
  }
  // It may have been sent to any rail before the restore, not only to the active one.
  if (mayBeLost && recorded === null) return left(reconciliationRequired())
  return right(isLeft(active) ? { ...draft, rail: recorded ?? draft.rail } : draft)
}

/** For a rail that `active` chose, and no earlier payment: the function has a fault, and no rail was removed. */
const notChosen = ({ rails }: Pick<ReadyConfig<unknown>, 'rails'>, rail: string): PaymentError =>
  railMissing(rail, `\`active\` returned it: ${railFix(rail, [...rails.keys()])}.`)

/** The rail that an earlier call with the same key recorded; null if there is none. */
const recordedRail = async <Tx>(
  { store }: ReadyConfig<Tx>,
  { reference, attempt }: IntentDraft,
): Promise<string | null> => {
  const record = await store.find(reference)
  const recorded = record?.intents.find(({ intent }) => intent.reference === reference && intent.attempt === attempt)
  return recorded?.intent.rail ?? null
}

/** The provider of the rail, if it is configured, supports this operation, and has handlers for all of its questions. */
export const readyProvider = <K extends Operation, Tx>(
  { config, handlers }: OperationContext<Tx>,
  operation: K,
  input: OperationInput<K>,
  rail: string,
): Either<PaymentError, PaymentProvider> => {
  const provider = config.rails.get(rail)
  if (!provider) return left(railMissing(rail))
  const capability = capabilityOf(operation, input)
  const support = supportOf(provider.capabilities, capability)
  if (!support.yes || !provider.operations[operation])
    return left(
      unsupported({
        message: `Rail ${rail} cannot do ${capability}.`,
        hint: support.yes ? 'The provider declares it but does not implement it.' : support.why,
      }),
    )
  const missing = unansweredQuestions(provider, handlers, operation, input)
  if (missing.length > 0)
    return left(
      handlerMissing({
        message: `Rail ${rail} can ask ${missing.join(', ')}, and there is no handler for it.`,
        hint: 'Call payments.on() with these handlers before the first operation.',
      }),
    )
  return right(provider)
}

const unansweredQuestions = <K extends Operation, Tx>(
  provider: PaymentProvider,
  handlers: HandlerRegistry<Tx>,
  operation: K,
  input: OperationInput<K>,
): readonly Question[] => {
  const questions: readonly Question[] | ((input: OperationInput<K>) => readonly Question[]) =
    provider.questions[operation] ?? []
  return handlers.missing(typeof questions === 'function' ? questionsOf(provider, () => questions(input)) : questions)
}

const questionsOf = ({ id }: PaymentProvider, questions: () => readonly Question[]): readonly Question[] => {
  try {
    return questions()
  } catch (error) {
    throw providerFailed(id, error, { effect: 'not_sent', retry: 'never' })
  }
}

const capabilityOf = (operation: Operation, input: OperationInput<Operation>): Capability => {
  if (operation === 'account') return 'mandate' in input && input.mandate ? 'account.mandate' : 'account'
  if (operation === 'importMandate') return 'mandate.import'
  if (operation !== 'payout') return operation
  return 'to' in input && 'payment' in input.to ? 'payout.toDepositor' : 'payout.toAccount'
}
