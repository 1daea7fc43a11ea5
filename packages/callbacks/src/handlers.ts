import {
  type Answers,
  type AnyAnswer,
  type EventType,
  PaymentError,
  type PaymentEvent,
  type Question,
} from '@railswitch/core'

/** Registers rows to write in the same transaction as our mark: with a durable store the event is handled exactly once. */
export type Commit<Tx> = (write: (tx: Tx) => Promise<void>) => void

/** A question must be answered; what any other handler returns is ignored. */
type AnswerTo<T extends EventType> = T extends Question ? Answers[T] : unknown

export type Handler<T extends EventType, Tx> = (
  event: PaymentEvent<T>,
  commit: Commit<Tx>,
) => AnswerTo<T> | Promise<AnswerTo<T>>

/** One handler per event; those that ask a question are mandatory. */
export type Handlers<Tx = unknown> = { readonly [T in Question]: Handler<T, Tx> } & {
  readonly [T in Exclude<EventType, Question>]?: Handler<T, Tx>
}

/** What the handlers of one delivery made of its events. */
export interface Handled<Tx> {
  readonly answer: AnyAnswer
  readonly write?: (tx: Tx) => Promise<void>
}

export interface HandlerRegistry<Tx> {
  register(handlers: Handlers<Tx>): void
  /** Which of these questions nobody would answer. */
  missing(questions: readonly Question[]): readonly Question[]
  /** Runs the events in order; rejects when one throws, when an answer is missing, or after `timeoutMs`. */
  run(events: readonly PaymentEvent[], timeoutMs: number): Promise<Handled<Tx>>
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
      registered = handlers
    },
    missing: (questions) => questions.filter((question) => typeof registered?.[question] !== 'function'),
    async run(events, timeoutMs) {
      if (events.length > 0 && !registered) throw misused('Call payments.on() before callbacks arrive.')
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new HandlerTimeout(`no answer after ${timeoutMs} ms`)), timeoutMs)
      })
      try {
        return await Promise.race([runInOrder(registered, events), late])
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
    again: 'same_attempt',
    message: 'The event handlers are not set up.',
    hint,
  })

const runInOrder = async <Tx>(handlers: Handlers<Tx> | null, events: readonly PaymentEvent[]): Promise<Handled<Tx>> => {
  const writes: ((tx: Tx) => Promise<void>)[] = []
  let answer: AnyAnswer = 'ok'
  for (const event of events) {
    // The mapped type says that the handler under this name takes this event; TypeScript cannot follow it through a union.
    const handler = handlers?.[event.type] as Handler<EventType, Tx> | undefined
    const returned = await handler?.(event, (write) => writes.push(write))
    if (event.type === 'deposit.reversed') answer = recoveredOf(returned)
  }
  return writes.length === 0 ? { answer } : { answer, write: inOrder(writes) }
}

const recoveredOf = (returned: unknown): Answers['deposit.reversed'] => {
  const recovered = (returned as Partial<Answers['deposit.reversed']> | undefined)?.recovered
  if (typeof recovered !== 'boolean')
    throw misused("The handler of 'deposit.reversed' must return { recovered: boolean }.")
  return { recovered }
}

const inOrder =
  <Tx>(writes: readonly ((tx: Tx) => Promise<void>)[]) =>
  async (tx: Tx): Promise<void> => {
    for (const write of writes) await write(tx)
  }
