import type { Issue } from '../errors/issue.ts'
import type { PaymentErrorData } from '../errors/payment-error.ts'
import type { Checkout, Conclusion, Intent, Outcome, RecordedIntent } from '../record/intent.ts'
import type { EmittedEvent, PaymentRecord } from '../record/payment-record.ts'
import type { IncomingReport } from './ownership.ts'
import type { RecordRules } from './record-rules.ts'

/** An intent to record. `fingerprints`: of its request, under every configured secret, the current one first. */
export interface BeginRequest {
  readonly intent: Intent
  readonly fingerprints: readonly [string, ...string[]]
}

/**
 * The result of `begin`. `new`: recorded, send it now. `resume`: an earlier call of the same request is unanswered. `done`: the
 * earlier call has this result. `refused`: send nothing. `recorded` is the intent as first begun: its rail is used, whatever is
 * active now.
 */
export type BeginResult =
  | { readonly state: 'new' | 'resume'; readonly recorded: RecordedIntent; readonly record: PaymentRecord }
  | { readonly state: 'done'; readonly recorded: RecordedIntent; readonly result: Checkout | Outcome }
  | { readonly state: 'refused'; readonly error: PaymentErrorData }

/**
 * The result of `claim`; the report is stored in any case, under `reportId`. `leased`: an event waits to be handled, and the lease
 * is yours. `idle`: no event waits. `busy`: another worker has the lease. `record.unowned` is set if the report belongs to no payment.
 * `dropped`: how many older unowned reports were deleted for it.
 */
export type ClaimResult = {
  readonly record: PaymentRecord
  readonly reportId: string | null
  readonly dropped?: number
} & ({ readonly state: 'leased'; readonly lease: string } | { readonly state: 'idle' | 'busy' })

/** The vendor ids that a response or an import contained, not those that the request named. */
export interface LearnedVendorIds {
  readonly vendorIds: readonly string[]
  /** Ids that only a token has assigned to the intent are released. */
  readonly replaces: boolean
  /** If one of the ids belongs to another record, nothing is written. */
  readonly onlyIfFree?: boolean
}

/** A record that `sync` has to look at. */
export interface DueRecord {
  /** For `reschedule`. */
  readonly lease: string
  readonly record: PaymentRecord
}

/** What is written together with the mark that an event was handled. */
export interface EventCompletion<Tx> {
  readonly emitted: EmittedEvent
  /** False: further events wait, and the lease is extended by twice `timeoutMs`. */
  readonly isLast: boolean
  readonly write?: (tx: Tx) => Promise<unknown>
  /** How long `write` may take, in milliseconds. After that nothing is written, and its connection is released. */
  readonly timeoutMs: number
}

/** What identifies a booking in a vendor's list. `merchantReference`: our own id as the vendor echoes it. */
export interface BookingIdentity {
  readonly rail: string
  readonly vendorId: string
  readonly merchantReference: string | null
}

/** From `from` until before `until`: ISO 8601, UTC. */
export interface TimeSpan {
  readonly from: string
  readonly until: string
}

/** How many unowned reports are stored, and for how long. */
export const unownedLimits: UnownedLimits = { reports: 10_000, days: 60 }

export interface UnownedLimits {
  readonly reports: number
  readonly days: number
}

/**
 * The interface that every store implements. Each method is one short transaction. A vendor id of a rail belongs to at most one
 * record: `claim` and `conclude` lock (rail, vendor id) first, then the record. The store test kit (`@railswitch/conformance`)
 * tests every rule.
 */
export interface Store<Tx = unknown> {
  /** False if what is stored may be lost with the process or the machine: `live` refuses such a store. */
  readonly durable: boolean
  /** What keeps the store from working, found without waiting. `createPayments` reports it with the mistakes of the configuration. */
  startIssues?(): readonly Issue[]
  /** Records the intent before its request is sent, after `checkIntent` under the payment's lock. */
  begin(request: BeginRequest, rules: RecordRules): Promise<BeginResult>
  /**
   * Records the response. `not_sent` deletes an intent that is neither answered, resumed nor reported, and with its last intent the
   * record. The learned vendor ids belong to the record from now on, and reports stored under them are applied. Unowned reports that
   * name this intent (`namedReference`) move to the record as unproven ones and are not applied: `sync` looks them up. Returns
   * the ids that belong to another record.
   */
  conclude(
    intent: Intent,
    conclusion: Conclusion | 'not_sent',
    learned: LearnedVendorIds,
    rules: RecordRules,
  ): Promise<{ readonly taken: readonly string[] }>
  /** The payment with this reference: its own, or that of one of its refunds. */
  find(reference: string): Promise<PaymentRecord | null>
  /** The payment that a booking of the vendor belongs to: by its vendor id, otherwise by the merchant reference that it names. */
  findByVendorId(booking: BookingIdentity): Promise<PaymentRecord | null>
  /** Stores the report with its owner (`ownerOf`), then leases the record for `leaseMs` if an event waits to be handled. */
  claim(arrival: IncomingReport, leaseMs: number, rules: RecordRules): Promise<ClaimResult>
  /** Leases the record with this key if an event waits to be handled; null: there is no such record. */
  claimRecord(key: string, leaseMs: number, rules: RecordRules): Promise<ClaimResult | null>
  /** Records the event as emitted and runs `write` in the same transaction. False: the lease was lost, and nothing is written. */
  complete(lease: string, completion: EventCompletion<Tx>, rules: RecordRules): Promise<boolean>
  /** Ends the lease; events that wait stay unhandled. */
  release(lease: string): Promise<void>
  /**
   * Leases records that are due at `before` (ISO 8601) or earlier, the longest due first, and those that another version of the rules
   * derived. Each is leased until `until`, and due again then. Anything that happens to a record makes it due immediately and
   * ends this lease.
   */
  leaseDue(
    due: { readonly before: string; readonly until: string; readonly limit: number },
    rules: RecordRules,
  ): Promise<readonly DueRecord[]>
  /** Makes the leased record due at this time; null: not before something happens to it. Does nothing if the lease has ended. */
  reschedule(lease: string, due: string | null): Promise<void>
  /** Erases who the payment with this reference is for; money, ids and times stay. False: there is no such payment. */
  erasePersonalData(reference: string): Promise<boolean>
  /**
   * The payments of which an intent was begun, or a report has its time, from `from` until before `until` (ISO 8601, UTC): each once, in
   * any order. What is stored meanwhile may be left out. Reports that belong to no payment do not count.
   */
  happenedBetween(span: TimeSpan): AsyncIterable<PaymentRecord>
  /** Records that need a manual review, oldest first. */
  reviews(rules: RecordRules): AsyncIterable<PaymentRecord>
}
