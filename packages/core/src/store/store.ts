import type { PaymentErrorData } from '../errors/payment-error.ts'
import type { Conclusion, Intent, Outcome, RecordedIntent, Started } from '../record/intent.ts'
import type { EmittedEvent, PaymentRecord } from '../record/payment-record.ts'
import type { IntentRequest } from './intent-rules.ts'
import type { Arrival } from './ownership.ts'
import type { RecordRules } from './record-rules.ts'

/**
 * The result of `begin`. `new`: recorded, send now. `resume`: an earlier call of this very request is unanswered. `done`: it was
 * answered with this. `refused`: nothing may be sent. Except for `refused`, `recorded` is the intent as first begun: its rail
 * stands, whatever is active now.
 */
export type BeginResult =
  | { readonly state: 'new' | 'resume'; readonly recorded: RecordedIntent; readonly record: PaymentRecord }
  | { readonly state: 'done'; readonly recorded: RecordedIntent; readonly result: Started | Outcome }
  | { readonly state: 'refused'; readonly error: PaymentErrorData }

/**
 * The result of `claim`; the report is stored in any case, under `reportId`. `leased`: something waits to be handled, and the
 * record is yours. `idle`: nothing waits. `busy`: another handles the record now. `record.unowned` is set where it belongs to no
 * payment of ours. `dropped`: how many older reports of strangers gave way to it.
 */
export type Claim = { readonly record: PaymentRecord; readonly reportId: string | null; readonly dropped?: number } & (
  | { readonly state: 'leased'; readonly lease: string }
  | { readonly state: 'idle' | 'busy' }
)

/** The vendor's ids that a response or an import taught. */
export interface LearnedIds {
  readonly vendorIds: readonly string[]
  readonly replaces: boolean
  readonly onlyIfFree?: boolean
}

/** A payment that `sync` has to look at. */
export interface DueRecord {
  /** Names this loan of it, for `reschedule`. */
  readonly loan: string
  readonly record: PaymentRecord
}

/** What is written together with the mark that an event was handled. */
export interface Completion<Tx> {
  /** The event as emitted. */
  readonly emitted: EmittedEvent
  /** False: the lease goes on, because further events wait. */
  readonly isLast: boolean
  readonly write?: (tx: Tx) => Promise<unknown>
  /** How long `write` may take, in milliseconds. Then nothing is written, and its connection is free again. */
  readonly timeoutMs: number
}

/** How many reports of strangers are stored, and how long. */
export const unownedLimits: UnownedLimits = { reports: 10_000, days: 60 }

export interface UnownedLimits {
  readonly reports: number
  readonly days: number
}

/**
 * The port behind which payments are stored. Every method is one short transaction. A vendor id of a rail belongs to at most
 * one record: `claim` and `conclude` lock (rail, vendor id) first, then the record. The store test kit says the rest.
 */
export interface Store<Tx = unknown> {
  /** False for a store that forgets with its process: `live` refuses it. */
  readonly durable: boolean
  /** Records the intent before a byte is sent, on the store's own connection, after `checkIntent` under the payment's lock. */
  begin(request: IntentRequest, rules: RecordRules): Promise<BeginResult>
  /**
   * Records the response; `not_sent` forgets an intent that is neither answered, resumed nor reported. `vendorIds`: those that the
   * response taught, not those that the request named. They belong to the record from now on, and what was stored under them is applied.
   * So do reports of nobody that named this intent (`namedReference`), as unproven ones that are not applied: `sync` looks them up.
   * `replaces`: ids that only a token taught give way to them. Answers which ids belong to another record already; then, with
   * `onlyIfFree`, nothing is written. A record goes with its last intent.
   */
  conclude(
    intent: Intent,
    conclusion: Conclusion | 'not_sent',
    learned: LearnedIds,
    rules: RecordRules,
  ): Promise<{ readonly taken: readonly string[] }>
  /** The payment that a deposit's reference, as given, or one of its refunds' stands for. */
  find(reference: string): Promise<PaymentRecord | null>
  /** Stores the report with its owner (`ownerOf`), then leases the record for `leaseMs` if an event waits to be handled. */
  claim(arrival: Arrival, leaseMs: number, rules: RecordRules): Promise<Claim>
  /** Leases a record if an event waits to be handled; null: there is no such record. */
  claimRecord(key: string, leaseMs: number, rules: RecordRules): Promise<Claim | null>
  /** Marks the event as emitted and runs `write` in the same transaction. False, and nothing written: the lease was lost. */
  complete(lease: string, completion: Completion<Tx>, rules: RecordRules): Promise<boolean>
  /** Gives the lease back: what waits goes on waiting. */
  release(lease: string): Promise<void>
  /**
   * Records that are due at `before` (ISO 8601) or earlier, the longest due first, and those that an older version derived; each is
   * lent until `until`, and is due again then. Whatever happens to a record makes it due at that moment.
   */
  leaseDue(
    due: { readonly before: string; readonly until: string; readonly limit: number },
    rules: RecordRules,
  ): Promise<readonly DueRecord[]>
  /** Makes a lent record due at this time instead, or (null) not before something happens to it; nothing if something has. */
  reschedule(loan: string, due: string | null): Promise<void>
  /** Erases what says who the payment of this reference is for; money, ids and times stay. False: no such payment. */
  erasePersonalData(reference: string): Promise<boolean>
  /** Records that need review, oldest first. */
  reviews(rules: RecordRules): AsyncIterable<PaymentRecord>
}
