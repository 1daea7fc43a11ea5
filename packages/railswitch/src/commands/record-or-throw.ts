import type { Pipeline } from '@railswitch/callbacks'
import { type ErrorText, type IncomingReport, PaymentError, storeFailed } from '@railswitch/core'

/** Records a report that a call waits for. `notStored` makes the error of this call from what the driver of the store threw. */
export const recordOrThrow = async (
  pipeline: Pick<Pipeline, 'record'>,
  arrival: IncomingReport,
  notStored: (cause: unknown) => PaymentError,
): Promise<void> => {
  let cause: unknown
  const recorded = await pipeline.record(arrival, (error) => {
    cause = error instanceof PaymentError && error.cause !== undefined ? error.cause : error
  })
  if (recorded === 'not_stored') throw notStored(cause)
}

/** `store_failed` with this text, or the error of the provider that the store called. */
export const storeFailedOr =
  (text: ErrorText) =>
  (cause: unknown): PaymentError =>
    cause instanceof PaymentError && cause.code !== 'store_failed' ? cause : storeFailed(text, { cause })
