import { type Attributes, metrics, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { AnyAnswer } from '@railswitch/core'

/** What became of a delivery. `duplicate`: answered from the record; `busy`: another process has the payment. */
export type DeliveryOutcome = 'handled' | 'duplicate' | 'busy' | 'failed' | 'refused'

/** `answer`: what the vendor was told, where it was told anything. */
export interface Delivered {
  readonly outcome: DeliveryOutcome
  readonly answer?: AnyAnswer
}

/**
 * Spans and metrics, through whatever OpenTelemetry SDK the application has started; without one, nothing. Names and
 * attributes are in docs/operations.md. Attributes hold no personal data and nothing secret.
 */
export interface Telemetry {
  /** One call of an operation; `describe` names its outcome. */
  operation<A>(name: string, run: () => Promise<A>, describe: (answer: A) => OperationOutcome): Promise<A>
  /** One delivery of a callback. */
  callback<A>(rail: string, run: () => Promise<A>, describe: (reply: A) => Delivered): Promise<A>
  /** One run of `settle`. */
  settle<A>(run: () => Promise<A>, describe: (answer: A) => Attributes): Promise<A>
  /** An event that was handled; `at` is the vendor's time of it, ISO 8601. */
  event(rail: string, type: string, at: string): void
}

/** `outcome`: a result's status or an error's code; `effect`: of an error, what became of the request. */
export interface OperationOutcome {
  readonly rail: string
  readonly outcome: string
  readonly effect?: string
  readonly payment?: string
}

const name = 'railswitch'

export const createTelemetry = (now: () => Date): Telemetry => {
  const tracer = trace.getTracer(name)
  const meter = metrics.getMeter(name)
  const operations = meter.createHistogram(`${name}.operation.duration`, { unit: 's' })
  const callbacks = meter.createHistogram(`${name}.callback.duration`, { unit: 's' })
  const events = meter.createCounter(`${name}.events`)
  const lag = meter.createHistogram(`${name}.event.lag`, { unit: 's' })

  return {
    operation: (operation, run, describe) =>
      timed(`${name}.${operation}`, SpanKind.CLIENT, run, (answer, span, seconds) => {
        const { rail, outcome, effect, payment } = describe(answer)
        const shared = named({ operation, rail, outcome, ...(effect && { effect }) })
        operations.record(seconds, shared)
        span.setAttributes({ ...shared, ...(payment && named({ payment })) })
        if (effect) span.setStatus({ code: SpanStatusCode.ERROR, message: outcome })
      }),

    callback: (rail, run, describe) =>
      timed(`${name}.callback`, SpanKind.SERVER, run, (reply, span, seconds) => {
        const { outcome, answer } = describe(reply)
        const attributes = named({ rail, outcome, ...(answer && { answer: wordOf(answer) }) })
        callbacks.record(seconds, attributes)
        span.setAttributes(attributes)
        if (outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR, message: outcome })
      }),

    settle: (run, describe) =>
      timed(`${name}.settle`, SpanKind.INTERNAL, run, (answer, span) => span.setAttributes(named(describe(answer)))),

    event(rail, type, at) {
      events.add(1, named({ rail, event: type }))
      const seconds = (now().getTime() - Date.parse(at)) / 1000
      if (seconds >= 0) lag.record(seconds, named({ rail, event: type }))
    },
  }

  function timed<A>(
    spanName: string,
    kind: SpanKind,
    run: () => Promise<A>,
    end: (answer: A, span: Span, seconds: number) => void,
  ): Promise<A> {
    return tracer.startActiveSpan(spanName, { kind }, async (span) => {
      const begun = performance.now()
      try {
        const answer = await run()
        end(answer, span, (performance.now() - begun) / 1000)
        return answer
      } finally {
        span.end()
      }
    })
  }
}

/** `ok`, or the question's decision: `recovered`, `not_recovered`, and so on. */
const wordOf = (answer: AnyAnswer): string => {
  if (answer === 'ok') return answer
  const decided = Object.entries(answer).find(([, value]) => typeof value === 'boolean')
  return decided ? `${decided[1] ? '' : 'not_'}${decided[0]}` : 'ok'
}

const named = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).map(([key, value]) => [`${name}.${key}`, value]))
