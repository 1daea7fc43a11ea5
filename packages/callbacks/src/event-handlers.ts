import {
  type Answers,
  closest,
  type EventType,
  eventTypes,
  type HandlerAnswer,
  handlerMissing,
  type Issue,
  invalid,
  isLeft,
  type Money,
  type PaymentEvent,
  parseMoney,
  type Question,
  type Timers,
  withTimeLimit,
} from '@railswitch/core'

/**
 * Registers a write for the transaction in which the event is marked as emitted: with a durable store, the event is handled exactly
 * once. Throws after the handler has ended, because the write would be lost.
 */
export type Commit<Tx> = (write: (tx: Tx) => Promise<unknown>) => void

/** A question must be answered. The result of any other handler is ignored. */
type AnswerTo<T extends EventType> = T extends Question ? Answers[T] : unknown

export type Handler<T extends EventType, Tx> = (
  event: PaymentEvent<T>,
  commit: Commit<Tx>,
) => AnswerTo<T> | Promise<AnswerTo<T>>

/** One handler per event. `deposit.reversed` is mandatory, because any deposit can be reversed; other questions only if they can be asked. */
export type Handlers<Tx = unknown> = { readonly 'deposit.reversed': Handler<'deposit.reversed', Tx> } & {
  readonly [T in Exclude<EventType, 'deposit.reversed'>]?: Handler<T, Tx>
}

/** The handler's answer to one event, and the writes for the transaction in which the event is marked as emitted. */
export interface Handled<Tx> {
  readonly answer: HandlerAnswer
  readonly write?: (tx: Tx) => Promise<unknown>
}

export interface HandlerRegistry<Tx> {
  /** Throws if it is called twice, and for a name that is not an event, because its handler would never be called. */
  register(handlers: Handlers<Tx>): void
  /** The questions that have no handler. */
  missing(questions: readonly Question[]): readonly Question[]
  /** Runs the event's handler. Rejects if it throws, if its answer is missing, or after `timeoutMs`. */
  run(event: PaymentEvent, timeoutMs: number): Promise<Handled<Tx>>
}

/** Thrown by `run`. The handler may still be running, so no other handler may work on the payment yet. */
export class HandlerTimeout extends Error {
  override readonly name = 'HandlerTimeout'
}

export const createHandlers = <Tx>(timers: Timers): HandlerRegistry<Tx> => {
  let registered: Handlers<Tx> | null = null
  return {
    register(handlers) {
      if (registered)
        throw handlerMissing({
          message: 'payments.on() has already set the event handlers.',
          hint: 'Call payments.on() once, with all handlers.',
        })
      const issues = handlerIssues(handlers)
      if (issues.length > 0) throw invalid('invalid_configuration', issues)
      registered = handlers
    },
    missing: (questions) => questions.filter((question) => typeof registered?.[question] !== 'function'),
    async run(event, timeoutMs) {
      const handlers = registered
      if (!handlers)
        throw handlerMissing({
          message: 'There are no event handlers.',
          hint: 'Call payments.on() when the application starts, before callbacks arrive.',
        })
      const late = () => new HandlerTimeout(`no answer after ${timeoutMs} ms`)
      return withTimeLimit(timers, () => runHandler(handlers, event), { ms: timeoutMs, late })
    },
  }
}

const names: ReadonlySet<string> = new Set(eventTypes)

const handlerIssues = (handlers: object): readonly Issue[] => {
  if (typeof handlers !== 'object' || handlers === null)
    return [{ field: 'handlers', rule: 'must be an object', fix: "pass { 'deposit.credited': (event, commit) => … }" }]
  const issues = Object.entries(handlers).flatMap(([name, handler]) => {
    if (!names.has(name)) return [{ field: name, rule: 'is not an event', fix: eventFix(name) }]
    return handler === undefined || typeof handler === 'function'
      ? []
      : [{ field: name, rule: 'must be a function', fix: 'pass a handler or leave it out' }]
  })
  // Before the first deposit: a customer may already wait for it.
  return (handlers as Partial<Handlers>)['deposit.reversed'] === undefined ? [...issues, noReversals] : issues
}

const noReversals: Issue = {
  field: 'deposit.reversed',
  rule: 'is required, because any deposit can be reversed',
  fix: "add 'deposit.reversed': () => ({ recovered: false }), and answer true if you took the money back from the customer",
}

const eventFix = (name: string): string => {
  const meant = closest(name, eventTypes)
  return meant === null ? `use one of ${eventTypes.join(', ')}` : `write ${meant}`
}

const runHandler = async <Tx>(handlers: Handlers<Tx>, event: PaymentEvent): Promise<Handled<Tx>> => {
  const writes: ((tx: Tx) => Promise<unknown>)[] = []
  // By the mapped type, the handler with this name accepts this event. TypeScript cannot infer this for a union of events.
  const handler = handlers[event.type] as Handler<EventType, Tx> | undefined
  if (isQuestion(event) && !handler)
    throw handlerMissing({
      message: `There is no handler for '${event.type}', which the vendor asks.`,
      hint: `Pass one to payments.on(): it must return { ${decisions[event.type]}: boolean }.`,
    })
  const result = await callHandler(handler, event, writes)
  const answer: HandlerAnswer = isQuestion(event) ? answerOf(event.type, result) : 'ok'
  return writes.length === 0 ? { answer } : { answer, write: inOrder(writes) }
}

const callHandler = async <Tx>(
  handler: Handler<EventType, Tx> | undefined,
  event: PaymentEvent,
  writes: ((tx: Tx) => Promise<unknown>)[],
): Promise<unknown> => {
  let ended = false
  try {
    return await handler?.(event, (write) => {
      if (ended)
        throw handlerMissing({
          message: `The handler of '${event.type}' called commit() after it had ended.`,
          hint: 'Call commit() before the handler ends: await everything before it.',
        })
      writes.push(write)
    })
  } finally {
    ended = true
  }
}

const decisions: { readonly [Q in Question]: string } = {
  'deposit.reversed': 'recovered',
  'withdrawal.requested': 'reserved',
  'kyc.received': 'proceed',
}

const isQuestion = <E extends { readonly type: string }>(event: E): event is E & { readonly type: Question } =>
  Object.hasOwn(decisions, event.type)

const answerOf = (question: Question, result: unknown): Answers[Question] => {
  const decision = decisions[question]
  const decided = (result as Record<string, unknown> | null | undefined)?.[decision]
  if (typeof decided !== 'boolean')
    throw handlerMissing({
      message: `The handler of '${question}' returned ${result === undefined ? 'nothing' : 'no decision'}.`,
      hint: `Return { ${decision}: true } or { ${decision}: false }: the vendor asks again until it gets an answer.`,
    })
  if (question === 'kyc.received') return { proceed: decided, ...limitOf(result as Answers['kyc.received']) }
  return question === 'deposit.reversed' ? { recovered: decided } : { reserved: decided }
}

const limitOf = ({ limit }: Answers['kyc.received']): { readonly limit?: Money } => {
  if (limit === undefined) return {}
  const money = parseMoney(limit)
  if (isLeft(money))
    throw handlerMissing({
      message: "The `limit` that the handler of 'kyc.received' returned is no money.",
      hint: "Return { proceed, limit: { value: '100.00', currency: 'SEK' } }, or no limit.",
    })
  return { limit: money.right }
}

const inOrder =
  <Tx>(writes: readonly ((tx: Tx) => Promise<unknown>)[]) =>
  async (tx: Tx): Promise<void> => {
    for (const write of writes) await write(tx)
  }
