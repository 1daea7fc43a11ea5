import type { HandlerAnswer } from '../record/payment-event.ts'

/** The result of a delivery. `duplicate`: acknowledged from the record. `busy`: another process handles the payment. */
export type CallbackOutcome = 'handled' | 'duplicate' | 'busy' | 'failed' | 'refused'

/** `answer`: the answer in the acknowledgement, if there is one. */
export interface CallbackResult {
  readonly outcome: CallbackOutcome
  readonly answer?: HandlerAnswer
}

/** `outcome`: a result's status or an error's code; `effect`: the `effect` of an error. */
export interface OperationOutcome {
  readonly rail: string
  readonly outcome: string
  readonly effect?: string
  readonly payment?: string
}

/** The interface for spans and metrics. Attributes contain no personal data and no secrets. */
export interface Telemetry {
  /** One call of an operation; `describe` names its outcome. */
  operation<A>(name: string, run: () => Promise<A>, describe: (result: A) => OperationOutcome): Promise<A>
  /** One delivery of a callback. */
  callback<A>(rail: string, run: () => Promise<A>, describe: (received: A) => CallbackResult): Promise<A>
  /** One run of `sync`. */
  sync<A>(run: () => Promise<A>, describe: (summary: A) => Readonly<Record<string, number>>): Promise<A>
  /** One run of `reconcile`. */
  reconcile<A>(run: () => Promise<A>, describe: (summary: A) => Readonly<Record<string, number>>): Promise<A>
  /** An event that was handled. `at`: the vendor's time of the event, ISO 8601. */
  event(rail: string, type: string, at: string): void
}
