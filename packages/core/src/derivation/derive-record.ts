import { compareEmitted, type EventComparison } from '../events/compare-emitted.ts'
import { deriveEvents, paymentNowOf } from '../events/derive-events.ts'
import type { DerivedEvent } from '../events/derived-event.ts'
import type { Fact } from '../record/fact.ts'
import type { HandlerAnswer } from '../record/payment-event.ts'
import type { EmittedEvent, PaymentRecord } from '../record/payment-record.ts'
import { inOrder, ownMethods } from '../record/report.ts'
import { openReviews } from '../reviews/open-reviews.ts'
import type { Review } from '../reviews/review.ts'
import { type PaymentState, paymentStateOf } from '../state/payment-state.ts'
import { sameMoney } from '../values/money.ts'
import { parsePaymentRef } from '../values/payment-ref.ts'
import { interpretRecord, isImported, missingRails, type ReportInterpreter } from './interpret-record.ts'

/** The complete meaning of a record. It is derived from what is stored and is never stored itself. */
export interface DerivedRecord {
  readonly facts: readonly Fact[]
  /** Null for a record without an intent, and while a rail is missing. */
  readonly state: PaymentState | null
  readonly comparison: EventComparison
  readonly reviews: readonly Review[]
  /** Events that the application has not handled yet, in the order in which they must be handled. */
  readonly pending: readonly DerivedEvent[]
  /** Rails that the record's intents name and that are not configured. While there are any, nothing is derived. */
  readonly missingRails: readonly string[]
}

/** Changes whenever the derivation changes: stores then derive again the values that they store for searching. */
export const derivationVersion = '6'

export const deriveRecord = (stored: PaymentRecord, rails: ReadonlyMap<string, ReportInterpreter>): DerivedRecord => {
  const missing = missingRails(stored, rails)
  if (missing.length > 0) return { ...nothing, missingRails: missing }
  const record = { ...stored, reports: inOrder(stored.reports) }
  const facts = interpretRecord(record, rails)
  const state = paymentStateOf(record, facts)
  const ledger = [...record.emitted, ...importedEvents(record)]
  const comparison = compareEmitted(deriveEvents({ ...record, emitted: ledger }, facts), ledger)
  const reviews = openReviews(record, state, facts, comparison)
  const emitted = new Set(record.emitted.flatMap(({ type, evidence }) => (type === 'review.needed' ? evidence : [])))
  const newReviews = reviews.filter(({ id }) => !emitted.has(id)).map((review) => reviewEvent(review, state))
  return { facts, state, comparison, reviews, pending: [...comparison.pending, ...newReviews], missingRails: missing }
}

/** Used while a rail is missing: its reports cannot be interpreted, so any derived state could be wrong. */
const nothing: Omit<DerivedRecord, 'missingRails'> = {
  facts: [],
  state: null,
  comparison: { pending: [], pairs: [], differences: [] },
  reviews: [],
  pending: [],
}

const reviewEvent = (review: Review, state: PaymentState | null): DerivedEvent => {
  const { id, payment, reference, at, reason, rail, detail } = review
  return {
    event: {
      type: 'review.needed',
      id,
      payment,
      reference,
      at,
      reason,
      rail,
      ...(detail !== undefined && { detail }),
      now: state && paymentNowOf(state),
    },
    evidence: [id],
  }
}

/** Events for the state in which a payment was imported. They count as emitted, so no handler receives them. */
const importedEvents = (record: PaymentRecord): readonly EmittedEvent[] =>
  record.reports.flatMap(({ id, method, members, money, intent }): readonly EmittedEvent[] =>
    method === ownMethods.imported &&
    money &&
    intent !== null &&
    isImported(record, intent) &&
    parsePaymentRef(intent)?.kind === 'deposit'
      ? [
          {
            id,
            type: members.state === 'credited' ? 'deposit.credited' : 'deposit.not_credited_yet',
            payment: intent,
            ...(members.state === 'credited' && { money }),
            answer: 'ok',
            evidence: [id],
          },
        ]
      : [],
  )

/**
 * The answer that the vendor gets to one report. `handled`: the answer of the report's event. `pending`: this event waits for its
 * handler. `none`: the report belongs to no event. If the report belongs to several events, the answer to a question counts.
 */
export const answerFor = (
  record: PaymentRecord,
  { comparison, pending }: Pick<DerivedRecord, 'comparison' | 'pending'>,
  reportId: string,
): { readonly state: 'handled'; readonly answer: HandlerAnswer } | { readonly state: 'pending' | 'none' } => {
  const isOf = ({ evidence }: { readonly evidence: readonly string[] }): boolean => evidence.includes(reportId)
  const answers = [
    ...comparison.pairs.flatMap((pair) => (isOf(pair.derived) && answerApplies(pair) ? [pair.emitted.answer] : [])),
    ...record.emitted.flatMap((emitted) => (isOf(emitted) ? [emitted.answer] : [])),
  ]
  const answer = answers.find((one) => one !== 'ok')
  if (answer !== undefined) return { state: 'handled', answer }
  if (pending.some(isOf)) return { state: 'pending' }
  return answers.length > 0 ? { state: 'handled', answer: 'ok' } : { state: 'none' }
}

/** An answer to a question does not apply to other money in another report. */
const answerApplies = ({ derived, emitted }: EventComparison['pairs'][number]): boolean =>
  emitted.answer === 'ok' ||
  derived.evidence.some((id) => emitted.evidence.includes(id)) ||
  (derived.money && emitted.money ? sameMoney(derived.money, emitted.money) : derived.money === emitted.money)

/**
 * The pending events that can be handled during the delivery of this report; null: without a delivery. `kyc.received` is handled only
 * during its own delivery, because the customer's identity is not stored.
 */
export const pendingEventsFor = ({ pending }: Pick<DerivedRecord, 'pending'>, reportId: string | null) =>
  pending.filter(
    ({ event, evidence }) => event.type !== 'kyc.received' || (reportId !== null && evidence.includes(reportId)),
  )
