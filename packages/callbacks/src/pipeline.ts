import type { CallbackRequest, CallbackResponse, IncomingReport } from '@railswitch/core'
import { createEventRunner } from './event-runner.ts'
import { claimAndHandle, type Recorded } from './handle-own-report.ts'
import type { PipelineContext, PipelineOptions } from './pipeline-context.ts'
import { plainReply, receiveCallback } from './receive-callback.ts'

export interface Pipeline {
  /** Verifies, stores, handles and acknowledges one callback of any vendor. Never rejects. */
  receive(rail: string, token: string | null, delivery: CallbackRequest): Promise<CallbackResponse>
  /**
   * Stores and handles a report of our own: the result of a look-up or the decision of a person. Never rejects. `onNotStored` receives
   * the error of the store.
   */
  record(arrival: IncomingReport, onNotStored?: (error: unknown) => void): Promise<Recorded>
  /** Handles the pending events of the record with this key of the store. Never rejects. */
  handlePending(key: string): Promise<Recorded>
}

export const createPipeline = <Tx>(options: PipelineOptions<Tx>): Pipeline => {
  const { rails, rules, store, telemetry } = options
  // The lease is longer than the time limit of a handler, so that two handlers never work on one payment.
  const leaseMs = options.handlerTimeoutMs * 2
  const context: PipelineContext<Tx> = { ...options, leaseMs, runEvents: createEventRunner({ ...options, leaseMs }) }
  return {
    async receive(rail, token, delivery) {
      const provider = rails.get(rail)
      if (!provider) return plainReply(404)
      const received = await telemetry.callback(
        rail,
        () => receiveCallback(context, { provider, rail, token, delivery }),
        (delivered) => delivered,
      )
      return received.reply
    },
    record: (arrival, onNotStored) =>
      claimAndHandle(context, { about: { id: arrival.report.id }, onNotStored }, () =>
        store.claim(arrival, leaseMs, rules),
      ),
    handlePending: (key) =>
      claimAndHandle(context, { about: { record: key } }, () => store.claimRecord(key, leaseMs, rules)),
  }
}
