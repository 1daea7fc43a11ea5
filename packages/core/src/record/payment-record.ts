import type { Money } from '../values/money.ts'
import { type PaymentRef, paymentRef } from '../values/payment-ref.ts'
import type { RecordedIntent } from './intent.ts'
import type { EventType, HandlerAnswer } from './payment-event.ts'
import type { Report } from './report.ts'

/** An event that the application has handled. It is never emitted again. */
export interface EmittedEvent {
  readonly id: string
  readonly type: EventType
  readonly payment: PaymentRef | null
  readonly money?: Money
  /** The refund's reference; null if there were several candidates. */
  readonly refund?: string | null
  /** The handler's answer; `ok` if the event is not a question. */
  readonly answer: HandlerAnswer
  /** The ids of the reports that the event is derived from; for a review, its own id. It contains no member of a report. */
  readonly evidence: readonly string[]
}

/** Reports that belong to no payment of ours: those of one rail and day, or (`record_missing`) those of one lost intent. */
export interface Unowned {
  readonly reason: 'foreign_order' | 'record_missing'
  readonly rail: string
  /** `2026-11-29`, or the lost intent's reference and attempt. */
  readonly name: string
  /** ISO 8601: when the first report was received. */
  readonly since: string
  readonly count: number
  /** ISO 8601: when the newest report that is stored was received. */
  readonly latest?: string
}

/** A payment: its intents over all attempts and rails, its reports and its emitted events, each in the order in which they were stored. */
export interface PaymentRecord {
  /** The store's own key. */
  readonly key: string
  readonly intents: readonly RecordedIntent[]
  readonly reports: readonly Report[]
  readonly emitted: readonly EmittedEvent[]
  /** Set if there are no intents. Then `reports` contains only the decisions of manual reviews; the vendors' reports are counted. */
  readonly unowned?: Unowned
}

export const emptyRecord: PaymentRecord = { key: '', intents: [], reports: [], emitted: [] }

export const intentOf = (
  { intents }: Pick<PaymentRecord, 'intents'>,
  ref: PaymentRef | null | undefined,
): RecordedIntent | undefined => intents.find(({ intent }) => paymentRef(intent) === ref)

/** The part of a record that a provider interprets or looks up: the intents of its rail, and the reports that are about them. */
export const recordOfRail = (record: PaymentRecord, rail: string): PaymentRecord => ({
  ...record,
  intents: record.intents.filter(({ intent }) => intent.rail === rail),
  reports: record.reports.filter((report) => report.rail === rail && report.intent !== null),
})
