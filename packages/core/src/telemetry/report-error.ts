import { PaymentError } from '../errors/payment-error.ts'
import type { EventType } from '../record/payment-event.ts'
import type { PaymentRef } from '../values/payment-ref.ts'
import { describeError } from './described-error.ts'
import type { Logger } from './logger.ts'

/** Where an error occurred that no call returns. */
export interface ErrorContext {
  /**
   * - `handler`, `write`: a handler of `payments.on`, or a write that it passed to `commit`. The event stays pending
   * - `store`: a report was not stored, a response was not recorded, or an event was not handled
   * - `callback`: the body of a callback could not be read
   * - `acknowledgement`: the answer is stored. The vendor gets 503 and delivers again
   * - `provider`: a provider threw an error, which breaks its contract
   * - `sync`: one payment. The others are processed
   * - `reconcile`: the lists of one rail, or one booking. The others are compared
   */
  readonly during: 'handler' | 'write' | 'store' | 'callback' | 'acknowledgement' | 'provider' | 'sync' | 'reconcile'
  /** The message of the log line. */
  readonly message: string
  readonly rail?: string
  readonly payment?: PaymentRef | null
  readonly event?: EventType
  /** The id of the event or of the report. */
  readonly id?: string
  /** The other fields of the log line. */
  readonly [field: string]: unknown
}

/** Receives the errors that no call returns, for an error tracker. Its result is not awaited. */
export type OnError = (error: unknown, context: ErrorContext) => unknown

export interface ErrorReporting {
  readonly logger: Logger
  readonly onError?: OnError | undefined
}

/** Logs an error that no call returns, and passes it to `onError`: of `store_failed`, the error of the driver. Never throws. */
export const reportError = (reporting: ErrorReporting, error: unknown, context: ErrorContext): void => {
  const { during: _, message, ...fields } = context
  const own = error instanceof PaymentError && error.code === 'store_failed' ? (error.cause ?? error) : error
  reporting.logger.error({ ...fields, err: describeError(own) }, message)
  callOnError(reporting, own, context)
}

/** Passes an error that is already in the log to `onError`. Never throws. */
export const callOnError = ({ logger, onError }: ErrorReporting, error: unknown, context: ErrorContext): void => {
  if (!onError) return
  // One chain for what the hook throws and for what it rejects with.
  Promise.resolve()
    .then(() => onError(error, context))
    .catch((thrown: unknown) => logger.error({ err: describeError(thrown) }, 'the onError hook failed'))
}
