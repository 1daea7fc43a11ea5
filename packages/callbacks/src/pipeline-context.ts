import type { ErrorReporting, PaymentProvider, RecordRules, Store, Telemetry } from '@railswitch/core'
import type { HandlerRegistry } from './event-handlers.ts'
import type { EventRunner } from './event-runner.ts'
import type { Tokens } from './token.ts'

export interface PipelineOptions<Tx> extends ErrorReporting {
  readonly rails: ReadonlyMap<string, PaymentProvider>
  readonly rules: RecordRules
  readonly store: Store<Tx>
  readonly tokens: Tokens
  readonly handlers: HandlerRegistry<Tx>
  /** How long a handler may take, in milliseconds. After that, the vendor gets 503 and delivers again. */
  readonly handlerTimeoutMs: number
  readonly telemetry: Telemetry
}

/** The parts that every step of the pipeline uses. */
export interface PipelineContext<Tx> extends PipelineOptions<Tx> {
  readonly leaseMs: number
  readonly runEvents: EventRunner
}
