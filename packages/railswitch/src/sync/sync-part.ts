import type { Pipeline } from '@railswitch/callbacks'
import type {
  Logger,
  PaymentError,
  PaymentProvider,
  PaymentRecord,
  PaymentRef,
  RecordedIntent,
  RecordRules,
  Store,
  TaskEither,
  Telemetry,
} from '@railswitch/core'

/** What one run of `sync` did. Nothing is left to the next run but what is not due yet, and what exceeded `limit`. */
export interface SyncSummary {
  /** Payments that were looked at. */
  readonly payments: number
  /** Payments with events that no handler had finished with, and now one has. */
  readonly handled: number
  /** Payments whose events failed again; the log says why. */
  readonly failed: number
  /** Refunds and payouts whose outcome was unknown and is known now. */
  readonly resolved: number
  /** What no call can find out; `payments.listReviews()` lists it until it is resolved. */
  readonly manualReview: readonly { readonly payment: PaymentRef; readonly why: string }[]
}

/** What every part of a sync is given. */
export interface SyncContext<Tx> {
  readonly rails: ReadonlyMap<string, PaymentProvider>
  readonly rules: RecordRules
  readonly store: Store<Tx>
  readonly logger: Logger
  readonly now: () => Date
  /** Whether credits that no signature covers are looked up afterwards. */
  readonly crossCheck: boolean
  readonly pipeline: Pipeline
  readonly telemetry: Telemetry
  /** True once the process is to end: then no further payment is looked at. */
  readonly isClosed: () => boolean
  /** Repeats a call that moves money out under its own key; null when what it sent is not known any more. */
  readonly repeat: (
    recorded: RecordedIntent,
  ) => TaskEither<PaymentError, { readonly status: 'accepted' | 'unknown' }> | null
}

/** What one part of a sync did with one record, and when (ISO 8601) it wants to see it again. */
export interface PartSummary extends Partial<Omit<SyncSummary, 'payments'>> {
  readonly next: string | null
}

export type SyncPart = <Tx>(context: SyncContext<Tx>, record: PaymentRecord) => Promise<PartSummary>
