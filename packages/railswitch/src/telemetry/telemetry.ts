import { type Attributes, metrics, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { AnyAnswer, Telemetry } from '@railswitch/core'

const name = 'railswitch'

/**
 * Spans and metrics through the OpenTelemetry SDK that the application has started; without one, nothing is recorded. The names and
 * attributes are listed in docs/operations.md.
 */
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

    sync: (run, describe) =>
      timed(`${name}.sync`, SpanKind.INTERNAL, run, (answer, span) => span.setAttributes(named(describe(answer)))),

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
