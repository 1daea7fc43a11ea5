import type { Conclusion, Intent, Outcome, RecordedIntent, Started } from './intent.ts'
import type { Observation, Thread } from './observation.ts'
import type { PaymentErrorData } from './payment-error.ts'
import type { AnyAnswer } from './payment-event.ts'

/**
 * What became of asking to begin. `new`: recorded, send now. `resume`: an earlier call of this very request has no answer
 * yet. `done`: it was answered with this. `refused`: nothing may be sent (`conflict`, `exceeds_refundable`, or the recorded
 * refusal). Except for `refused`, `recorded` is the intent as first begun: its rail stands, whatever is active now.
 */
export type Begun =
  | { readonly state: 'new' | 'resume'; readonly recorded: RecordedIntent; readonly thread: Thread }
  | { readonly state: 'done'; readonly recorded: RecordedIntent; readonly result: Started | Outcome }
  | { readonly state: 'refused'; readonly error: PaymentErrorData }

/** Verified news of a rail on its way into a payment's thread. */
export interface News {
  readonly rail: string
  /** The delivery's key, unique per rail: the same news again is the same id. */
  readonly id: string
  /** The vendor's ids and our own id as the vendor echoed it: either leads to the payment. */
  readonly vendorIds: readonly string[]
  readonly merchantReference: string | null
  /** Called with the payment's thread while it is held, once: a duplicate is not read again. */
  observe(thread: Thread, subject: RecordedIntent | null): Observation
}

/** `mine`: handle it, the payment is held. `done`: handled before, with this answer. `busy`: kept, but come back later. */
export type Claim =
  | { readonly state: 'mine'; readonly token: string; readonly before: Thread; readonly observation: Observation }
  | { readonly state: 'done'; readonly answer: AnyAnswer }
  | { readonly state: 'busy' }

/** A payment that `settle` has to look at. */
export interface OpenWork {
  /** Names the payment in this store, always the same. */
  readonly payment: string
  /** Names the loan of it, for `postpone`. */
  readonly loan: string
  readonly thread: Thread
  /** Kept, but no handler has finished with it. */
  readonly unhandled: readonly { readonly rail: string; readonly observation: Observation }[]
}

/** The port behind which payments are kept. Every method is one short transaction; the store test kit says the rest. */
export interface Store<Tx = unknown> {
  /** False for a store that forgets with its process: `live` refuses it. */
  readonly durable: boolean
  /** Records the intent before a byte is sent, on the store's own connection, after `judgeBegin` under the payment's lock. */
  begin(intent: Intent, fingerprint: string): Promise<Begun>
  /** Records the answer; `not_sent` forgets an intent that is neither answered nor resumed. Ids are added, never replaced. */
  conclude(intent: Intent, conclusion: Conclusion | 'not_sent', vendorIds: readonly string[]): Promise<void>
  /** The payment that a deposit's reference, as given, or one of its refunds' stands for. */
  find(reference: string): Promise<Thread | null>
  /** Keeps the news, then takes the payment's lease for `leaseMs` unless another holds it. */
  claim(news: News, leaseMs: number): Promise<Claim>
  /** Marks the news handled and runs `write` in the same transaction. False, and nothing written: the lease was lost. */
  complete(token: string, answer: AnyAnswer, write?: (tx: Tx) => Promise<void>): Promise<boolean>
  /** Gives the lease back without an answer: the news stays unhandled. */
  release(token: string): Promise<void>
  /**
   * Payments that are due at `before` (ISO 8601) or earlier, the longest due first; each is lent until `until`, and is due
   * again then. Whatever happens to a payment (begun, concluded, told something new, handled) makes it due at that moment.
   */
  open(loan: { readonly before: string; readonly until: string; readonly limit: number }): Promise<readonly OpenWork[]>
  /** Makes a lent payment due at this time instead, or (null) not before something happens to it; nothing if something has. */
  postpone(loan: string, due: string | null): Promise<void>
  /** Erases what says who the payment of this reference is for; money, ids and times stay. False: no such payment. */
  forget(reference: string): Promise<boolean>
  /** Payments of which a person must decide something, and news of payments not known here; oldest first. */
  reviews(): AsyncIterable<{ readonly rail: string; readonly thread: Thread }>
}
