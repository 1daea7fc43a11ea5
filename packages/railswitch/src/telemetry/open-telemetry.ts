import { type Attributes, metrics, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { HandlerAnswer, Telemetry } from '@railswitch/core'

const name = 'railswitch'

/** Spans and metrics through the application's OpenTelemetry SDK. Without an SDK, nothing is recorded. */
export const openTelemetry = (now: () => Date): Telemetry => {
  const tracer = trace.getTracer(name)
  const meter = metrics.getMeter(name)
  const operations = meter.createHistogram(`${name}.operation.duration`, { unit: 's' })
  const callbacks = meter.createHistogram(`${name}.callback.duration`, { unit: 's' })
  const events = meter.createCounter(`${name}.events`)
  const lag = meter.createHistogram(`${name}.event.lag`, { unit: 's' })

  return {
    operation: (operation, run, describe) =>
      timed(`${name}.${operation}`, SpanKind.CLIENT, run, (result, span, seconds) => {
        const { rail, outcome, effect, payment } = describe(result)
        const shared = prefixed({ operation, rail, outcome, ...(effect && { effect }) })
        operations.record(seconds, shared)
        span.setAttributes({ ...shared, ...(payment && prefixed({ payment })) })
        if (effect) span.setStatus({ code: SpanStatusCode.ERROR, message: outcome })
      }),

    callback: (rail, run, describe) =>
      timed(`${name}.callback`, SpanKind.SERVER, run, (received, span, seconds) => {
        const { outcome, answer } = describe(received)
        const attributes = prefixed({ rail, outcome, ...(answer && { answer: textOf(answer) }) })
        callbacks.record(seconds, attributes)
        span.setAttributes(attributes)
        if (outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR, message: outcome })
      }),

    sync: (run, describe) =>
      timed(`${name}.sync`, SpanKind.INTERNAL, run, (summary, span) => span.setAttributes(prefixed(describe(summary)))),

    reconcile: (run, describe) =>
      timed(`${name}.reconcile`, SpanKind.INTERNAL, run, (summary, span) =>
        span.setAttributes(prefixed(describe(summary))),
      ),

    event(rail, type, at) {
      events.add(1, prefixed({ rail, event: type }))
      const seconds = (now().getTime() - Date.parse(at)) / 1000
      if (seconds >= 0) lag.record(seconds, prefixed({ rail, event: type }))
    },
  }

  function timed<A>(
    spanName: string,
    kind: SpanKind,
    run: () => Promise<A>,
    end: (result: A, span: Span, seconds: number) => void,
  ): Promise<A> {
    return tracer.startActiveSpan(spanName, { kind }, async (span) => {
      const begun = performance.now()
      try {
        const result = await run()
        end(result, span, (performance.now() - begun) / 1000)
        return result
      } finally {
        span.end()
      }
    })
  }
}

/** `ok`, or the question's decision: `recovered`, `not_recovered`, and so on. */
const textOf = (answer: HandlerAnswer): string => {
  if (answer === 'ok') return answer
  const decided = Object.entries(answer).find(([, value]) => typeof value === 'boolean')
  return decided ? `${decided[1] ? '' : 'not_'}${decided[0]}` : 'ok'
}

const prefixed = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).map(([key, value]) => [`${name}.${key}`, value]))
