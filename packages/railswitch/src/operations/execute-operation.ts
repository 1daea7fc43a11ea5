import type { HandlerRegistry, Tokens } from '@railswitch/callbacks'
import {
  type Answered,
  type BeginResult,
  type Call,
  type Capability,
  type Conclusion,
  type Either,
  fingerprintOf,
  type In,
  type Intent,
  isLeft,
  left,
  nameOf,
  type Operation,
  type OperationOutcome,
  type Out,
  type Outcome,
  PaymentError,
  type PaymentProvider,
  type PaymentRecord,
  paymentRef,
  type Question,
  right,
  type Settings,
  type Started,
  supportOf,
  type TaskEither,
  type Telemetry,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'

/** Which rail did it, and why that one: it was `active`, or it was `recorded` when the payment began. */
export interface Routed {
  readonly rail: string
  readonly why: 'active' | 'recorded'
}

/** What is asked, before the configuration lends its part. */
export type Asked = Omit<Intent, 'settings'>

/** What goes with a request beside its input. */
export interface Extras {
  /** Of a payout: the deposit whose account is paid. */
  readonly source?: PaymentRecord
  /** Of a call that is repeated from what was stored of it: the first one's. */
  readonly fingerprint?: string
}

export interface Operating<Tx> {
  readonly config: ReadyConfig<Tx>
  readonly telemetry: Telemetry
  readonly handlers: HandlerRegistry<Tx>
  readonly tokens: Tokens
}

/** Both vendors are given up long before this. */
const longestCallMs = 120_000

/**
 * One call, whatever the operation: checks, records the intent, asks the rail that the intent names, records the answer.
 * `request` is what the fingerprint covers.
 */
export const operate =
  <K extends Operation, Tx>(
    operating: Operating<Tx>,
    operation: K,
    input: In<K>,
    wanted: Asked,
    extras: Extras = {},
  ): TaskEither<PaymentError, Out<K> & Routed> =>
  () =>
    operating.telemetry.operation(
      operation,
      () => call(operating, operation, input, wanted, extras),
      // Every operation's result has these members; TypeScript does not see it through the mapped type.
      (answer) => describe(wanted, answer as Either<PaymentError, Started & Routed>),
    )

const describe = (
  { rail }: Asked,
  answer: Either<PaymentError, Pick<Started & Routed, 'payment' | 'rail'>>,
): OperationOutcome => {
  if (isLeft(answer)) return { rail, outcome: answer.left.code, effect: answer.left.effect }
  const { right } = answer
  return { rail: right.rail, outcome: statusOf(right), payment: right.payment }
}

const statusOf = (result: object): string => ('status' in result ? String(result.status) : 'started')

const call = async <K extends Operation, Tx>(
  { config, handlers, tokens }: Operating<Tx>,
  operation: K,
  input: In<K>,
  given: Asked,
  { source, fingerprint }: Extras,
): Promise<Either<PaymentError, Out<K> & Routed>> => {
  const active = readyRail(config, handlers, operation, input, given.rail)
  const isHeld = isMoneyOut(given) && !config.reconciled
  // A retry needs nothing of the rail that is active by now.
  const recorded = isLeft(active) || isHeld ? await recordedRail(config, given) : null
  const wanted = isLeft(active) ? { ...given, rail: recorded ?? given.rail } : given
  const ready = wanted.rail === given.rail ? active : readyRail(config, handlers, operation, input, wanted.rail)
  if (isLeft(ready)) return ready
  // The store may have lost it: it may have gone out at any rail, not only at the one that is active by now.
  if (isHeld && recorded === null) return left(held())
  const asked = { ...wanted, settings: await settingsOf({ config, tokens }, wanted, input) }
  const begun = await begin(config, asked, fingerprintsOf(config, fingerprint, { operation, input }))
  if (isLeft(begun)) return begun
  if (begun.right.state === 'refused') return left(new PaymentError(begun.right.error))
  const { intent } = begun.right.recorded
  const isActive = begun.right.state === 'new' && !intent.of && !intent.account
  const routed: Routed = { rail: intent.rail, why: isActive ? 'active' : 'recorded' }
  if (begun.right.state === 'done') return right({ ...(begun.right.result as Out<K>), ...routed })
  const provider = readyRail(config, handlers, operation, input, intent.rail)
  if (isLeft(provider)) return provider
  const resumed = begun.right.state === 'resume'
  if (resumed && !provider.right.replays) return unanswered<K>(intent, routed, provider.right, config.now)
  const { callbackUrl, statement } = intent.settings
  const signal = AbortSignal.timeout(longestCallMs)
  const call: Call = {
    intent,
    record: begun.right.record,
    ...(source && { source }),
    callbackUrl,
    resumed,
    signal,
  }
  const lent = operation === 'refund' ? input : { ...input, statement: statementOf(input) ?? statement }
  const answer = await ask(provider.right, operation, lent, call)
  await recordResponse(config, provider.right, intent, answer, resumed)
  if (!isLeft(answer)) return right({ ...answer.right.result, ...routed })
  const { effect } = answer.left
  // Money may be moving, by this call or by an earlier one, of which this one's not being sent says nothing.
  const mayMove = effect === 'may_have_happened' || (resumed && effect === 'not_sent')
  return mayMove && endsUnknown(intent) ? unanswered<K>(intent, routed, provider.right, config.now) : answer
}

/** Where this very call was begun, if it was. */
const recordedRail = async <Tx>({ store }: ReadyConfig<Tx>, { reference, attempt }: Asked): Promise<string | null> => {
  const record = await store.find(reference).catch(() => null)
  const recorded = record?.intents.find(({ intent }) => intent.reference === reference && intent.attempt === attempt)
  return recorded?.intent.rail ?? null
}

/** Under every secret that is configured: a request that was begun under an older one is still the same. */
const fingerprintsOf = <Tx>(
  { callbacks: { secrets } }: ReadyConfig<Tx>,
  known: string | undefined,
  request: object,
): readonly [string, ...string[]] => {
  if (known !== undefined) return [known]
  const [current, ...older] = secrets
  return [fingerprintOf(request, current), ...older.map((secret) => fingerprintOf(request, secret))]
}

const settingsOf = async <Tx>(
  { config: { callbacks, statement }, tokens }: Pick<Operating<Tx>, 'config' | 'tokens'>,
  asked: Asked,
  input: In<Operation>,
): Promise<Settings> => {
  const statementOfCall = asked.account ? (statementOf(input) ?? statement) : statement
  return {
    callbackUrl: `${callbacks.url}/${asked.rail}/${await tokens.sign(asked)}`,
    ...(statementOfCall !== undefined && asked.kind !== 'refund' && { statement: statementOfCall }),
    ...(asked.account && 'customer' in input && { customerId: input.customer.id }),
  }
}

const statementOf = (input: In<Operation>): string | undefined => ('statement' in input ? input.statement : undefined)

/** What no customer is waiting for: a lost answer is a value, because money may be moving. */
const endsUnknown = (intent: Intent): boolean => isMoneyOut(intent) || isCharge(intent)

const isCharge = ({ kind, account }: Intent): boolean => kind === 'deposit' && account !== undefined

/** A vendor that may have sent money must never be asked for it again under another key. */
const isMoneyOut = ({ kind }: Pick<Intent, 'kind'>): boolean => kind === 'refund' || kind === 'payout'

/** The rail's provider, if it is configured, can do this, and nobody's question stays unanswered. */
const readyRail = <K extends Operation, Tx>(
  { rails }: ReadyConfig<Tx>,
  handlers: HandlerRegistry<Tx>,
  operation: K,
  input: In<K>,
  rail: string,
): Either<PaymentError, PaymentProvider> => {
  const provider = rails.get(rail)
  if (!provider)
    return left(
      notPossible(
        'rail_missing',
        `Rail ${rail} is not configured.`,
        `Restore \`providers.${rail}\`: payments depend on it.`,
      ),
    )
  const capability = capabilityOf(operation, input)
  const support = supportOf(provider.capabilities, capability)
  if (!support.yes || !provider.operations[operation])
    return left(
      notPossible('unsupported', `Rail ${rail} cannot do ${capability}.`, support.yes ? 'Not built.' : support.why),
    )
  const asks: readonly Question[] | ((input: In<K>) => readonly Question[]) = provider.asks[operation] ?? []
  const missing = handlers.missing(typeof asks === 'function' ? asks(input) : asks)
  if (missing.length > 0)
    return left(
      notPossible(
        'handler_missing',
        `Rail ${rail} can ask ${missing.join(', ')}, and no handler answers.`,
        'Call payments.on() with these handlers before the first operation.',
      ),
    )
  return right(provider)
}

const held = (): PaymentError =>
  new PaymentError({
    code: 'held',
    effect: 'not_sent',
    again: 'same_attempt',
    message: 'Money out that this store does not know is held: the store was restored and is not reconciled.',
    hint: 'Compare with what the vendors of all rails list since the backup, take in what is missing with adopt(), then drop `reconciled: false`.',
  })

const capabilityOf = (operation: Operation, input: In<Operation>): Capability => {
  if (operation === 'account') return 'mandate' in input && input.mandate ? 'mandate' : 'account'
  if (operation !== 'payout') return operation
  return 'to' in input && 'payment' in input.to ? 'payout.toDepositor' : 'payout.toAccount'
}

const notPossible = (
  code: 'rail_missing' | 'unsupported' | 'handler_missing',
  message: string,
  hint: string,
): PaymentError => new PaymentError({ code, effect: 'not_sent', again: 'same_attempt', message, hint })

const begin = async <Tx>(
  { store, rules, logger }: ReadyConfig<Tx>,
  intent: Intent,
  fingerprints: readonly [string, ...string[]],
): Promise<Either<PaymentError, BeginResult>> => {
  try {
    return right(await store.begin({ intent, fingerprints }, rules))
  } catch (error) {
    logger.error({ payment: paymentRef(intent), error: nameOf(error) }, 'the store could not record an intent')
    // Our stores say themselves what is to be done; a driver's error may hold anything.
    if (error instanceof PaymentError) return left(error)
    return left(
      new PaymentError({
        code: 'store_failed',
        effect: 'not_sent',
        again: 'same_attempt',
        message: 'The store could not record the request.',
        hint: 'Nothing was sent: repair the store, then call again.',
      }),
    )
  }
}

const ask = async <K extends Operation>(
  provider: PaymentProvider,
  operation: K,
  input: In<K>,
  call: Call,
): Promise<Either<PaymentError, Answered<Out<K>>>> => {
  const run = provider.operations[operation] as
    | ((input: In<K>, call: Call) => TaskEither<PaymentError, Answered<Out<K>>>)
    | undefined
  try {
    if (run) return await run(input, call)()
  } catch {
    // An adapter that throws has broken its contract somewhere between building the request and reading the answer.
  }
  return left(
    new PaymentError({
      code: 'vendor_error',
      effect: 'may_have_happened',
      again: 'after_lookup',
      message: `The ${provider.id} adapter failed.`,
      hint: 'This is a fault of the adapter: report it.',
    }),
  )
}

/** A response that cannot be recorded is still the response: the intent stays open, and `settle` or a retry asks again. */
const recordResponse = async <Tx>(
  { store, rules, logger }: ReadyConfig<Tx>,
  { transactions }: PaymentProvider,
  intent: Intent,
  answer: Either<PaymentError, Answered<Started | Outcome>>,
  resumed: boolean,
): Promise<void> => {
  const conclusion = conclusionOf(answer, resumed)
  if (conclusion === null) return
  const payment = paymentRef(intent)
  const vendorIds = isLeft(answer) ? [] : answer.right.vendorIds
  try {
    const { taken } = await store.conclude(intent, conclusion, { vendorIds, replaces: transactions === 'one' }, rules)
    if (taken.length > 0)
      logger.error(
        { payment, taken },
        'the response names what belongs to another payment: it was not recorded for this one',
      )
  } catch (error) {
    logger.error({ payment, error: nameOf(error) }, 'the store could not record a response')
  }
}

const conclusionOf = (
  answer: Either<PaymentError, Answered<Started | Outcome>>,
  resumed: boolean,
): Conclusion | 'not_sent' | null => {
  if (isLeft(answer)) {
    const { effect } = answer.left
    if (effect === 'refused') return { state: 'refused', error: answer.left.toJSON() }
    return effect === 'not_sent' && !resumed ? 'not_sent' : null
  }
  const { result } = answer.right
  return 'redirectUrl' in result ? { state: 'started', result } : { state: result.status, result }
}

/** Whether it was done is not known. A deposit's customer has no checkout to pay at; money out stays open. */
const unanswered = <K extends Operation>(
  intent: Intent,
  routed: Routed,
  { replays, lookup }: PaymentProvider,
  now: () => Date,
): Either<PaymentError, Out<K> & Routed> => {
  if (endsUnknown(intent)) {
    const unknown: Outcome = {
      status: 'unknown',
      payment: paymentRef(intent),
      settle: replays ? 'replay' : lookup ? 'lookup' : 'operator',
      notBefore: now().toISOString(),
    }
    return right({ ...unknown, ...routed } as Out<K> & Routed)
  }
  return left(
    new PaymentError({
      code: 'in_progress',
      effect: 'may_have_happened',
      again: 'next_attempt',
      message: `An earlier call of ${intent.reference}, attempt ${intent.attempt}, has no answer yet.`,
      hint: 'Use a new attempt: a customer pays only where the browser is sent.',
    }),
  )
}
