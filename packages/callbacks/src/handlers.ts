import {
  type Answers,
  type AnyAnswer,
  type EventType,
  eventTypes,
  type Issue,
  invalid,
  isLeft,
  type Money,
  PaymentError,
  type PaymentEvent,
  parseMoney,
  type Question,
} from '@railswitch/core'

/**
 * Registers rows to write in the same transaction as our mark: with a durable store the event is handled exactly once.
 * Throws after its handler has ended, when nothing would be written any more.
 */
export type Commit<Tx> = (write: (tx: Tx) => Promise<unknown>) => void

/** A question must be answered; what any other handler returns is ignored. */
type AnswerTo<T extends EventType> = T extends Question ? Answers[T] : unknown

export type Handler<T extends EventType, Tx> = (
  event: PaymentEvent<T>,
  commit: Commit<Tx>,
) => AnswerTo<T> | Promise<AnswerTo<T>>

/** One handler per event. Any deposit can be taken back, so that question is mandatory; others are where they can be asked. */
export type Handlers<Tx = unknown> = { readonly 'deposit.reversed': Handler<'deposit.reversed', Tx> } & {
  readonly [T in Exclude<EventType, 'deposit.reversed'>]?: Handler<T, Tx>
}

/** What the handler of one event answered, and what is to be written with our mark. */
export interface Handled<Tx> {
  readonly answer: AnyAnswer
  readonly write?: (tx: Tx) => Promise<unknown>
}

export interface HandlerRegistry<Tx> {
  /** Throws when called twice, and for a name that is no event's: its handler would never be called. */
  register(handlers: Handlers<Tx>): void
  /** Which of these questions nobody would answer. */
  missing(questions: readonly Question[]): readonly Question[]
  /** Runs the event's handler; rejects when it throws, when its answer is missing, or after `timeoutMs`. */
  run(event: PaymentEvent, timeoutMs: number): Promise<Handled<Tx>>
}

/** Thrown by `run`: the handler may still be working, so its payment must not be given to another yet. */
export class HandlerTimeout extends Error {
  override readonly name = 'HandlerTimeout'
}

export const createHandlers = <Tx>(): HandlerRegistry<Tx> => {
  let registered: Handlers<Tx> | null = null
  return {
    register(handlers) {
      if (registered) throw misused('Call payments.on() once, with all handlers.')
      const issues = handlerIssues(handlers)
      if (issues.length > 0) throw invalid('invalid_configuration', issues)
      registered = handlers
    },
    missing: (questions) => questions.filter((question) => typeof registered?.[question] !== 'function'),
    async run(event, timeoutMs) {
      if (!registered) throw misused('Call payments.on() before callbacks arrive.')
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new HandlerTimeout(`no answer after ${timeoutMs} ms`)), timeoutMs)
      })
      try {
        return await Promise.race([runHandler(registered, event), late])
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

const misused = (hint: string): PaymentError =>
  new PaymentError({
    code: 'handler_missing',
    effect: 'not_sent',
    retry: 'same_attempt',
    message: 'The event handlers are not set up.',
    hint,
  })

const names: ReadonlySet<string> = new Set(eventTypes)

const handlerIssues = (handlers: object): readonly Issue[] =>
  Object.entries(handlers).flatMap(([name, handler]) => {
    if (!names.has(name)) return [{ field: name, rule: 'is not an event', fix: `use one of ${eventTypes.join(', ')}` }]
    return handler === undefined || typeof handler === 'function'
      ? []
      : [{ field: name, rule: 'must be a function', fix: 'give a handler or leave it out' }]
  })

const runHandler = async <Tx>(handlers: Handlers<Tx>, event: PaymentEvent): Promise<Handled<Tx>> => {
  const writes: ((tx: Tx) => Promise<unknown>)[] = []
  // The mapped type says that the handler under this name takes this event; TypeScript cannot follow it through a union.
  const handler = handlers[event.type] as Handler<EventType, Tx> | undefined
  if (isQuestion(event) && !handler) throw misused(`Give payments.on() a handler of '${event.type}'.`)
  const returned = await handle(handler, event, writes)
  const answer: AnyAnswer = isQuestion(event) ? answerOf(event.type, returned) : 'ok'
  return writes.length === 0 ? { answer } : { answer, write: inOrder(writes) }
}

const handle = async <Tx>(
  handler: Handler<EventType, Tx> | undefined,
  event: PaymentEvent,
  writes: ((tx: Tx) => Promise<unknown>)[],
): Promise<unknown> => {
  let ended = false
  try {
    return await handler?.(event, (write) => {
      if (ended) throw misused('Call commit() before the handler ends: await what comes before it.')
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

const answerOf = (question: Question, returned: unknown): Answers[Question] => {
  const decision = decisions[question]
  const decided = (returned as Record<string, unknown> | null | undefined)?.[decision]
  if (typeof decided !== 'boolean') throw misused(`The handler of '${question}' must return { ${decision}: boolean }.`)
  if (question === 'kyc.received') return { proceed: decided, ...limitOf(returned as Answers['kyc.received']) }
  return question === 'deposit.reversed' ? { recovered: decided } : { reserved: decided }
}

const limitOf = ({ limit }: Answers['kyc.received']): { readonly limit?: Money } => {
  if (limit === undefined) return {}
  const money = parseMoney(limit)
  if (isLeft(money)) throw misused("The `limit` of 'kyc.received' must be money, such as money('100.00', 'SEK').")
  return { limit: money.right }
}

const inOrder =
  <Tx>(writes: readonly ((tx: Tx) => Promise<unknown>)[]) =>
  async (tx: Tx): Promise<void> => {
    for (const write of writes) await write(tx)
  }
