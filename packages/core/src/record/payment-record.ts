import type { Money } from '../values/money.ts'
import { type PaymentRef, paymentRef } from '../values/payment-ref.ts'
import type { RecordedIntent } from './intent.ts'
import type { AnyAnswer, EventType } from './payment-event.ts'
import type { Report } from './report.ts'

/** An event that the application has handled: emitted once, never again. */
export interface EmittedEvent {
  readonly id: string
  readonly type: EventType
  readonly payment: PaymentRef | null
  readonly money?: Money
  /** The refund's reference; null where several were candidates. */
  readonly refund?: string | null
  /** The handler's answer; `ok` for what is no question. */
  readonly answer: AnyAnswer
  /** The ids of the reports that it rests on, and of a review its own id. No member of a report. */
  readonly evidence: readonly string[]
}

/** Reports that belong to no payment of ours, of one rail and day, or (`record_missing`) of one lost intent. */
export interface Unowned {
  readonly reason: 'foreign_order' | 'record_missing'
  readonly rail: string
  /** `2026-11-29`, or the lost intent's reference and attempt. */
  readonly name: string
  /** ISO 8601: when the first of them came. */
  readonly since: string
  readonly count: number
}

/** A payment: its intents over all attempts and rails, what was reported of it, and what was emitted, each in its order. */
export interface PaymentRecord {
  /** The store's own name of it. */
  readonly key: string
  readonly intents: readonly RecordedIntent[]
  readonly reports: readonly Report[]
  readonly emitted: readonly EmittedEvent[]
  /** Set where there are no intents. Then `reports` holds what persons said, and the vendors' are only counted. */
  readonly unowned?: Unowned
}

export const emptyRecord: PaymentRecord = { key: '', intents: [], reports: [], emitted: [] }

export const intentOf = (
  { intents }: Pick<PaymentRecord, 'intents'>,
  ref: PaymentRef | null | undefined,
): RecordedIntent | undefined => intents.find(({ intent }) => paymentRef(intent) === ref)

/** What a vendor may be asked to interpret or look up: the intents of its rail, and the reports that are about them. */
export const ownOf = (record: PaymentRecord, rail: string): PaymentRecord => ({
  ...record,
  intents: record.intents.filter(({ intent }) => intent.rail === rail),
  reports: record.reports.filter((report) => report.rail === rail && report.intent !== null),
})
