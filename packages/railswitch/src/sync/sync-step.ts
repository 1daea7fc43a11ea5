import type { Pipeline } from '@railswitch/callbacks'
import {
  dayMs,
  type ErrorReporting,
  minuteMs,
  type PaymentError,
  type PaymentProvider,
  type PaymentRecord,
  type PaymentRef,
  type RecordedIntent,
  type RecordRules,
  type Runtime,
  type Store,
  type TaskEither,
  type Telemetry,
} from '@railswitch/core'

/** What one run of `sync` did. Only payments that are not due yet or exceed `limit` are left for the next run. */
export interface SyncSummary {
  /** Payments that were processed. */
  readonly payments: number
  /** Payments whose pending events were handled. */
  readonly handled: number
  /** Payments whose events failed again; the log contains the error. */
  readonly failed: number
  /** Refunds and payouts whose outcome was unknown and is known now. */
  readonly resolved: number
  /** Outcomes that no call can find out. `payments.listReviews()` lists them until they are resolved. */
  readonly manualReview: readonly { readonly payment: PaymentRef; readonly why: string }[]
}

/** The parts that every step of `sync` uses. */
export interface SyncContext<Tx> extends Pick<Runtime, 'now' | 'after'>, ErrorReporting {
  readonly rails: ReadonlyMap<string, PaymentProvider>
  readonly rules: RecordRules
  readonly store: Store<Tx>
  /** Whether credits that no signature covers are looked up. */
  readonly crossCheck: boolean
  readonly pipeline: Pipeline
  readonly telemetry: Telemetry
  /** True after `close()`: no further payment is processed. */
  readonly isClosed: () => boolean
  /** Repeats a call that sends money out, with the same key; null if its input is not stored. */
  readonly repeat: (
    recorded: RecordedIntent,
  ) => TaskEither<PaymentError, { readonly status: 'accepted' | 'unknown' }> | null
}

/** What one step of `sync` did with one record, and when (ISO 8601) the record is due again. */
export interface StepResult extends Partial<Omit<SyncSummary, 'payments'>> {
  readonly next: string | null
}

export type SyncStep = <Tx>(context: SyncContext<Tx>, record: PaymentRecord) => Promise<StepResult>

/** When to try again (ISO 8601): after half of the time since `since`, but at least after `shortestMs` and at most after a day. */
export const retryAt = (now: Date, since: string | undefined, shortestMs = minuteMs): string => {
  // A missing or invalid time counts as now.
  const sinceMs = Date.parse(since ?? '')
  const elapsedMs = Number.isNaN(sinceMs) ? 0 : now.getTime() - sinceMs
  return after(now, Math.min(dayMs, Math.max(shortestMs, elapsedMs / 2)))
}

export const after = (time: Date | string, ms: number): string => new Date(new Date(time).getTime() + ms).toISOString()
