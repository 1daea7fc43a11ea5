import { type HandlerAnswer, type Conclusion, createRecordRules, type CallbackResult, type CallbackRequest, type EventType, eventTypes, type Intent, memoryStore, type PaymentEvent, type PaymentProvider, type PaymentRecord, paymentRef, pendingEventsFor, type Review, type Runtime, type Store, systemRuntime, type Telemetry } from '@railswitch/core'
import { type Commit, createHandlers, type Handlers } from '../event-handlers.ts'
import { createPipeline } from '../pipeline.ts'
import { createTokens } from '../token.ts'
import { type Message, sek, vendorOf } from './vendor.ts'
import { withoutStack } from './without-stack.ts'

export const secret = 'a-secret-of-at-least-32-characters-x'
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

type Handle = (event: PaymentEvent, commit: Commit<void>) => unknown

export interface UnderTest {
  /** `vendor` is the provider of the rail `r`, unless `rails` is given. */
  readonly vendor?: PaymentProvider
  readonly rails?: ReadonlyMap<string, PaymentProvider>
  readonly clock?: Clock
  readonly store?: Store<void>
  readonly secrets?: readonly [string, ...string[]]
  readonly handlerTimeoutMs?: number
}

/** `at`: milliseconds since 1970. */
export interface Clock {
  at: number
}

/** The time at which every test begins. */
export const clockOf = (): Clock => ({ at: Date.UTC(2026, 0, 1) })

export const runtimeOf = (clock: Clock): Runtime => ({ ...systemRuntime, now: () => new Date(clock.at) })

export const storeOf = (clock: Clock): Store<void> => memoryStore({ runtime: runtimeOf(clock) })

export const intentOf = (reference: string, more: Partial<Intent> = {}): Intent => ({
  kind: 'deposit',
  rail: 'r',
  reference,
  attempt: 1,
  expect: sek('100.00'),
  settings: { callbackUrl: 'https://shop.example/' },
  ...more,
})

/** One process: a pipeline with a store that another process can share. */
export const pipelineUnderTest = ({
  vendor = vendorOf(),
  rails = new Map([['r', vendor]]),
  clock = clockOf(),
  store = storeOf(clock),
  secrets = [secret],
  handlerTimeoutMs = 10_000,
}: UnderTest = {}) => {
  const rules = createRecordRules(rails)
  const tokens = createTokens(secrets)
  const handlers = createHandlers<void>(systemRuntime)
  const outcomes: CallbackResult[] = []
  const counted: string[] = []
  const telemetry = recordedIn(outcomes, counted)
  const logs: string[] = []
  const log = (fields: object, message: string) => logs.push(`${message} ${JSON.stringify(fields, withoutStack)}`)
  const logger = { info: log, warn: log, error: log }
  const pipeline = createPipeline({ rails, rules, store, tokens, handlers, logger, telemetry, handlerTimeoutMs })
  return {
    ...applicationOn(handlers.register),
    pipeline,
    store,
    rules,
    rails,
    handlers,
    tokens,
    logger,
    logs,
    outcomes,
    counted,
    clock,
    ...calls(),
  }

  function calls() {
    return {
      /** Records an intent and, if one is given, the response to its call. */
      async begin(intent: Intent, conclusion: Conclusion | 'started' | null = null, order?: string) {
        const begun = await store.begin({ intent, fingerprints: ['f'] }, rules)
        if (begun.state !== 'new') throw new Error(`begin: ${begun.state}`)
        const payment = paymentRef(intent)
        const started = { state: 'started', result: { payment, redirectUrl: 'https://bank.example/', expiresAt: null } }
        if (conclusion !== null) {
          const known = conclusion === 'started' ? (started as Conclusion) : conclusion
          const learned = { vendorIds: order === undefined ? [] : [order], replaces: true }
          await store.conclude(intent, known, learned, rules)
        }
        return payment
      },
      send(message: Message | string, token: string | null = null, rail = 'r') {
        const text = typeof message === 'string' ? message : JSON.stringify(message)
        return pipeline.receive(rail, token, deliveryOf(text))
      },
      /** Handles the pending events, as a later run of `sync` does. */
      async handleDue() {
        const now = new Date(clock.at).toISOString()
        const until = new Date(clock.at + minute).toISOString()
        const outcomes = []
        for (const { record } of await store.leaseDue({ before: now, until, limit: 100 }, rules))
          if (pendingEventsFor(rules.derive(record), null).length > 0) outcomes.push(await pipeline.handlePending(record.key))
        return outcomes
      },
      async openReviews(): Promise<readonly Review[]> {
        const found: Review[] = []
        for await (const record of store.reviews(rules)) found.push(...rules.derive(record).reviews)
        return found
      },
      tokenOf: (intent: Intent) => tokens.sign(intent),
      async record(reference: string): Promise<PaymentRecord> {
        const record = await store.find(reference)
        if (!record) throw new Error(`no record of ${reference}`)
        return record
      },
    }
  }
}

export const noTelemetry: Telemetry = {
  operation: (_name, run) => run(),
  callback: (_rail, run) => run(),
  sync: (run) => run(),
  reconcile: (run) => run(),
  event: () => {},
}

/** Collects the outcome of each delivery and the counted events, each with its rail. */
const recordedIn = (outcomes: CallbackResult[], counted: string[]): Telemetry => ({
  ...noTelemetry,
  async callback(_rail, run, describe) {
    const reply = await run()
    const { outcome, answer } = describe(reply)
    outcomes.push({ outcome, ...(answer && { answer }) })
    return reply
  },
  event: (rail, type) => void counted.push(`${rail} ${type}`),
})

/** Handlers for all events: the events that they received and finished, their answers, and which of them fail. */
const applicationOn = (register: (handlers: Handlers<void>) => void) => {
  const receivedEvents: PaymentEvent[] = []
  const application: { handle: Handle; failing: Set<EventType>; answers: { [T in EventType]?: unknown } } = {
    handle: () => {},
    failing: new Set(),
    answers: {},
  }
  const handle: Handle = async (event, commit) => {
    if (application.failing.has(event.type)) throw new Error('marked-secret')
    await application.handle(event, commit)
    receivedEvents.push(event)
    return application.answers[event.type] ?? defaultAnswers[event.type]
  }
  // A loop cannot build the mapped type, so every handler accepts any event.
  register(Object.fromEntries(eventTypes.map((type) => [type, handle])) as unknown as Handlers<void>)
  return { application, receivedEvents, types: () => receivedEvents.map(({ type }) => type) }
}

const defaultAnswers: { readonly [T in EventType]?: HandlerAnswer } = {
  'deposit.reversed': { recovered: true },
  'withdrawal.requested': { reserved: true },
  'kyc.received': { proceed: true },
}

export const deliveryOf = (text: string): CallbackRequest => ({
  body: new TextEncoder().encode(text),
  contentType: 'application/json',
  headers: {},
})

/** A promise and the function that resolves it, for tests that delay something. */
export const gate = () => {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}
